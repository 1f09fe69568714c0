"""A slip shown at the window: scanned or typed, found or adopted, then called."""

from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from window_client.desk.acts import allowed
from window_client.desk.note import note
from window_client.desk.situation import Act, Outcome
from window_client.desk.slip import Shown, look, of_ticket, why_not_yet
from window_client.i18n import Phrases
from window_client.viewmodels.desk_model import DeskModel
from window_client.viewmodels.plain import plain

QML_IMPORT_NAME = "window_client.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class SlipModel(QObject):
    """What was read of a slip and what is known of it. Acts go through the desk, like every other."""

    changed = Signal()

    def __init__(self, words: Phrases, desk: DeskModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._desk = desk
        self._text = ""
        self._shown = Shown("empty")
        self._told: Outcome | None = None
        desk.changed.connect(self._follow)

    @Property(str, notify=changed)
    def text(self) -> str:
        """What stands in the field."""
        return self._text

    @Property("QVariantMap", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def shown(self) -> dict[str, Any]:
        """`window_client.desk.slip.Shown`."""
        return dict(plain(self._shown))

    @Property(bool, notify=changed)
    def canCall(self) -> bool:
        """Whether the ticket shown may be called now."""
        return self._shown.kind == "ticket" and allowed(self._desk.situation, Act.CALL_TICKET)

    @Property(str, notify=changed)
    def whyNot(self) -> str:
        """Why the ticket shown may not be called now, in words."""
        return why_not_yet(self._desk.situation, self._words) if self._shown.kind == "ticket" else ""

    @Slot(str)
    def edit(self, text: str) -> None:
        """Write into the field."""
        self._text, self._shown = text, Shown("empty")
        self.changed.emit()

    @Slot()
    def submit(self) -> None:
        """Look for what stands in the field; a slip's code goes to the server."""
        self._shown = look(self._text, self._desk.situation, self._words)
        if self._shown.kind == "code":
            if not allowed(self._desk.situation, Act.ADOPT):
                self._shown = Shown("unknown", caption=self._words.offline)
            else:
                self._desk.do(Act.ADOPT, self._shown.code)
        self._text = ""
        self.changed.emit()

    @Slot()
    def call(self) -> None:
        """Call the ticket shown."""
        if self._shown.kind == "ticket":
            self._desk.do(Act.CALL_TICKET, self._shown.ticket, self._words.slip_reason)

    def scanned(self, text: str) -> None:
        """A scanner beside the window read a code."""
        if self._desk.property("panel") != "outage":
            self._desk.open("outage")
        self._text = text
        self.submit()

    @Slot()
    def _follow(self) -> None:
        """The desk changed: the answer to an adoption may have come, or the one shown was called."""
        outcome = self._desk.situation.outcome
        if outcome is not self._told:
            self._told = outcome
            if outcome is not None and outcome.act is Act.ADOPT:
                self._shown = self._answer(outcome)
            elif outcome is not None and outcome.act is Act.CALL_TICKET and outcome.done:
                self._text, self._shown = "", Shown("empty")
        self.changed.emit()

    def _answer(self, outcome: Outcome) -> Shown:
        if outcome.done and outcome.reply is not None and outcome.reply.ticket is not None:
            return of_ticket(outcome.reply.ticket, self._desk.situation, self._words)
        return Shown("unknown", caption=note(self._desk.situation, self._words).text)
