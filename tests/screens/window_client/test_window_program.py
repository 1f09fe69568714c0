"""The real program against the real server: one visit pressed on real screens, from sign-in to the rating."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.served_hall import ServedHall, clerk_of, served
from tests.support.window_desk import ROOT, sample_catalog
from tests.support.window_program import WINDOW, Played


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedHall]:
    with served(tmp_path_factory.mktemp("hall"), sample_catalog()) as running:
        yield running


@pytest.fixture
def window(hall: ServedHall, tmp_path: Path) -> Iterator[Played]:
    played = Played(hall, tmp_path)
    try:
        yield played
    finally:
        played.close()
        log = (tmp_path / "window.log").read_text()
        assert ".qml" not in log, log


def test_a_visit_from_the_call_to_the_rating(hall: ServedHall, window: Played, tmp_path: Path) -> None:
    kiosk = hall.kiosk("kiosk-visit")
    first = kiosk.issue("social_insurance", "social_card_first", "A")
    kiosk.issue("social_insurance", "social_card_loss", "A")
    kiosk.push()
    window.sign_in()
    window.must(tap="call_next")
    window.must(wait="calling")
    number = window.see("number")
    assert isinstance(number, str)
    assert number.endswith(f"{first.n:03}")
    window.must(key="F3")
    window.must(tap="start")
    window.must(wait="serving")
    window.must(tap="paper_0")
    window.must(picture=str(tmp_path / "desk.png"))
    window.must(key="F9")
    window.must(wait="rate")
    assert window.see("rating_number") == number
    window.must(picture=str(tmp_path / "rating.png"), of="rating")
    window.must(tap="level_4")
    window.must(wait="thanks")
    assert hall.manager().get("/api/hall").json()["ratings"] == {"4": 1}
    assert window.end() == 0
    assert (tmp_path / "desk.png").stat().st_size > 10_000
    assert (tmp_path / "rating.png").stat().st_size > 5_000


def test_hold_put_back_pause_and_sign_out(hall: ServedHall, window: Played) -> None:
    kiosk = hall.kiosk("kiosk-hold")
    kiosk.issue("social_insurance", "social_card_first", "A")
    kiosk.push()
    window.sign_in()
    window.must(tap="call_next")
    window.must(wait="calling")
    window.must(tap="hold")
    window.must(tap="choice_去复印")
    window.must(wait="idle")
    assert window.see("held") == 1
    window.must(tap="undo")
    window.must(wait="calling")
    window.must(tap="transfer")
    window.must(tap="choice_medical")
    window.must(wait="idle")
    window.must(tap="pause")
    window.must(tap="choice_用餐")
    window.must(wait="paused")
    window.must(tap="resume")
    window.must(wait="idle")
    window.must(tap="sign_out")
    window.must(wait="sign_in")
    window.must(quit=True)
    assert window.process.wait(20) == 0


def test_a_wrong_pin_is_told_in_words(window: Played) -> None:
    for sign in clerk_of(WINDOW):
        window.must(tap=f"key_{sign}")
    window.must(tap="key_next")
    window.must(enter="000000")
    window.must(tap="sign_in")
    answer = window.do(wait="desk", seconds=2)
    assert not answer["ok"]
    assert "口令" in str(window.see("error"))


def test_an_unknown_name_gets_the_closest_ones(window: Played) -> None:
    answer = window.do(tap="sign_inn", seconds=0.1)
    assert not answer["ok"]
    assert "sign_in" in answer["error"]


def test_it_ends_cleanly_when_asked_to(window: Played) -> None:
    window.process.send_signal(signal.SIGTERM)
    assert window.process.wait(20) == 0


def test_all_mistakes_of_the_settings_are_told_at_once(tmp_path: Path) -> None:
    settings = tmp_path / "hall.toml"
    settings.write_text('[window]\nnumber = 0\nhall_kei = "x"\nserver = "10.0.0.2"\n')
    ended = subprocess.run(
        [sys.executable, "-m", "window_client", "--config", str(settings), "--check"],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    for place in ("window.number", "hall_key？", "window.hall_key：缺少", "window.server"):
        assert place in ended.stderr
    assert "Traceback" not in ended.stderr
