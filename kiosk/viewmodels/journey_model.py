"""The journey for QML: its state as properties, every act of a person as a slot, the patience of a page as a clock.

The object lives on the screen's thread. Devices and the issuing thread hand their events to `happened`, which may be
called from anywhere; effects go to one callable that must not block.

It is long because QML reads one object for a visit; each property is a line over the journey.
"""

import logging
from collections.abc import Callable

from PySide6.QtCore import Property, QElapsedTimer, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from hall.booking import booking_number
from hall.identity import DocumentKind
from kiosk.journey import STEPS, Page, Patience, Visit, step
from kiosk.journey import events as ev
from kiosk.journey.choosing import LONGEST_TYPED
from kiosk.journey.effects import Effect
from kiosk.known import Known

QML_IMPORT_NAME = "kiosk.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1
_log = logging.getLogger("onewindow.kiosk.journey")
_TICK_MS = 200
_SHOWN_OF_TYPED = 4


_NO_WAY_BACK = (Page.HOME, Page.UNCONFIGURED, Page.ISSUING)


@QmlElement
class JourneyModel(QObject):
    """The visit on the screen.

    Args:
        known: What the kiosk knows of the hall.
        perform: Carries out the effects of a step; called on the screen's thread, must return at once.
        parent: Qt's owner.
    """

    changed = Signal()
    ticked = Signal()
    pageChanged = Signal()
    languageChanged = Signal()
    happened = Signal(object)

    def __init__(self, known: Known, perform: Callable[[Effect], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known = known
        self._perform = perform
        self._patience: Patience | None = None
        self._since = QElapsedTimer()
        self._since.start()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.visit = Visit()
        self.happened.connect(self.take, Qt.ConnectionType.AutoConnection)

    def take(self, event: ev.Event) -> None:
        """One event; only on the screen's thread (others emit `happened`)."""
        before = self.visit
        self.visit, effects = step(before, event)
        if before.page is not self.visit.page:
            _log.info("kiosk.page %s → %s", before.page, self.visit.page)
        if isinstance(event, ev.Act) or self.visit.patience() != self._patience or before.page is not self.visit.page:
            self._begin_waiting()
        for effect in effects:
            self._perform(effect)
        if before.manner.english != self.visit.manner.english:
            self.languageChanged.emit()
        if before != self.visit:
            self.changed.emit()
        if before.page is not self.visit.page:
            self.pageChanged.emit()

    def _begin_waiting(self) -> None:
        self._patience = self.visit.patience()
        self._since.restart()
        if self._patience is None:
            self._timer.stop()
        else:
            self._timer.start()
        self.ticked.emit()

    def _tick(self) -> None:
        if self._patience is not None and self._since.elapsed() >= self._patience.seconds * 1000:
            self.take(ev.Timeout())
        else:
            self.ticked.emit()

    # What the screen reads

    @Property(str, notify=pageChanged)
    def page(self) -> str:
        """The page, in the words of `kiosk.journey.pages`."""
        return self.visit.page.value

    @Property(int, notify=pageChanged)
    def step(self) -> int:
        """Which of the three steps, from 0; −1 on pages without."""
        return STEPS.get(self.visit.page, -1)

    @Property(bool, notify=changed)
    def asking(self) -> bool:
        """Whether 还在吗 stands over the page."""
        return self.visit.asking

    @Property(int, notify=ticked)
    def secondsLeft(self) -> int:
        """Seconds until the page does something by itself; 0 when it does not."""
        if self._patience is None:
            return 0
        return max(0, self._patience.seconds - self._since.elapsed() // 1000)

    @Property(float, notify=ticked)
    def timeLeft(self) -> float:
        """The same as a share, 1 to 0."""
        if self._patience is None:
            return 0.0
        return max(0.0, 1.0 - self._since.elapsed() / (self._patience.seconds * 1000))

    @Property(int, notify=ticked)
    def seconds(self) -> int:
        """How long the page waits in all."""
        return self._patience.seconds if self._patience else 0

    @Property(str, notify=changed)
    def theme(self) -> str:
        """Name of the theme this person wants."""
        manner = self.visit.manner
        return "high_contrast" if manner.high_contrast else "large_print" if manner.large_print else "standard"

    @Property(bool, notify=changed)
    def largePrint(self) -> bool:
        """长辈版."""
        return self.visit.manner.large_print

    @Property(bool, notify=changed)
    def highContrast(self) -> bool:
        """高对比."""
        return self.visit.manner.high_contrast

    @Property(bool, notify=changed)
    def english(self) -> bool:
        """English words."""
        return self.visit.manner.english

    @Property(bool, notify=changed)
    def awayFromHome(self) -> bool:
        """Whether 首页 leads anywhere: also from the home page that greets somebody, whose visit it ends."""
        greeted = self.visit.page is Page.HOME and self.visit.document is not None
        return greeted or self.visit.page not in _NO_WAY_BACK

    @Property(bool, notify=changed)
    def canGoBack(self) -> bool:
        """Whether 返回 leads anywhere."""
        return self.visit.page not in _NO_WAY_BACK

    @Property(str, notify=changed)
    def maskedName(self) -> str:
        """周**, empty when no card was read."""
        return self.visit.document.masked_name if self.visit.document else ""

    @Property(str, notify=changed)
    def identity(self) -> str:
        """card, typed, without, or empty while nothing is known."""
        if self.visit.document is None:
            return "without" if self.visit.undocumented else ""
        return "typed" if self.visit.document.kind is DocumentKind.TYPED_NUMBER else "card"

    @Property(str, notify=changed)
    def typedShown(self) -> str:
        """The typed number with only its last four signs readable."""
        typed = self.visit.typed
        return "*" * max(0, len(typed) - _SHOWN_OF_TYPED) + typed[-_SHOWN_OF_TYPED:]

    @Property(bool, notify=changed)
    def typedComplete(self) -> bool:
        """Whether enough signs were typed to go on."""
        return len(self.visit.typed) == LONGEST_TYPED

    @Property(str, notify=changed)
    def appointmentNumber(self) -> str:
        """The number of an appointment as typed so far; it names nobody."""
        return self.visit.typed if self.visit.page is Page.APPOINTMENT_NUMBER else ""

    @Property(bool, notify=changed)
    def appointmentNumberComplete(self) -> bool:
        """Whether it is long enough to go on."""
        return self.visit.page is Page.APPOINTMENT_NUMBER and booking_number(self.visit.typed) is not None

    @Property(str, notify=changed)
    def arrival(self) -> str:
        """What the holder of the appointment shown finds, in the words of `hall.arrival`."""
        return self.visit.expected.arrival.value if self.visit.expected else ""

    @Property(bool, notify=changed)
    def entitled(self) -> bool:
        """Priority by age."""
        return self.visit.entitled

    @Property(bool, notify=changed)
    def claimed(self) -> bool:
        """Priority by the button."""
        return self.visit.claimed

    @Property(bool, notify=changed)
    def returning(self) -> bool:
        """补件: back with the papers that were missing."""
        return self.visit.returning is not None

    @Property(str, notify=changed)
    def query(self) -> str:
        """The letters of the search."""
        return self.visit.query

    @Property(int, notify=changed)
    def leaf(self) -> int:
        """Page of the list shown, from 0."""
        return self.visit.leaf

    @Property(str, notify=changed)
    def trouble(self) -> str:
        """unreadable, not_ours, wrong_number, no_appointment, too_many_tries, or empty."""
        return self.visit.trouble.value if self.visit.trouble else ""

    @Property(bool, notify=changed)
    def online(self) -> bool:
        """Whether the server answers."""
        return self.visit.around.online

    @Property(bool, notify=changed)
    def copied(self) -> bool:
        """Whether the kiosk's data are a copy: it gives no numbers until it has met the server."""
        return self.visit.around.copied

    @Property(int, notify=changed)
    def unsent(self) -> int:
        """How many facts wait for the server."""
        return self.visit.around.unsent

    @Property(str, notify=changed)
    def refused(self) -> str:
        """What staff must mend before the server takes this kiosk; empty while it does, or is away."""
        return self.visit.around.refused

    @Property(bool, notify=changed)
    def reader(self) -> bool:
        """Whether cards can be read."""
        return self.visit.around.reader

    @Property(bool, notify=changed)
    def printer(self) -> bool:
        """Whether a slip would come out."""
        return self.visit.around.printer

    @Property(bool, notify=changed)
    def passports(self) -> bool:
        """Whether a camera reads passports and permits."""
        return self.visit.around.passports

    @Property(bool, notify=changed)
    def cardLies(self) -> bool:
        """Whether a card is on the reader."""
        return self.visit.around.card_lies

    @Property(str, notify=changed)
    def paper(self) -> str:
        """coming, printed, none, failed or unknown."""
        return self.visit.paper.value

    @Property(str, notify=changed)
    def helpNotice(self) -> str:
        """sending, sent, not_sent, or empty."""
        return self.visit.help.value

    # What a person does

    @Slot(str)
    def chooseGroup(self, group: str) -> None:
        """A tile of the home page."""
        self.take(ev.ChooseGroup(group))

    @Slot(str)
    def chooseService(self, service: str) -> None:
        """A service of the list or of the search."""
        catalog = self._known.catalog
        chosen = next((each for each in catalog.services if each.id == service), None) if catalog else None
        if chosen is not None:  # a manager may have taken it back a moment ago
            self.take(ev.ChooseService(service, chosen.group, self._known.refusal(chosen.group)))

    @Slot()
    def walkIn(self) -> None:
        """现场取号 in place of an appointment that was called off."""
        expected = self.visit.expected
        if expected is not None:
            self.take(ev.WalkIn(self._known.refusal(expected.booking.group)))

    @Slot(str)
    def typeKey(self, key: str) -> None:
        """A key of the screen's keyboard."""
        self.take(ev.TypeKey(key))

    @Slot(int)
    def turnLeaf(self, leaf: int) -> None:
        """Another page of a list."""
        self.take(ev.TurnLeaf(leaf))

    @Slot(str)
    def act(self, name: str) -> None:
        """An act without details, by its name in `ACTS`."""
        self.take(ACTS[name])


ACTS: dict[str, ev.Act] = {
    "search": ev.OpenSearch(),
    "erase": ev.EraseKey(),
    "erase_all": ev.EraseKey(all=True),
    "type_number": ev.TypeNumber(),
    "accept_typed": ev.AcceptTyped(),
    "go_without": ev.GoWithout(),
    "change_service": ev.ChangeService(),
    "priority": ev.TogglePriority(),
    "take_number": ev.TakeNumber(),
    "appointment": ev.OpenAppointment(),
    "take_appointment": ev.TakeAppointment(),
    "other_matter": ev.OtherMatter(),
    "reprint": ev.Reprint(),
    "before": ev.OpenBefore(),
    "slip_taken": ev.SlipTaken(),
    "print_again": ev.PrintAgain(),
    "void_number": ev.VoidNumber(),
    "back": ev.GoBack(),
    "home": ev.GoHome(),
    "stay": ev.Stay(),
    "large_print": ev.ToggleLargePrint(),
    "contrast": ev.ToggleContrast(),
    "english": ev.ToggleEnglish(),
    "help": ev.AskHelp(),
}
"""The acts that a page asks for by name."""
