"""What hangs over a window, and what a citizen's press on the rating pad does."""

import pytest

from devices.led_display import Message, Tone
from devices.rating_pad import LevelPressed
from hall.rating import Level
from hall.window import WindowState
from hall.wire.replies import Refusal
from hall.wire.views import Desk, RatingPage
from tests.support.box import WINDOW, Hand, box_at, signed_in
from tests.support.window_desk import called_here, desk, reply, sample_catalog, served_here
from window_client.box import events as ev
from window_client.box.effects import Invite, LevelIgnored, Rate
from window_client.box.strip import strip
from window_client.desk.situation import Situation
from window_client.i18n import CHINESE

CLOSED = Message(Tone.PAUSED, text="暂停服务")
TICKET = "7" * 32
PAGE, NOTHING = RatingPage(window=WINDOW, ticket=TICKET, number="A023"), RatingPage(window=WINDOW)


@pytest.mark.parametrize(
    ("now", "message"),
    [
        (desk(called_here()), Message(Tone.CALLING, "A023")),
        (desk(called_here(104, lane=12)), Message(Tone.CALLING, "A12-104")),
        (desk(served_here()), Message(Tone.SERVING, "A023", "服务中")),
        (desk(served_here(), state=WindowState.PAUSED), Message(Tone.SERVING, "A023", "服务中")),
        (desk(state=WindowState.PAUSED), CLOSED),
        (desk(state=WindowState.CLOSED), CLOSED),
    ],
)
def test_the_strip_follows_the_window(now: Desk, message: Message) -> None:
    assert signed_in(now).message == message


def test_an_idle_strip_names_the_window() -> None:
    window = sample_catalog().windows[0]
    situation = Situation(now_us=0, desk=desk(), catalog=sample_catalog())
    assert strip(situation, window.number, "", CHINESE) == Message(Tone.IDLE, text=window.name)
    assert strip(situation, window.number, "社会保险", CHINESE) == Message(Tone.IDLE, text="社会保险")
    assert strip(situation, 999, "", CHINESE) == Message(Tone.IDLE, text="欢迎您")
    assert strip(Situation(now_us=0, desk=desk()), window.number, "", CHINESE) == Message(Tone.IDLE, text="欢迎您")


def test_with_nobody_signed_in_the_window_is_not_open() -> None:
    assert box_at().message == CLOSED
    hand = Hand(signed_in(desk(served_here())))
    hand.happen(ev.SessionEnded())
    assert hand.box.message == CLOSED


def test_while_the_server_is_away_the_strip_keeps_the_last_true_text() -> None:
    hand = Hand(signed_in(desk(called_here())))
    hand.happen(ev.LinkChanged(online=False))
    assert hand.box.message == Message(Tone.CALLING, "A023")


def test_a_level_rates_what_was_just_finished_once() -> None:
    hand = Hand()
    assert hand.happen(ev.PageCame(PAGE)) == (Invite(),)
    assert hand.happen(ev.PageCame(PAGE)) == ()
    assert hand.happen(LevelPressed(Level.VERY_GOOD)) == (Rate(TICKET, Level.VERY_GOOD),)
    assert hand.happen(LevelPressed(Level.BAD)) == (LevelIgnored(),)
    hand.happen(ev.Rated(reply()))
    assert hand.happen(LevelPressed(Level.BAD)) == (LevelIgnored(),)


@pytest.mark.parametrize("page", [None, NOTHING])
def test_with_nothing_to_rate_a_level_is_told_as_ignored(page: RatingPage | None) -> None:
    hand = Hand()
    if page is not None:
        assert hand.happen(ev.PageCame(page)) == ()
    assert hand.happen(LevelPressed(Level.FAIR)) == (LevelIgnored(),)


def test_a_rating_that_was_not_kept_may_be_pressed_again() -> None:
    hand = Hand()
    hand.happen(ev.PageCame(PAGE), LevelPressed(Level.GOOD), ev.Rated(None))
    assert hand.happen(LevelPressed(Level.GOOD)) == (Rate(TICKET, Level.GOOD),)
    hand.happen(ev.Rated(reply(refusal=Refusal.ALREADY_RATED)))
    assert hand.happen(LevelPressed(Level.GOOD)) == (LevelIgnored(),)


def test_a_rating_needs_no_clerk_and_says_nothing_on_the_clerks_pad() -> None:
    hand = Hand()
    hand.happen(ev.PageCame(PAGE), LevelPressed(Level.VERY_BAD))
    assert hand.line == "输入工号"
