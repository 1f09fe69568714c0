"""`./onewindow faults`: figures as JSON, the same for the same seed, and plain words for a wrong order."""

import json

import pytest

from installer.rehearsal.faults.__main__ import main


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main([*arguments, "--json"]) == 0
    told: dict[str, object] = json.loads(capsys.readouterr().out)
    return told


def test_the_same_seed_pulls_the_plug_at_the_same_places(capsys: pytest.CaptureFixture[str]) -> None:
    first, again = (run(capsys, "power-loss", "--images", "10", "--seed", "3") for _ in range(2))
    assert first == again
    assert first["breaches"] == 0
    assert first["seed"] == 3


def test_one_act_alone(capsys: pytest.CaptureFixture[str]) -> None:
    told = run(capsys, "nth-call", "--short", "--only", "pause")
    assert (told["cases"], told["breaches"]) == (1, 0)


@pytest.mark.parametrize("wrong", [["power-loss", "--images", "0"], ["nth-call", "--only", "flying"], ["earthquake"]])
def test_a_wrong_order_is_refused(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(wrong)
    assert refused.value.code == 2
