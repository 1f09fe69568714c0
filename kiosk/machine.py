"""Everything of a kiosk but its screen: ledger, issuing, printing, devices and the way to the server, wired together.

Threads: one per device, the working and the printing thread, the sync's own. Whatever they have to say to the visit
goes through one callable, `tell`.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from random import Random

from devices.config import DevicesConfig
from devices.device import Device
from devices.health import Health, HealthState
from devices.id_card import CardEvent, CardLifted, CardRead, CardUnreadable
from devices.printer import Printer, Trouble
from devices.registry import build_id_card, build_printer, build_scanner
from devices.scanner import Mrz, Scan
from devices.supervisor import Supervisor
from hall.booking import booking_number
from hall.errors import CodeError
from hall.facts import HealthChanged
from hall.identity import IdentityDocument
from hall.slip_code import unseal
from hall.wire.views import Waits
from kiosk.appointments import Appointments
from kiosk.config import Setup
from kiosk.doubts import doubtful, half_printed
from kiosk.issuing import Issuing
from kiosk.journey import events as ev
from kiosk.journey.effects import FindAppointment
from kiosk.journey.visit import Paper
from kiosk.knowledge import Knowledge
from kiosk.metrics import Metrics, mono_us
from kiosk.notices import notices
from kiosk.printing import Printing
from kiosk.working import Working
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.find import Finder
from queue_server.link.ledger import Ledger, set_aside
from queue_server.link.sync import LinkState, Sync

_log = logging.getLogger("onewindow.kiosk.machine")
_USABLE = (HealthState.ONLINE, HealthState.ATTENTION)


class Machine:
    """One kiosk without a screen.

    Args:
        setup: Checked settings.
        metrics: Takes durations.
        tell: Takes the events of the visit, from any thread.
        on_figures: Called from any thread when what is known of the hall has changed.

    Raises:
        LedgerError: If the data folder cannot be used; nothing has been started then.
    """

    def __init__(
        self,
        setup: Setup,
        metrics: Metrics,
        tell: Callable[[ev.Event], None],
        on_figures: Callable[[], None] = lambda: None,
    ) -> None:
        kiosk = setup.kiosk
        self._setup = setup
        self._tell = tell
        self._on_figures = on_figures
        clock = SystemClock()
        self.ledger = Ledger.open(Path(kiosk.data), kiosk.name, new_id)
        self._asides = set_aside(Path(kiosk.data))
        self.knowledge = Knowledge(self.ledger, clock)
        self.issuing = Issuing(
            self.ledger,
            setup.hall_key,
            clock,
            new_id,
            lambda: self.knowledge.online,
            lambda group, priority: self.knowledge.wait(group, priority=priority),
        )
        self.appointments = Appointments(self.ledger, self.issuing, setup.hall_key, clock)
        self._clock = clock
        devices, printer = self._build(setup.devices)
        self.printing = Printing(self.ledger, printer, clock, kiosk.number, self._on_paper, metrics)
        self.working = Working(
            self.ledger,
            self.issuing,
            self.printing,
            self.knowledge,
            self.appointments,
            clock,
            device=kiosk.name,
            number=kiosk.number,
            tell=tell,
            metrics=metrics,
            asides=self._asides,
        )
        self._supervisor = Supervisor(devices, self._on_health, random=Random())
        self._sync = Sync(
            self.ledger,
            Finder(kiosk.server),
            setup.hall_key,
            clock,
            on_state=self._on_link,
            on_change=self._on_change,
            on_waits=self._on_waits,
        )
        self.card_at = 0

    def start(self) -> None:
        """Bring everything to life; returns at once."""
        devices = self._setup.devices
        self.knowledge.refresh()
        to_say = notices(
            put_back=self.knowledge.put_back,
            asides=self._asides,
            unmarked=self.ledger.unmarked,
            refused=self.ledger.state.refused,
            enrolled=self.knowledge.enrolled,
        )
        for problem, advice in to_say:
            _log.warning("kiosk.data %s。%s", problem, advice)
        self._tell(
            ev.AroundChanged(
                configured=self.knowledge.enrolled,
                copied=self.knowledge.copied,
                online=False,
                unsent=self.ledger.unsent_count(),
                reader=devices.id_card is not None,
                printer=devices.printer is not None,
            )
        )
        if self.knowledge.enrolled:
            self._tell(ev.Unsettled(doubtful(self.ledger, self._clock)))
        self.printing.start()
        self.working.start()
        self.working.look_at_itself()
        self._supervisor.start()
        self._sync.start()

    def stop(self) -> None:
        """End every thread and let the ledger go; what is unsent or unprinted stays in it."""
        self._supervisor.stop()
        self.working.stop()
        self.printing.stop()
        self._sync.stop()
        self.ledger.close()

    def _build(self, config: DevicesConfig) -> tuple[list[Device], Printer | None]:
        devices: list[Device] = []
        if config.id_card:
            devices.append(build_id_card(config.id_card, self._on_card))
        if config.scanner:
            devices.append(build_scanner(config.scanner, self._on_scan, self._on_passport))
        if config.printer:
            printer = build_printer(config.printer)
            if half_printed(self.ledger, self._clock):
                printer.distrust()
            return [*devices, printer], printer
        return devices, None

    # On the devices' threads

    def _on_card(self, event: CardEvent) -> None:
        match event:
            case CardRead(document=document):
                self.card_at = mono_us()
                self._tell(ev.CardRead(document, self._entitled(document), self.appointments.of_document(document)))
            case CardUnreadable():
                self._tell(ev.CardUnreadable())
            case CardLifted():
                self._tell(ev.CardLifted())

    def _on_passport(self, zone: Mrz) -> None:
        document = zone.document()
        self._tell(ev.PassportRead(document, self._entitled(document), self.appointments.of_document(document)))

    def _entitled(self, document: IdentityDocument) -> bool:
        """Whether the age on the document gives priority by the hall's rule."""
        age = document.age_on(self.knowledge.local().date())
        catalog = self.knowledge.catalog
        return age is not None and catalog is not None and age >= catalog.hall.priority_age

    def _on_scan(self, scan: Scan) -> None:
        catalog = self.knowledge.catalog
        if catalog is None:
            return
        if catalog.takes_appointments and booking_number(scan.text) is not None:
            self.working.perform(FindAppointment(scan.text))
            return
        try:
            code = unseal(scan.text, catalog.hall.id, self._setup.hall_key)
        except CodeError:
            self._tell(ev.OtherScanned())
            return
        issued = self.issuing.find(code.ticket)
        back = None if issued else self.issuing.returning(code.ticket)
        if issued:
            self._tell(ev.SlipScanned(issued))
        elif back:
            self._tell(ev.PapersBrought(back.ticket, back.service, back.group, self.knowledge.refusal(back.group)))
        else:
            self._tell(ev.OtherScanned())

    def _on_health(self, health: Health) -> None:
        devices = self._setup.devices
        usable = health.state in _USABLE
        if devices.id_card and health.device == devices.id_card.name:
            self._tell(ev.AroundChanged(reader=usable))
        if devices.scanner and devices.scanner.documents and health.device == devices.scanner.name:
            self._tell(ev.AroundChanged(passports=health.state is HealthState.ONLINE))
        if devices.printer and health.device == devices.printer.name:
            self._tell(ev.AroundChanged(printer=prints(health)))
        self.working.report(
            HealthChanged(
                device=self._setup.kiosk.name,
                part=health.device,
                state=health.state.value,
                problem=problem_words(health),
                advice=health.advice,
                paper=health.paper,
            )
        )

    # On the printing thread and the sync's

    def _on_paper(self, ticket: str, paper: Paper) -> None:
        self._tell(ev.PaperChanged(ticket, paper))

    def _on_link(self, state: LinkState) -> None:
        came = state.online and not self.knowledge.online
        self.knowledge.set_online(state.online)
        if came:
            self.working.catch_up()
            self._on_change()
        self._tell(ev.AroundChanged(online=state.online, unsent=state.unsent, refused=state.refused))
        if 0 < self.working.help_seq <= self.ledger.state.acked:
            self._tell(ev.HelpSent())

    def _on_waits(self, waits: Waits) -> None:
        self.knowledge.set_waits(waits)
        self._on_figures()

    def _on_change(self) -> None:
        self.knowledge.refresh()
        self._tell(ev.AroundChanged(configured=self.knowledge.enrolled, copied=self.knowledge.copied))
        self.working.look_at_itself()
        self._on_figures()


def prints(health: Health) -> bool:
    """Whether a slip sent now would come out; if not, the number is given without paper 无纸取号."""
    return health.state is HealthState.ONLINE or health.problem == Trouble.NEAR_END


def problem_words(health: Health) -> str:
    """What the manager reads; the stable code stays in the log."""
    if health.state is HealthState.ONLINE:
        return ""
    if health.problem in set(Trouble):
        return Trouble(health.problem).words
    return health.trouble or health.state_words
