"""The number on the screen: what stands on its card and beside it."""

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from devices.printer.drawing import qr_rows
from hall.guidance import windows_of
from hall.opening import local_time
from hall.slip_code import opens_in_the_hall_only
from hall.waiting import WaitKind, wait_words, wait_words_en
from kiosk.issued import Issued
from kiosk.known import Known
from kiosk.places import group_of, service_of
from kiosk.viewmodels.journey_model import JourneyModel

QML_IMPORT_NAME = "kiosk.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class TicketModel(QObject):
    """The ticket of the visit; empty texts while there is none."""

    changed = Signal()

    def __init__(self, known: Known, journey: JourneyModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known = known
        self._journey = journey
        self._shown: Issued | None = None
        journey.changed.connect(self._follow)
        journey.languageChanged.connect(self.changed)

    def _follow(self) -> None:
        issued = self._journey.visit.issued
        if issued is not None and issued != self._shown:  # stays while its page fades away
            self._shown = issued
            self.changed.emit()

    @Property(str, notify=changed)
    def number(self) -> str:
        """As printed."""
        return self._shown.number if self._shown else ""

    @Property(str, notify=changed)
    def serviceName(self) -> str:
        """What it was taken for, else the name of its group; empty when the hall has neither any more."""
        if self._shown is None or self._known.catalog is None:
            return ""
        catalog = self._known.catalog
        taken_for = service_of(self._shown, catalog) or group_of(self._shown, catalog)
        if taken_for is None:  # a new catalogue has neither any more
            return ""
        return taken_for.name_en if self._journey.visit.manner.english else taken_for.name

    @Property(int, notify=changed)
    def ahead(self) -> int:
        """People ahead when it was taken; −1 when not known."""
        return -1 if self._shown is None or self._shown.people_ahead is None else self._shown.people_ahead

    @Property(str, notify=changed)
    def wait(self) -> str:
        """How long it would wait, as foretold when it was taken; empty when not known."""
        wait = None if self._shown is None else self._shown.wait
        if wait is None:
            return ""
        return wait_words_en(wait) if self._journey.visit.manner.english else wait_words(wait)

    @Property(bool, notify=changed)
    def ranged(self) -> bool:
        """Whether that is a time, and not that windows rest or that the day may end before."""
        wait = None if self._shown is None else self._shown.wait
        return wait is not None and wait.kind is WaitKind.RANGE

    @Property(str, notify=changed)
    def place(self) -> str:
        """Where in the house."""
        if self._shown is None or self._known.catalog is None:
            return ""
        group = group_of(self._shown, self._known.catalog)
        if group is None:
            return ""
        return group.place_en if self._journey.visit.manner.english and group.place_en else group.place

    @Property(str, notify=changed)
    def windows(self) -> str:
        """Numbers of the windows that may call it."""
        if self._shown is None or self._known.catalog is None:
            return ""
        english = self._journey.visit.manner.english
        return windows_of(self._known.catalog, self._shown.group, dash="–", comma=", " if english else "、")

    @Property(str, notify=changed)
    def time(self) -> str:
        """When it was taken, by the hall's clock."""
        if self._shown is None or self._known.catalog is None:
            return ""
        return f"{local_time(self._shown.issued_at, self._known.catalog.hall.offset_minutes):%H:%M}"

    @Property(bool, notify=changed)
    def offline(self) -> bool:
        """Taken without a server."""
        return self._shown is not None and self._shown.offline

    @Property(str, notify=changed)
    def ticketClass(self) -> str:
        """Its class in the words of `hall.ticket`; empty without a number."""
        return self._shown.ticket_class.value if self._shown else ""

    @Property("QVariantList", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def before(self) -> list[dict[str, str]]:
        """Who came later and was called first: number, why (words of `hall.before`), what it counted from, its slot."""
        if self._shown is None or self._known.catalog is None:
            return []
        offset = self._known.catalog.hall.offset_minutes
        return [
            {
                "number": each.number,
                "why": each.why.value,
                "time": f"{local_time(each.counts_from, offset):%H:%M}",
                "slot": "" if each.slot_at is None else f"{local_time(each.slot_at, offset):%H:%M}",
            }
            for each in self._shown.before
        ]

    @Property(bool, notify=changed)
    def tracked(self) -> bool:
        """Whether a phone that scans the code finds a page."""
        catalog = self._known.catalog
        return catalog is not None and bool(catalog.hall.public_url) and not self.offline

    @Property(bool, notify=changed)
    def onWifi(self) -> bool:
        """Whether that page opens on the hall's own Wi-Fi only."""
        catalog = self._known.catalog
        return catalog is not None and opens_in_the_hall_only(catalog.hall.public_url)

    @Property("QStringList", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def codeRows(self) -> list[str]:
        """The QR code of the slip, row by row."""
        return list(qr_rows(self._shown.code)) if self._shown else []
