"""The sign-in page: staff number and PIN by the page's own keys or the keyboard."""

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from window_client.desk.signs import PIN_SIGNS, STAFF_SIGNS
from window_client.i18n import Phrases

QML_IMPORT_NAME = "window_client.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class SignInModel(QObject):
    """What is typed, which field it goes to, and how it ended. The PIN itself is never readable from a page."""

    changed = Signal()
    asked = Signal(str, str)  # staff number and PIN, for the link

    def __init__(self, words: Phrases, window: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._window = window
        self._staff = self._pin = self._error = ""
        self._field = "staff"
        self._busy = self._open = self._owes = False

    @Property(str, notify=changed)
    def staff(self) -> str:
        """The staff number as typed so far."""
        return self._staff

    @Property(int, notify=changed)
    def pinLength(self) -> int:
        """How many signs of the PIN have been typed."""
        return len(self._pin)

    @Property(str, notify=changed)
    def field(self) -> str:
        """Where the next sign goes: staff or pin."""
        return self._field

    @Property(str, notify=changed)
    def error(self) -> str:
        """Why the last attempt failed, in words; empty otherwise."""
        return self._error

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether an attempt is on its way."""
        return self._busy

    @Property(bool, notify=changed)
    def ready(self) -> bool:
        """Whether enough has been typed to try."""
        return not self._busy and len(self._staff) >= STAFF_SIGNS[0] and len(self._pin) >= PIN_SIGNS[0]

    @Property(bool, notify=changed)
    def open(self) -> bool:
        """Whether somebody is signed in."""
        return self._open

    @Property(str, notify=changed)
    def windowTitle(self) -> str:
        """`3 号窗口`."""
        return self._words.window.format(number=self._window)

    @Property(bool, notify=changed)
    def owing(self) -> bool:
        """Whether the server was set back and waits for what this window remembers."""
        return self._owes

    @Slot(bool)
    def owes(self, owes: bool) -> None:  # noqa: FBT001 - a signal's value
        """The server was set back and waits for what this window remembers, or does so no longer."""
        self._owes = owes
        self.changed.emit()

    @Slot(str)
    def choose(self, field: str) -> None:
        """Send the next sign to `staff` or `pin`."""
        if field in ("staff", "pin"):
            self._field = field
            self.changed.emit()

    @Slot(str)
    def type(self, sign: str) -> None:
        """One sign into the chosen field; a staff number takes digits only."""
        if self._busy or len(sign) != 1 or not sign.isprintable():
            return
        if self._field == "pin":
            self._pin = (self._pin + sign)[: PIN_SIGNS[1]]
        elif sign.isascii() and sign.isdecimal():
            self._staff = (self._staff + sign)[: STAFF_SIGNS[1]]
        self._error = ""
        self.changed.emit()

    @Slot()
    def erase(self) -> None:
        """Take back the last sign of the chosen field."""
        if self._field == "pin":
            self._pin = self._pin[:-1]
        else:
            self._staff = self._staff[:-1]
        self.changed.emit()

    @Slot()
    def enter(self) -> None:
        """Return: on to the PIN, then try."""
        if self._field == "staff" and not self._pin:
            self.choose("pin")
        else:
            self.submit()

    @Slot()
    def submit(self) -> None:
        """Try to sign in with what has been typed."""
        if self._busy or len(self._staff) < STAFF_SIGNS[0] or len(self._pin) < PIN_SIGNS[0]:
            return
        self._busy, self._error = True, ""
        self.changed.emit()
        self.asked.emit(self._staff, self._pin)

    def enter_with(self, staff: str, pin: str) -> None:
        """Try to sign in with what was typed elsewhere, on a call pad."""
        if not self._busy and not self._open:
            self._staff, self._pin = staff, pin
            self.submit()

    def signed_in(self) -> None:
        """The server let the clerk in."""
        self._busy, self._open, self._pin, self._error = False, True, "", ""
        self.changed.emit()

    def failed(self, why: str) -> None:
        """The server did not; the PIN is forgotten, the staff number stays."""
        self._busy, self._pin, self._field, self._error = False, "", "pin", why
        self.changed.emit()

    def signed_out(self, why: str = "") -> None:
        """The session is over; `why` is told where it was not the clerk who ended it."""
        self._open = self._busy = False
        self._staff = self._pin = ""
        self._field, self._error = "staff", why
        self.changed.emit()
