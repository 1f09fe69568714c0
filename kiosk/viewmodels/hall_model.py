"""The hall for QML: clock, groups, services, search, and the facts of the service chosen.

It is long because QML reads one object for what all pages show of the hall, each property a line of it.
"""

from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal
from PySide6.QtQml import QmlElement

from hall.admission import NoNumber
from hall.catalog import Catalog, Hall, Service, ServiceGroup
from hall.guidance import to_bring, windows_of
from hall.head_start import BY_AGE
from hall.opening import local_time
from hall.search import next_keys, search
from hall.ticket import TicketClass
from hall.waiting import wait_words, wait_words_en
from kiosk.journey import Page
from kiosk.journey import events as ev
from kiosk.known import Known
from kiosk.viewmodels.clock_words import date_words, opening_words
from kiosk.viewmodels.journey_model import JourneyModel

QML_IMPORT_NAME = "kiosk.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1
FOUND = 5
"""Rows of the search page."""

TILES = 8
"""Tiles of one leaf, in two columns."""

ENGLISH_SERVICES = 6
"""The same with longer words."""

LARGE_GROUPS, LARGE_SERVICES = 4, 3
"""Tiles of one leaf in large print, in one column."""

DOWN = "down"
"""The kind of the words about a wait that say 系统故障: no number of the group is given."""

PRIORITY_CHINESE, PRIORITY_ENGLISH = 16, 44
"""So many signs say whom 优先 is for, on one line of the largest print."""
_CHOOSING = (Page.SERVICES, Page.IDENTIFY, Page.TYPED, Page.CONFIRM)
"""Pages of somebody who has chosen, and has no number yet."""


