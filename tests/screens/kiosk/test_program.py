"""The kiosk as its own process, with twins that speak the real protocols and no server at all."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from devices.id_card.people import invented_person
from devices.simulation.process import TwinProcess
from hall.facts import HealthChanged, SlipPrinted
from installer.rehearsal.stage import open_all_day
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.ledger import JobState, Ledger
from tests.support.kiosks import HALL_KEY, SERVICE, sample_hall
from tests.support.ledgers import welcome

SEED = 11


class Place:
    """A folder with a kiosk's settings, key, enrolled ledger, and twins."""

    def __init__(self, folder: Path, printer: str, reader: str) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.settings = folder / "kiosk.toml"
        key = folder / "hall.key"
        key.write_bytes(HALL_KEY)
        key.chmod(0o600)
        with closing(Ledger.open(self.data, "kiosk-1", new_id)) as ledger:
            ledger.apply_welcome(welcome(2))
            ledger.store_catalog(open_all_day(sample_hall()))
            ledger.hear_time(SystemClock().now().wall_us)
        self.settings.write_text(
            f"""[kiosk]
name = "kiosk-1"
number = 1
data = "{self.data}"
hall_key = "{key}"
server = "http://127.0.0.1:9"
full_screen = false
[devices.id_card]
port = "{reader}"
[devices.printer]
address = "tcp:{printer}"
""",
            "utf-8",
        )

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-m", "kiosk", "--config", str(self.settings), "--log-level", "WARNING", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={"QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin", "PYTHONPATH": ":".join(sys.path)},
        )

    def play(self, steps: list[dict[str, object]]) -> "subprocess.Popen[str]":
        script = self.folder / "play.json"
        script.write_text(json.dumps(steps), "utf-8")
        metrics = str(self.folder / "metrics.jsonl")
        return self.start("--play", str(script), "--pictures", str(self.folder), "--metrics", metrics)


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, TwinProcess]]:
    # A stable link: plugged in again, a pseudo-terminal may come back under another number.
    link = str(tmp_path_factory.mktemp("reader") / "id_card.tty")
    with TwinProcess("printer", ["--port", "0"]) as printer, TwinProcess("id_card", ["--link", link]) as reader:
        yield {"printer": printer, "id_card": reader}


@pytest.fixture
def place(tmp_path: Path, twins: dict[str, TwinProcess]) -> Place:
    return Place(tmp_path, twins["printer"].address, twins["id_card"].address)


def test_a_whole_visit_from_the_card_to_the_paper(place: Place, twins: dict[str, TwinProcess]) -> None:
    person = invented_person(Random(SEED))
    kiosk = place.play(
        [
            {"wait": "home"},
            {"say": "home"},
            {"wait": {"maskedName": person.masked_name}},
            {"tap": "search"},
            {"wait": "search"},
            {"type": "sbks"},
            {"tap": f"service-{SERVICE}"},
            {"wait": "confirm"},
            {"picture": "confirm.png"},
            {"tap": "take-number"},
            {"wait": {"page": "number", "paper": "printed"}},
            {"expect": {"number": "A2-001", "online": False}},
            {"tap": "done"},
            {"wait": {"page": "home", "maskedName": ""}},
        ]
    )
    assert kiosk.stdout is not None
    assert json.loads(kiosk.stdout.readline()) == {"say": "home"}
    twins["id_card"].control.act("lay", seed=SEED)
    _, errors = kiosk.communicate(timeout=60)
    twins["id_card"].control.act("lift")
    assert kiosk.returncode == 0, errors
    assert (place.folder / "confirm.png").stat().st_size > 10_000
    noted = [json.loads(line)["what"] for line in (place.folder / "metrics.jsonl").read_text().splitlines()]
    assert noted == ["card_to_choices", "tap_to_durable", "tap_to_first_byte"]
    with closing(Ledger.open(place.data, "kiosk-1", new_id)) as ledger:
        assert [job.state for job in ledger.jobs(*JobState)] == [JobState.PRINTED]
        kinds = [sent.fact.body.kind for sent in ledger.unsent()]
    assert kinds.count("ticket_issued") == kinds.count("slip_printed") == 1
    for text in (person.number, person.name):
        assert text not in errors
        assert not any(text.encode() in file.read_bytes() for file in place.data.iterdir())


