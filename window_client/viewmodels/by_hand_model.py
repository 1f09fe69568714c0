"""The page for calls made by hand: one line of the paper after another, and what became of each."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from hall.wire.commands import EnterByHand
from queue_server.link.act_log import EnteredCall
from window_client.desk.by_hand import Entry, Mistake, entry_of, lines, read
from window_client.i18n import Phrases
from window_client.viewmodels.desk_model import DeskModel
from window_client.viewmodels.plain import plain

QML_IMPORT_NAME = "window_client.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ByHandModel(QObject):
    """What is typed, what is wrong with it, and the list. `keep` carries a call to be written down for the link."""

    changed = Signal()
    asks = Signal(str)  # the field to go to: number, called or ended
    keep = Signal(object)

    def __init__(
        self, words: Phrases, desk: DeskModel, new_id: Callable[[], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._desk = desk
        self._new_id = new_id
        self._calls: tuple[EnteredCall, ...] = ()
        self._entry = Entry()
        self._mistake: Mistake | None = None
        self._trouble = ""
        self._writing: EnterByHand | None = None

    # What the memory and the server say

    def renew(self, calls: Sequence[EnteredCall]) -> None:
        """What the memory of the window holds now."""
        self._calls = tuple(calls)
        self.changed.emit()

    def kept(self, call: EnterByHand) -> None:
        """A call is durable; if it came from this page, the next line begins where it ended."""
        if call == self._writing:
            self._writing, self._mistake, self._trouble = None, None, ""
            self._entry = Entry(called=entry_of(call, self._desk.situation).ended)
            self.changed.emit()
            self.asks.emit("number")

    def not_kept(self, why: str) -> None:
        """The disk did not take it: the line stays as it was typed."""
        if self._writing is not None:
            self._writing, self._trouble = None, why
            self.changed.emit()

    # What the clerk does

    @Slot(str, str)
    def edit(self, field: str, text: str) -> None:
        """Write into number, called or ended."""
        if field in ("number", "called", "ended"):
            self._entry = Entry(**asdict(self._entry) | {field: text})
            if self._mistake is not None and self._mistake.field == field:
                self._mistake = None
            self._trouble = ""
            self.changed.emit()

    @Slot(int)
    def choose(self, place: int) -> None:
        """The result: 0 finished, 1 missed."""
        self._entry = replace(self._entry, missed=place == 1)
        self._mistake = None
        self.changed.emit()

    @Slot()
    def toggle(self) -> None:
        """The other result."""
        self.choose(0 if self._entry.missed else 1)

    @Slot()
    def enter(self) -> None:
        """The line is complete: have it written down, or go to what is wrong with it."""
        if self._writing is not None:
            return
        self._desk.tick()
        told = read(self._entry, self._desk.situation, self._new_id(), self._words)
        if isinstance(told, Mistake):
            self._mistake = told
            self.changed.emit()
            self.asks.emit(told.field)
            return
        self._writing, self._mistake = told, None
        self.changed.emit()
        self.keep.emit(told)

    @Slot()
    def leave(self) -> None:
        """The page is closed: what was wrong with a line is not told again, the line itself stays."""
        self._mistake, self._trouble = None, ""
        self.changed.emit()

    @Slot(str)
    def mend(self, request: str) -> None:
        """Take a call that was refused up again; it gets a line of its own."""
        call = next((call.command for call in self._calls if call.command.request_id == request), None)
        if call is not None:
            self._entry, self._mistake = entry_of(call, self._desk.situation), None
            self.changed.emit()
            self.asks.emit("number")

    # What the page shows

    @Property("QVariantMap", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def entry(self) -> dict[str, Any]:
        """`window_client.desk.by_hand.Entry`."""
        return dict(plain(self._entry))

    @Property(str, notify=changed)
    def wrong(self) -> str:
        """The field that is wrong, empty if none is."""
        return self._mistake.field if self._mistake else ""

    @Property(str, notify=changed)
    def help(self) -> str:
        """What is wrong, in words; else how the keys go."""
        return self._trouble or (self._mistake.words if self._mistake else self._words.hand_keys)

    @Property(bool, notify=changed)
    def troubled(self) -> bool:
        """Whether `help` says what is wrong."""
        return bool(self._trouble or self._mistake)

    @Property("QStringList", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def outcomes(self) -> list[str]:
        """The two results in words, as `choose` takes them."""
        return list(self._words.outcomes.values())

    @Property("QVariantList", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def lines(self) -> list[Any]:
        """`window_client.desk.by_hand.Line` of each call of today, the latest first."""
        return list(plain(lines(self._calls, self._desk.situation, self._words)))

    @Property(str, notify=changed)
    def caption(self) -> str:
        """How many there are, how many the server has not heard of, and how many it did not take."""
        shown = lines(self._calls, self._desk.situation, self._words)
        count = len(shown)
        if not count:
            return ""
        waiting = sum(call.reply is None for call in self._calls)
        refused = sum(line.refused for line in shown)
        rest = [self._words.hand_open.format(count=waiting)] if waiting else []
        rest += [self._words.hand_refused.format(count=refused)] if refused else []
        if len(rest) < 2:  # more would not fit; how many there are is the least of it
            rest = [self._words.hand_count.format(count=count), *(rest or [self._words.hand_none_open])]
        return "　".join(rest)
