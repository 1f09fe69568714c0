"""Every page of a kiosk on an offscreen view, reached by the events that lead there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import shiboken6
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from hall.admission import NoNumber
from hall.arrival import Arrival
from hall.before import Before, Why
from hall.booking import Booking
from hall.catalog import Catalog
from hall.slots import Slot
from hall.ticket import TicketClass
from hall.waiting import Wait, WaitKind
from kiosk.expected import Expected
from kiosk.issued import Issued
from kiosk.journey import Paper
from kiosk.journey import events as ev
from kiosk.viewmodels import HallModel, JourneyModel, TicketModel
from kiosk.viewmodels.language import Language
from tests.support.grab import Screen, application
from tests.support.kiosks import GROUP, LONGEST, SERVICE, sample_hall
from tests.support.people import resident
from tests.support.tickets import DAY, MINUTE, NINE

LONG = next(service for service in sample_hall().services if service.name == LONGEST)
NUMBER = Issued(
    ticket="a" * 32,
    day=DAY,
    number="A023",
    service=SERVICE,
    group=GROUP,
    ticket_class=TicketClass.ORDINARY,
    issued_at=NINE + 43 * MINUTE,
    code="OW1:" + "A2B" * 30,
    people_ahead=3,
    wait=Wait(kind=WaitKind.RANGE, low=10, high=20),
)
LONG_NUMBER = NUMBER.model_copy(
    update={
        "number": "A103-1001",
        "service": LONG.id,
        "group": LONG.group,
        "ticket_class": TicketClass.PRIORITY,
        "people_ahead": None,
        "wait": None,
        "offline": True,
    }
)
PASSED = NUMBER.model_copy(
    update={
        "ticket_class": TicketClass.APPOINTMENT,
        "wait": None,  # foretold when it was issued, and not any more
        "before": tuple(
            Before(number=f"A103-{n:03}", why=why, counts_from=NINE + n * MINUTE, called_at=NINE + 50 * MINUTE)
            for n, why in enumerate([*Why, Why.PRIORITY, Why.CHOSEN])
        ),
    }
)
CARD = ev.CardRead(resident(7))
NEXT_FREE = Slot(DAY + timedelta(days=1), 9 * 60, 30, NINE + 24 * 60 * MINUTE, 4)


def _met(found: Arrival, group: str = GROUP, service: str = SERVICE) -> ev.CardRead:
    """A card whose owner has an appointment: today at ten, or on another day."""
    day = DAY + timedelta(days=4 if found is Arrival.OTHER_DAY else 0)
    at = NINE + (60 + (day - DAY).days * 24 * 60) * MINUTE
    booking = Booking(id="b" * 32, number="20261124", service=service, group=group, day=day, slot_at=at, made_at=NINE)
    return ev.CardRead(CARD.document, expected=Expected(booking, found, at - 30 * MINUTE))


CHOSEN = (ev.ChooseGroup(GROUP), ev.ChooseService(SERVICE, GROUP))
LONG_CHOSEN = (ev.ChooseGroup(LONG.group), ev.ChooseService(LONG.id, LONG.group))
TAKEN = (*CHOSEN, CARD, ev.TakeNumber())
GIVEN = (*TAKEN, ev.NumberGiven(NUMBER))
LONG_GIVEN = (*LONG_CHOSEN, CARD, ev.TakeNumber(), ev.NumberGiven(LONG_NUMBER))
REFUSED = "请核对设备上的大厅密钥文件，然后重新连接"
CUT_OFF = ev.AroundChanged(online=False)
NO_PRINTER = ev.AroundChanged(printer=False)

PAGES: dict[str, tuple[ev.Event, ...]] = {
    "home": (),
    "home-greeting": (CARD,),
    "home-no-printer-cut-off": (ev.AroundChanged(online=False, printer=False), CUT_OFF),
    "home-no-printer": (NO_PRINTER,),
    "home-unreadable": (ev.CardUnreadable(),),
    "services": CHOSEN[:1],
    "services-more": (*CHOSEN[:1], ev.TurnLeaf(1)),
    "services-no-printer": (NO_PRINTER, ev.ChooseGroup("medical")),
    "services-paused": (ev.ChooseGroup("medical"),),
    "services-may-not": (ev.ChooseGroup("property"),),
    "services-offline": (CUT_OFF, *LONG_CHOSEN[:1]),
    "search": (ev.OpenSearch(),),
    "search-found": (ev.OpenSearch(), ev.TypeKey("S"), ev.TypeKey("B")),
    "search-longest": (ev.OpenSearch(), *(ev.TypeKey(key) for key in "BDCDY")),
    "identify": CHOSEN,
    "identify-longest": (CUT_OFF, *LONG_CHOSEN),
    "identify-passports": (ev.AroundChanged(passports=True), *LONG_CHOSEN),
    "identify-no-reader": (ev.AroundChanged(reader=False), *CHOSEN),
    "identify-no-reader-no-printer": (ev.AroundChanged(reader=False, printer=False), *CHOSEN),
    "typed": (*CHOSEN, ev.TypeNumber(), *(ev.TypeKey(key) for key in CARD.document.number)),
    "typed-wrong": (*CHOSEN, ev.TypeNumber(), ev.TypeKey("1"), ev.AcceptTyped()),
    "confirm": (*CHOSEN, CARD),
    "confirm-longest": (*LONG_CHOSEN, ev.GoWithout(), ev.TogglePriority()),
    "confirm-no-printer": (ev.AroundChanged(printer=False), *CHOSEN, ev.CardRead(CARD.document, entitled=True)),
    "confirm-returning": (ev.PapersBrought("b" * 32, SERVICE, GROUP),),
    "issuing": TAKEN,
    "number": GIVEN,
    "number-may-not": (*TAKEN, ev.NumberGiven(NUMBER.model_copy(update={"wait": Wait(kind=WaitKind.MAY_NOT)}))),
    "number-longest": (CUT_OFF, *LONG_GIVEN),
    "number-paperless": (*TAKEN, ev.NumberGiven(NUMBER, Paper.NONE)),
    "paper-out": (*GIVEN, ev.PaperChanged(NUMBER.ticket, Paper.FAILED)),
    "paper-out-longest": (*LONG_GIVEN, ev.PaperChanged(NUMBER.ticket, Paper.UNKNOWN)),
    "has-ticket": (*TAKEN, ev.NumberRefused(NoNumber.HAS_TICKET, NUMBER.model_copy(update={"wait": None}))),
    "has-ticket-passed": (ev.SlipScanned(PASSED),),
    "before": (ev.SlipScanned(PASSED), ev.OpenBefore()),
    "before-more": (ev.SlipScanned(PASSED), ev.OpenBefore(), ev.TurnLeaf(1)),
    **{f"appointment-{found}": (_met(found),) for found in Arrival},
    "appointment-no-printer": (ev.AroundChanged(printer=False), _met(Arrival.ON_TIME)),
    "appointment-issuing": (_met(Arrival.ON_TIME), ev.TakeAppointment()),
    "appointment-longest": (CUT_OFF, _met(Arrival.LATE, LONG.group, LONG.id)),
    "appointment-number": (ev.OpenAppointment(), *(ev.TypeKey(key) for key in "20261124")),
    "appointment-unknown": (ev.OpenAppointment(), ev.AppointmentFound(None)),
    "appointment-too-many": (ev.OpenAppointment(), ev.AppointmentFound(None, too_many=True)),
    "closed": (*CHOSEN[:1], ev.ChooseService(SERVICE, GROUP, NoNumber.CLOSED)),
    "down": (*CHOSEN[:1], ev.ChooseService(SERVICE, GROUP, NoNumber.DOWN)),
    "full": (*CHOSEN[:1], ev.ChooseService(SERVICE, GROUP, NoNumber.FULL)),
    "unavailable": (*TAKEN, ev.IssuingFailed()),
    "help": (ev.AskHelp(),),
    "help-sent": (ev.AskHelp(), ev.HelpSent()),
    "help-cut-off": (CUT_OFF, ev.AskHelp()),
    "help-refused": (ev.AroundChanged(online=False, unsent=12, refused=REFUSED), ev.AskHelp()),
    "help-unsent": (ev.AroundChanged(online=False, unsent=12), ev.AskHelp()),
    "unconfigured": (ev.AroundChanged(configured=False),),
    "unconfigured-copied": (ev.AroundChanged(configured=False, copied=True, unsent=12),),
    "taken": (ev.Unsettled((NUMBER,)),),
    "taken-longest": (ev.Unsettled((LONG_NUMBER,)),),
    "still-there": (*CHOSEN, ev.Timeout()),
}
"""Name of a picture → what happened since the home page."""

MANNERS: dict[str, tuple[ev.Event, ...]] = {
    "standard": (),
    "large_print": (ev.ToggleLargePrint(),),
    "high_contrast": (ev.ToggleContrast(),),
}


class StillHall:
    """What a kiosk knows of the sample hall, at 09:42 on a Tuesday."""

    def __init__(self) -> None:
        self.online = True
        self.down: set[str] = set()
        self.minutes = 0  # after 09:42
        self.public_url = ""
        self.whole = sample_hall()

    @property
    def catalog(self) -> Catalog | None:
        whole = self.whole
        return whole.model_copy(update={"hall": whole.hall.model_copy(update={"public_url": self.public_url})})

    def local(self) -> datetime:
        return datetime(2026, 11, 24, 9, 42) + timedelta(minutes=self.minutes)  # noqa: DTZ001 - the hall's own clock

    def waiting(self, group_id: str) -> int | None:
        return (3 if group_id == GROUP else 0) if self.online else None

    def next_free(self, group_id: str) -> Slot | None:
        return NEXT_FREE if group_id == GROUP else None

    def wait(self, group_id: str, *, priority: bool = False) -> Wait | None:
        kind = {"medical": WaitKind.PAUSED, "property": WaitKind.MAY_NOT}.get(group_id, WaitKind.RANGE)
        low, high = (0, 5) if priority else (10, 20)
        wait = Wait(kind=kind, low=low, high=high) if kind is WaitKind.RANGE else Wait(kind=kind)
        return wait if self.online else None

    def refusal(self, group_id: str) -> NoNumber | None:
        if group_id in self.down:
            return NoNumber.DOWN
        return None if group_id in {group.id for group in self.whole.groups} else NoNumber.CLOSED


class KioskScreen:
    """The whole screen with its viewmodels; `go` begins a visit anew and leads it to a page."""

    def __init__(
        self, screen: Screen, hall: StillHall, models: tuple[HallModel, JourneyModel], manner: tuple[ev.Event, ...]
    ) -> None:
        self.screen = screen
        self.hall = hall
        self._told, self._journey = models
        self._manner = manner

    def take_down(self, *groups: str) -> None:
        """What the kiosk hears from the server: these groups cannot be served, 系统故障."""
        self.hall.down = set(groups)
        self._told.refreshed.emit()

    def publish(self, catalog: Catalog) -> None:
        """The kiosk fetches another catalogue, whatever page is open."""
        self.hall.whole = catalog
        self._told.refreshed.emit()
        self._come_to_rest()

    @property
    def page(self) -> str:
        """Which one is open."""
        return str(self._journey.visit.page)

    def go(self, *events: ev.Event) -> None:
        self.hall.online = CUT_OFF not in events
        self._journey.take(ev.IssuingFailed())  # whatever the page before was, home is now one step away
        self._journey.take(ev.GoHome())
        self._journey.take(ev.CardLifted())
        for _ in range(2):  # whoever was there has gone, and with them how they wanted the screen
            self._journey.take(ev.Timeout())
        ready = ev.AroundChanged(
            configured=True, online=True, refused="", unsent=0, reader=True, printer=True, passports=False
        )
        first = 1 if events and isinstance(events[0], ev.Unsettled) else 0  # asked before any touch
        for event in (ready, *events[:first], *self._manner, *events[first:]):
            self._journey.take(event)
        for _ in range(200):
            QTest.qWait(5)
            if self.screen.root.property("settled"):
                return self._come_to_rest()
        raise AssertionError(f"{self._journey.visit.page} never settled")

    def _come_to_rest(self) -> None:
        """Rows and grids are laid out with the next frame, those around them with the one after that."""
        before: list[tuple[str, QRectF]] = []
        for _ in range(10):
            self.screen.picture()
            now = [(item.objectName(), place_of(item)) for item in self.things()]
            if now == before:
                return
            before = now
        raise AssertionError(f"{self._journey.visit.page} never came to rest")

    def things(self) -> Iterator[QQuickItem]:
        """Everything visible, the outermost first."""
        yield from _visible(self.screen.root)

    def to_press(self) -> list[tuple[str, QRectF]]:
        """What can be pressed now, with its place on the screen."""
        found = [item for item in self.things() if item.metaObject().indexOfSignal("clicked()") >= 0]
        return [(item.objectName(), place_of(item)) for item in found if item.isEnabled()]


def place_of(item: QQuickItem) -> QRectF:
    corner = item.mapToScene(QPointF(0, 0))
    return QRectF(corner.x(), corner.y(), item.width(), item.height())


def _visible(item: QQuickItem) -> Iterator[QQuickItem]:
    if item.isVisible():
        yield item
        for child in item.childItems():
            yield from _visible(child)


@contextmanager
def kiosk_screen(manner: str = "standard", *, english: bool = False) -> Iterator[KioskScreen]:
    """A kiosk's screen of 1080 × 1920; warnings of QML are failures."""
    application()
    hall, language = StillHall(), Language()
    journey = JourneyModel(hall, lambda _: None)
    told = HallModel(hall, journey)
    models = {"journey": journey, "hall": told, "ticket": TicketModel(hall, journey)}
    journey.take(ev.AroundChanged(configured=True, online=True))
    language.set_english(english)
    screen = Screen("kiosk/qml/Main.qml", (1080, 1920), models)
    try:
        with screen:
            acts = MANNERS[manner] + ((ev.ToggleEnglish(),) if english else ())
            yield KioskScreen(screen, hall, (told, journey), acts)
    finally:
        if shiboken6.isValid(screen.view):
            shiboken6.delete(screen.view)  # the engine ends before the models that its pages read
        language.set_english(False)