@QmlElement
class HallModel(QObject):
    """Everything the pages show of the hall, in the person's language and cut into leaves."""

    changed = Signal()
    ticked = Signal()
    refreshed = Signal()  # from any thread: what is known of the hall has changed

    def __init__(self, known: Known, journey: JourneyModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known = known
        self._journey = journey
        journey.changed.connect(self.changed)
        self.refreshed.connect(self._tell)
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self.ticked)
        self._clock.start()

    def _tell(self) -> None:
        """Whoever was about to take a number for what a manager has just taken back begins anew with what there is."""
        visit = self._journey.visit
        gone = (visit.group is not None and self._group() is None) or (
            visit.service is not None and not self._service()
        )
        if gone and visit.page in _CHOOSING:
            self._journey.take(ev.GoHome())
        self.changed.emit()

    # The top band

    @Property(str, notify=changed)
    def name(self) -> str:
        """The hall's name."""
        catalog = self._known.catalog
        return "" if catalog is None else self._in_language(catalog.hall.name, catalog.hall.name_en)

    @Property(str, notify=ticked)
    def time(self) -> str:
        """09:42."""
        return f"{self._known.local():%H:%M}"

    @Property(str, notify=ticked)
    def date(self) -> str:
        """The day and its weekday."""
        return date_words(self._known.local(), english=self._english)

    @Property(str, notify=changed)
    def nextOpening(self) -> str:
        """When numbers are given again; empty if that is now, or not within a fortnight."""
        catalog, visit = self._known.catalog, self._journey.visit
        if catalog is None:
            return ""
        local = self._known.local()
        groups = tuple(group.id for group in catalog.groups if visit.group in (None, group.id))
        if any(catalog.gives_numbers(group, local) for group in groups):
            return ""
        starts = [start for group in groups if (start := catalog.next_numbers(group, local)) is not None]
        return opening_words(local, min(starts, default=None), english=self._english)

    @Property(str, notify=changed)
    def notice(self) -> str:
        """The hall's own words to everybody."""
        catalog = self._known.catalog
        return "" if catalog is None else self._in_language(catalog.hall.notice, catalog.hall.notice_en)

    # Choosing

    @Property("QVariantList", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def groups(self) -> list[dict[str, Any]]:
        """The groups of the leaf shown: id, icon, name, captions; `down` in words for one that cannot be served now."""
        catalog = self._known.catalog
        if catalog is None:
            return []
        return [
            {
                "id": group.id,
                "icon": group.icon,
                "name": self._in_language(group.name, group.name_en),
                "captions": [] if self._english else _two_lines(group.examples),  # English would not fit a tile
                "down": self._down(group.id),
            }
            for group in self._leaf(catalog.groups)
        ]

    @Property(int, notify=changed)
    def leaves(self) -> int:
        """How many leaves the present list has."""
        catalog, visit = self._known.catalog, self._journey.visit
        if catalog is None:
            return 0
        count = len(list(catalog.services_of(visit.group))) if visit.group else len(catalog.groups)
        return -(-count // self._per_leaf)

    @Property(int, notify=changed)
    def tileRows(self) -> int:
        """How many rows of tiles a full leaf has."""
        return self._per_leaf if self._journey.visit.manner.large_print else self._per_leaf // 2

    @Property(str, notify=changed)
    def groupName(self) -> str:
        """The chosen group."""
        group = self._group()
        return "" if group is None else self._in_language(group.name, group.name_en)

    @Property(str, notify=changed)
    def groupIcon(self) -> str:
        """Its picture."""
        group = self._group()
        return "" if group is None else group.icon

    @Property("QVariantList", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def services(self) -> list[dict[str, Any]]:
        """The services of the chosen group on the leaf shown: id, name, ahead, wait, waitKind, online."""
        catalog, group = self._known.catalog, self._journey.visit.group
        if catalog is None or group is None:
            return []
        return [self._row(service) for service in self._leaf(tuple(catalog.services_of(group)))]

    @Property("QVariantList", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def found(self) -> list[dict[str, Any]]:
        """The best services for the letters typed, with the part that matched; before the first letter, examples."""
        catalog, query = self._known.catalog, self._journey.visit.query
        if catalog is None:
            return []
        if not query:
            return [self._row(service) | {"start": 0, "length": 0} for service in _examples(catalog)]
        return [
            self._row(match.service) | {"start": match.start, "length": 0 if self._english else match.length}
            for match in search(catalog.services, query, FOUND)
        ]

    @Property("QStringList", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def nextKeys(self) -> list[str]:
        """The letters that still lead to something, in capitals."""
        catalog = self._known.catalog
        if catalog is None:
            return []
        return sorted(key.upper() for key in next_keys(catalog.services, self._journey.visit.query))

    # Appointments

    @Property(bool, notify=changed)
    def appointments(self) -> bool:
        """Whether the hall takes any."""
        return self._known.catalog is not None and self._known.catalog.takes_appointments

    @Property(str, notify=changed)
    def appointmentTime(self) -> str:
        """When the appointment shown is: 今天 09:00."""
        expected = self._journey.visit.expected
        return "" if expected is None else self._when(expected.booking.slot_at)

    @Property(bool, notify=changed)
    def appointmentBegun(self) -> bool:
        """Whether the time of the appointment shown has come: who checks in then has not come early."""
        catalog, expected = self._known.catalog, self._journey.visit.expected
        if catalog is None or expected is None:
            return False
        return self._known.local() >= local_time(expected.booking.slot_at, catalog.hall.offset_minutes)

    @Property(str, notify=changed)
    def appointmentOpens(self) -> str:
        """From when its number is given."""
        expected = self._journey.visit.expected
        return "" if expected is None else self._when(expected.opens_at)

    @Property(str, notify=changed)
    def nextFree(self) -> str:
        """Of a full group the next time that can be booked; empty if none is known."""
        group = self._journey.visit.group
        slot = None if group is None else self._known.next_free(group)
        return "" if slot is None else self._when(slot.at)

    # The service chosen

    @Property(str, notify=changed)
    def serviceName(self) -> str:
        """The chosen service."""
        service = self._service()
        return "" if service is None else self._in_language(service.name, service.name_en)

    @Property(int, notify=changed)
    def ahead(self) -> int:
        """People ahead now; −1 when not known."""
        service = self._service()
        waiting = None if service is None else self._known.waiting(service.group)
        return -1 if waiting is None else waiting

    @Property(str, notify=changed)
    def wait(self) -> str:
        """How long who comes now waits, with priority if it was chosen; empty when not known."""
        visit, service = self._journey.visit, self._service()
        return "" if service is None else self._wait(service.group, priority=visit.priority)[0]

    @Property(str, notify=changed)
    def place(self) -> str:
        """Where in the house it is done."""
        catalog, service = self._known.catalog, self._service()
        if catalog is None or service is None:
            return ""
        group = catalog.group(service.group)
        return self._in_language(group.place, group.place_en)

    @Property(str, notify=changed)
    def windows(self) -> str:
        """Numbers of its windows."""
        catalog, service = self._known.catalog, self._service()
        if catalog is None or service is None:
            return ""
        return windows_of(catalog, service.group, dash="–", comma=", " if self._english else "、")

    @Property("QVariantList", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def papers(self) -> list[dict[str, str]]:
        """The papers to have along: name, note. Empty without a guide, and in English, as guides are Chinese."""
        service = self._service()
        if service is None or service.guide is None or self._english:
            return []
        return [
            {"name": m.name + (f" {m.copies} 份" if m.copies > 1 else ""), "note": m.note}
            for m in to_bring(service.guide)
        ]

    @Property(str, notify=changed)
    def priorityWords(self) -> str:
        """Whom the button 优先 is for by the hall's own table: the age and as many more as one line holds."""
        catalog: Catalog | None = self._known.catalog
        return priority_words(catalog.hall, english=self._english) if catalog else ""

    def _when(self, at: int) -> str:
        catalog = self._known.catalog
        assert catalog is not None, "an appointment is known only with a catalogue"
        then = local_time(at, catalog.hall.offset_minutes)
        return opening_words(self._known.local(), then, english=self._english)

    def _row(self, service: Service) -> dict[str, Any]:
        waiting = self._known.waiting(service.group)
        words, kind = self._wait(service.group)
        return {
            "id": service.id,
            "name": self._in_language(service.name, service.name_en),
            "ahead": -1 if waiting is None else waiting,
            "wait": words,
            "waitKind": kind,
            "online": service.online,
            "initials": service.initials[0].upper() if service.initials else "",
        }

    def _wait(self, group_id: str, *, priority: bool = False) -> tuple[str, str]:
        """Words for a wait and its kind; both empty when it is not known. Of a group that is down, that it is."""
        if down := self._down(group_id):
            return down, DOWN
        wait = self._known.wait(group_id, priority=priority)
        if wait is None:
            return "", ""
        return (wait_words_en(wait) if self._english else wait_words(wait)), wait.kind.value

    def _down(self, group_id: str) -> str:
        """系统故障 or 停办 if that is why no number of the group is given now, else nothing."""
        catalog = self._known.catalog
        if catalog is not None and any(group.id == group_id and group.suspended for group in catalog.groups):
            return "suspended" if self._english else "停办中"
        if self._known.refusal(group_id) is not NoNumber.DOWN:
            return ""
        return "system down" if self._english else "系统故障"

    def _group(self) -> ServiceGroup | None:
        """The chosen group; None as well where a manager has just taken it back."""
        catalog, chosen = self._known.catalog, self._journey.visit.group
        return None if catalog is None else next((group for group in catalog.groups if group.id == chosen), None)

    def _service(self) -> Service | None:
        """The chosen service; None as well where a manager has just taken it back."""
        catalog, chosen = self._known.catalog, self._journey.visit.service
        return None if catalog is None else next((each for each in catalog.services if each.id == chosen), None)

    def _leaf(self, rows: tuple[Any, ...]) -> tuple[Any, ...]:
        last = max(0, len(rows) - 1) // self._per_leaf  # a leaf may have got more room since it was turned to
        first = min(self._journey.visit.leaf, last) * self._per_leaf
        return rows[first : first + self._per_leaf]

    def _in_language(self, chinese: str, english: str) -> str:
        return english if self._english and english else chinese

    @property
    def _english(self) -> bool:
        return self._journey.visit.manner.english

    @property
    def _per_leaf(self) -> int:
        visit = self._journey.visit
        squeezed = self._squeezed
        if visit.manner.large_print:
            return (LARGE_SERVICES if visit.group else LARGE_GROUPS) - squeezed
        if not visit.group:
            return TILES
        return (ENGLISH_SERVICES if self._english else TILES) - 2 * squeezed

    @property
    def _squeezed(self) -> bool:
        """Whether a strip stands over the page, so that a leaf has one row less and none is cut."""
        visit = self._journey.visit
        around = visit.around
        return bool(visit.trouble or self.nextOpening) or not (around.printer and around.online)


def _two_lines(examples: tuple[str, ...]) -> list[str]:
    """Examples on at most two lines, the first one fuller, none broken in two."""
    if len(examples) < 2:
        return list(examples)
    first = examples[:-1] if len("、".join(examples[:-1])) <= 9 else examples[: (len(examples) + 1) // 2]
    return ["、".join(first), "、".join(examples[len(first) :])]


def _examples(catalog: Catalog) -> list[Service]:
    """The first service of each of the first groups: real things that can be typed, or pressed at once."""
    firsts = (next(catalog.services_of(group.id), None) for group in catalog.groups)
    return [service for service in firsts if service is not None][:FOUND]


def priority_words(hall: Hall, *, english: bool) -> str:
    """The age that gives priority, and the hall's other rows as far as they fit on the line, in their order."""
    age, comma = hall.priority_age, ", " if english else "、"
    said = f"{age} or over" if english else f"{age} 岁以上"
    for row in hall.head_starts:
        name = row.name_en if english else row.name
        fits = len(said) + len(comma) + len(name) <= (PRIORITY_ENGLISH if english else PRIORITY_CHINESE)
        if row.ticket_class is TicketClass.PRIORITY and row.id != BY_AGE and fits:
            said += comma + name
    return said if english else f"{said}等"
