"""The hall under every fault: no promise breaks, and the same seed is the same day."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from installer.rehearsal import hall_sim
from installer.rehearsal.hall_sim.many import play, play_all
from installer.rehearsal.hall_sim.run import Run
from installer.rehearsal.hall_sim.script import FAULTS, Script, write
from installer.rehearsal.hall_sim.shrink import shrink
from installer.rehearsal.hush import hushed

ROOT = Path(__file__).parents[2]
KEPT = sorted((Path(hall_sim.__file__).parent / "regressions").glob("*.json"))


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    with hushed():
        yield


def test_no_promise_breaks_in_a_few_worlds() -> None:
    total = play_all(range(40), 400)
    assert total.violations == []
    assert total.unsteady == []
    assert total.seeds == 40
    assert sum(total.faults.values()) > 100


@pytest.mark.timeout(900)
def test_two_thousand_worlds_by_the_verb() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "installer", "sim", "--seeds", "2000", "--steps", "400", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=880,
        check=False,
    )
    told = json.loads(done.stdout)
    assert told.keys() >= {"seeds", "steps", "violations", "faults", "coverage", "hash"}
    assert told["violations"] == []
    assert told["unsteady"] == []
    assert told["seeds"] == 2000
    assert told["steps"] >= 2000 * 400
    assert min(told["faults"].values()) >= 100, "a kind of fault hardly ever struck"
    assert done.returncode == 0


@pytest.mark.parametrize("seed", [3, 8])
def test_the_same_seed_is_the_same_day(seed: int) -> None:
    first, second = play(seed, 200), play(seed, 200)
    assert first.hash == second.hash
    assert first.hash != play(seed + 1, 200).hash


def test_a_script_is_data() -> None:
    script = write(5, 100)
    assert Script.from_json(json.loads(json.dumps(script.as_json()))) == script
    assert set(script.faults) <= set(FAULTS)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_what_once_failed_holds(path: Path) -> None:
    verdict = Run(Script.from_json(json.loads(path.read_text("utf-8")))).play(400)
    assert verdict.words == ""


def test_a_failing_script_shrinks_to_what_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hall.numbering.NumberPlan.valid_on", lambda _plan, _day: True)
    monkeypatch.setattr("hall.numbering.next_in_plan", lambda _plan, _highest: 7)
    script = write(2, 100)
    verdict = Run(script).play(100)
    assert verdict.promise
    short = shrink(script, 100, verdict.promise)
    assert len(short.events) <= 4
    assert Run(short).play(100).promise == verdict.promise
