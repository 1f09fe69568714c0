"""A box under any keys and any news, in any order: it never stumbles, never acts twice, never shows a PIN."""

from hypothesis import given, settings
from hypothesis import strategies as st

from devices.call_pad import KeyPressed, PadKey
from devices.led_display import Tone
from devices.rating_pad import LevelPressed
from hall.rating import Level
from hall.window import WindowState
from hall.wire.replies import Refusal
from hall.wire.views import RatingPage
from queue_server.link.errors import ServerAway
from tests.support.box import WINDOW, Hand
from tests.support.window_desk import called_here, desk, reply, sample_catalog, served_here
from window_client.box import events as ev
from window_client.box.effects import Do, Keep, Rate
from window_client.box.pad import SignInWish

PIN = "975310"
DESKS = (
    desk(),
    desk(queue=()),
    desk(called_here()),
    desk(served_here()),
    desk(state=WindowState.PAUSED),
    desk(state=WindowState.CLOSED),
)
EVENTS = st.one_of(
    st.sampled_from([KeyPressed(key) for key in PadKey]),
    st.sampled_from([LevelPressed(level) for level in Level]),
    st.sampled_from([ev.DeskCame(each) for each in DESKS]),
    st.sampled_from([ev.SignedIn(None), ev.SignedIn(sample_catalog()), ev.NotSignedIn(None)]),
    st.sampled_from([ev.NotSignedIn(ServerAway("no answer")), ev.SessionEnded(), ev.NotAnswered(), ev.Rested()]),
    st.booleans().map(ev.LinkChanged),
    st.booleans().map(ev.ServerSeen),
    st.sampled_from([ev.Kept("A023", frozenset({"A023"})), ev.Delivered(frozenset())]),
    st.sampled_from([ev.Answered(reply()), ev.Answered(reply(refusal=Refusal.WRONG_STATE))]),
    st.sampled_from([ev.Rated(None), ev.Rated(reply()), ev.PageCame(RatingPage(window=WINDOW, ticket="7" * 32))]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(EVENTS, max_size=60))
def test_whatever_happens_one_act_and_one_rating_are_on_their_way_at_most(events: list[ev.Event]) -> None:
    hand = Hand()
    acts = ratings = signing_in = 0
    for event in events:
        answered = isinstance(event, ev.Answered | ev.NotAnswered | ev.Kept | ev.SessionEnded)
        acts = 0 if answered and hand.box.situation.pending else acts
        ratings = 0 if isinstance(event, ev.Rated) else ratings
        signing_in = 0 if isinstance(event, ev.SignedIn | ev.NotSignedIn | ev.SessionEnded) else signing_in
        effects = hand.happen(event)
        acts += sum(isinstance(effect, Do | Keep) for effect in effects)
        ratings += sum(isinstance(effect, Rate) for effect in effects)
        signing_in += sum(isinstance(effect, SignInWish) for effect in effects)
        assert max(acts, ratings, signing_in) <= 1
        assert hand.line
        message = hand.box.message
        assert message.number or message.text
        assert message.tone is not Tone.CALLING or message.number == "A023"


@settings(max_examples=60, deadline=None)
@given(st.lists(EVENTS, max_size=30))
def test_no_pin_is_ever_on_the_display(events: list[ev.Event]) -> None:
    hand = Hand()
    for event in events:
        hand.happen(event)
    hand.box = type(hand.box)(hand.box.words, WINDOW, situation=hand.box.situation)
    hand.type("0303")
    hand.press(PadKey.ENTER)
    for digit in PIN:
        hand.press(PadKey(digit))
        assert digit not in hand.line
    for event in events:
        assert PIN not in hand.line
        assert PIN not in repr(hand.box)
        hand.happen(event)