def test_paper_and_reader_go_and_come_back_while_the_kiosk_stands(place: Place, twins: dict[str, TwinProcess]) -> None:
    printer, reader = twins["printer"].control, twins["id_card"].control
    kiosk = place.play(
        [
            {"wait": {"page": "home", "reader": True, "printer": True}},
            {"say": "well"},
            {"wait": {"printer": False, "reader": False}},
            {"picture": "gone.png"},
            {"tap": "group-social_insurance"},
            {"tap": f"service-{SERVICE}"},
            {"wait": "identify"},
            {"picture": "identify.png"},
            {"tap": "go-without"},
            {"tap": "take-number"},
            {"wait": {"page": "number", "paper": "none"}},
            {"say": "paperless"},
            {"tap": "done"},
            {"wait": {"page": "home", "reader": True, "printer": True}},
        ]
    )
    assert kiosk.stdout is not None
    kiosk.stdout.readline()
    printer.act("paper", state="out")
    reader.act("unplug")
    kiosk.stdout.readline()
    printer.act("paper", state="ok")
    reader.act("plug")
    _, errors = kiosk.communicate(timeout=60)
    assert kiosk.returncode == 0, errors
    with closing(Ledger.open(place.data, "kiosk-1", new_id)) as ledger:
        bodies = [sent.fact.body for sent in ledger.unsent()]
    states = {(body.part, body.state) for body in bodies if isinstance(body, HealthChanged)}
    assert {("printer", "attention"), ("printer", "online"), ("id_card", "missing"), ("id_card", "online")} <= states
    assert [body.outcome for body in bodies if isinstance(body, SlipPrinted)] == ["paperless"]


def test_a_script_that_asks_for_what_is_not_there_ends_with_words(place: Place) -> None:
    kiosk = place.play([{"wait": "home"}, {"tap": "no-such-thing", "patience_s": 0.2}])
    _, errors = kiosk.communicate(timeout=60)
    assert kiosk.returncode == 2
    assert "no-such-thing" in errors


def test_a_second_kiosk_on_the_same_folder_says_so_and_harms_nothing(place: Place) -> None:
    with closing(Ledger.open(place.data, "kiosk-1", new_id)):
        second = place.start("--headless")
        _, errors = second.communicate(timeout=60)
    assert second.returncode == 1
    assert "已有程序在运行" in errors
    assert "Traceback" not in errors


def test_headless_gives_numbers_line_by_line(place: Place) -> None:
    kiosk = place.start("--headless")
    lines = [{"service": SERVICE}, {"service": SERVICE, "paper": False}, {"service": "none"}]
    out, errors = kiosk.communicate("".join(json.dumps(line) + "\n" for line in lines) + "nonsense\n", timeout=60)
    assert kiosk.returncode == 0, errors
    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer["number"] for answer in answers if "number" in answer] == ["A2-001", "A2-002"]
    assert [answer["error"] for answer in answers if "error" in answer] == ["input.error", "input.error"]
    first = next(answer["ticket"] for answer in answers if "number" in answer)
    assert {"ticket": first, "paper": "printed"} in answers


def test_sigterm_ends_it_cleanly(place: Place) -> None:
    kiosk = place.play([{"wait": "home"}, {"say": "up"}, {"wait": "number", "patience_s": 60}])
    assert kiosk.stdout is not None
    kiosk.stdout.readline()
    kiosk.terminate()
    _, errors = kiosk.communicate(timeout=30)
    assert kiosk.returncode == 0, errors
    assert "null" not in errors


def test_all_mistakes_of_the_settings_at_once(place: Place) -> None:
    place.settings.write_text('[kiosk]\nnmae = "x"\nnumber = 0\n[devices.printer]\naddress = "tcp"\n', "utf-8")
    kiosk = place.start("--check")
    _, errors = kiosk.communicate(timeout=30)
    assert kiosk.returncode == 1
    for part in ("kiosk.nmae", "kiosk.number", "kiosk.data", "devices.printer"):
        assert part in errors
    assert "Traceback" not in errors
