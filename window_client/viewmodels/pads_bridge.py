"""Between the devices of a window and the models of its screens: a key is an act of the desk, a level is a rating.

What a key means and what pad and strip say is decided by the pure functions of `window_client.box`, as for a box.
"""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from devices.call_pad import PadKey
from hall.clock import Clock
from queue_server.link.find import Finder
from window_client.attached import Attached
from window_client.box.display import display
from window_client.box.keys import ActWish, press
from window_client.box.news import renewed, told
from window_client.box.pad import Access, Pad, SignInWish
from window_client.box.strip import strip
from window_client.config import Setup
from window_client.desk.situation import Connection
from window_client.i18n import Phrases
from window_client.viewmodels.desk_model import DeskModel
from window_client.viewmodels.rating_model import RatingModel
from window_client.viewmodels.sign_in_model import SignInModel
from window_client.viewmodels.slip_model import SlipModel


class PadsBridge(QObject):
    """Carries keys and levels to the models, and what they show to the pad's display and the strip."""

    _key = Signal(object)
    _level = Signal(int)
    _scan = Signal(str)

    def __init__(
        self,
        setup: Setup,
        finder: Finder,
        clock: Clock,
        words: Phrases,
        sign_in: SignInModel,
        desk: DeskModel,
        rating: RatingModel,
        slip: SlipModel,
    ) -> None:
        super().__init__()
        self._words = words
        self._window = setup.window.number
        self._idle = setup.window.idle_text
        self._sign_in = sign_in
        self._desk = desk
        self._rating = rating
        self._slip = slip
        self._pad = Pad()
        self._seen = desk.situation
        self._page = ""
        self._attached = Attached(
            setup,
            finder,
            clock,
            on_key=lambda event: self._key.emit(event.key),
            on_level=lambda event: self._level.emit(event.level),
            on_scan=lambda scan: self._scan.emit(scan.text),
        )
        self._key.connect(self._on_key)
        self._level.connect(rating.rate)
        self._scan.connect(self._on_scan)
        sign_in.changed.connect(self._renew)
        desk.changed.connect(self._renew)
        rating.changed.connect(self._invite)

    def start(self) -> None:
        """Open the devices; returns at once."""
        self._attached.start()
        self._show()

    def close(self) -> None:
        """Let the devices go."""
        self._attached.stop()

    @Slot(object)
    def _on_key(self, key: PadKey) -> None:
        self._pad, wish = press(self._pad, key, self._desk.situation, self._words)
        match wish:
            case SignInWish(staff=staff, pin=pin):
                self._sign_in.enter_with(staff, pin)
            case ActWish(act=act, group=group):
                self._desk.do(act, group)
        self._show()

    @Slot(str)
    def _on_scan(self, text: str) -> None:
        if self._sign_in.property("open"):
            self._slip.scanned(text)

    @Slot()
    def _renew(self) -> None:
        """Something of the models changed, by the pad, the screen or the server."""
        before, now = self._seen, self._desk.situation
        self._seen = now
        access = self._access()
        if access is not self._pad.access:
            self._pad = self._moved(access)
        self._pad = renewed(self._pad, before.desk, now.desk)
        if now.outcome is not None and now.outcome is not before.outcome:
            self._pad = told(self._pad, now, self._words)
        if now.connection is Connection.AWAY and before.connection is not Connection.AWAY:
            self._pad = replace(self._pad, notice="")
        self._show()

    def _access(self) -> Access:
        if self._sign_in.property("open"):
            return Access.IN
        return Access.ENTERING if self._sign_in.property("busy") else Access.OUT

    def _moved(self, access: Access) -> Pad:
        """The pad after somebody came in, was not let in, or left."""
        before = self._pad
        if access is not Access.OUT:
            return replace(before, access=access, pin="", at_pin=False, choosing=None, notice="")
        if before.access is Access.ENTERING:
            return Pad(staff=before.staff, at_pin=bool(before.staff), notice=self._words.pad.refused_in)
        return Pad(notice=self._words.pad.sign_in_again if self._sign_in.property("error") else "")

    @Slot()
    def _invite(self) -> None:
        page = self._rating.property("page")
        if page == "rate" and self._page != "rate":
            self._attached.invite()
        self._page = page

    def _show(self) -> None:
        situation = self._desk.situation
        self._attached.show(
            display(self._pad, situation, self._words), strip(situation, self._window, self._idle, self._words)
        )
