"""A box in a test's hand: keys pressed, events told, what it says and asks for."""

from devices.call_pad import KeyPressed, PadKey
from hall.catalog import Catalog
from hall.wire.views import Desk
from tests.support.window_desk import sample_catalog
from window_client.box import events as ev
from window_client.box.effects import Effect
from window_client.box.machine import Box, step
from window_client.i18n import CHINESE

K = PadKey
WINDOW = 12


def box_at() -> Box:
    """A box just switched on."""
    return Box(CHINESE, WINDOW)


class Hand:
    """One box and whoever presses its keys."""

    def __init__(self, box: Box | None = None) -> None:
        self.box = box or box_at()

    @property
    def line(self) -> str:
        return self.box.line

    def happen(self, *events: ev.Event) -> tuple[Effect, ...]:
        """The effects of the last event."""
        effects: tuple[Effect, ...] = ()
        for event in events:
            self.box, effects = step(self.box, event)
        return effects

    def press(self, key: PadKey) -> tuple[Effect, ...]:
        return self.happen(KeyPressed(key))

    def type(self, digits: str) -> None:
        for digit in digits:
            assert self.press(PadKey(digit)) == ()

    def sign_in_keys(self, staff: str = "0303", pin: str = "2468") -> None:
        self.type(staff)
        self.press(K.ENTER)
        self.type(pin)
        self.press(K.ENTER)


def signed_in(now: Desk, catalog: Catalog | None = None) -> Box:
    """A box with a clerk, online, at a desk."""
    hand = Hand()
    hand.sign_in_keys()
    hand.happen(ev.SignedIn(catalog or sample_catalog()), ev.LinkChanged(online=True), ev.DeskCame(now))
    return hand.box
