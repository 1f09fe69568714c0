"""Everything a desk's screen depends on, in one value."""

from dataclasses import dataclass
from enum import StrEnum

from hall.catalog import Catalog, Service, ServiceGroup
from hall.projection import shown_state
from hall.window import WindowState
from hall.wire.replies import Reply
from hall.wire.views import Desk, DeskTicket

HALL_OFFSET_MINUTES = 480
"""The hall's clock against UTC until its catalogue says otherwise."""


class Act(StrEnum):
    """What a clerk can do. Each has its own key, so that pressing one twice never does the next."""

    CALL_NEXT = "call_next"
    START = "start"
    START_WITHOUT_TICKET = "start_without_ticket"  # 无号办理
    NEXT_SERVICE = "next_service"  # 再办一件
    FINISH = "finish"
    RECALL = "recall"
    MISS = "miss"
    TRANSFER = "transfer"
    HOLD = "hold"
    PAUSE = "pause"
    RESUME = "resume"
    AUTO_CALL_ON = "auto_call_on"  # 自动叫号
    AUTO_CALL_OFF = "auto_call_off"
    UNDO = "undo"
    PUT_BACK = "put_back"
    CALL_TICKET = "call_ticket"  # a chosen one, out of order
    ADOPT = "adopt"
    DECLARE_FAULT = "declare_fault"  # 系统故障
    END_FAULT = "end_fault"
    SIGN_OUT = "sign_out"


class Listing(StrEnum):
    """A list of the desk."""

    WAITING = "waiting"
    MISSED = "missed"
    HELD = "held"
    UNCERTAIN = "uncertain"


class Connection(StrEnum):
    """How the way to the server stands."""

    CONNECTING = "connecting"
    ONLINE = "online"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the clerk's last act ended: the server's reply, or `trouble` in words when no reply came.

    Without the server an act that can be kept is: `kept` is its number, and the server hears of it afterwards.
    """

    act: Act
    reply: Reply | None = None
    trouble: str = ""
    kept: str = ""

    @property
    def done(self) -> bool:
        """Whether the act was carried out."""
        return self.reply is not None and self.reply.done


@dataclass(frozen=True, slots=True)
class Situation:
    """What the desk knows at one instant.

    `now_us` is the server's clock as well as it is known here. `pending` is the act on its way to the server.
    `settling` is true for the blink of an eye after an act, so that a double click does not carry out two acts.
    `kept` are the numbers of calls ended by hand that the server has not heard of yet.
    """

    now_us: int
    desk: Desk | None = None
    connection: Connection = Connection.CONNECTING
    catalog: Catalog | None = None
    pending: Act | None = None
    settling: bool = False
    outcome: Outcome | None = None
    kept: frozenset[str] = frozenset()

    @property
    def active(self) -> DeskTicket | None:
        """The citizen called to or served at this window."""
        active = self.desk.active if self.desk else None
        return None if active and active.number in self.kept else active

    @property
    def online(self) -> bool:
        """Whether the server can be asked."""
        return self.connection is Connection.ONLINE

    @property
    def state(self) -> WindowState:
        """What the state band says."""
        if self.desk is None:
            return WindowState.CLOSED
        return shown_state(self.desk.window, self.active.ticket if self.active else None)

    @property
    def paused(self) -> bool:
        """Whether no further citizen may be called; true also while the one here is still being served."""
        return self.desk is not None and self.desk.window.state is WindowState.PAUSED

    @property
    def offset_minutes(self) -> int:
        """The hall's clock against UTC."""
        return self.catalog.hall.offset_minutes if self.catalog else HALL_OFFSET_MINUTES

    @property
    def auto_call(self) -> bool:
        """Whether the window calls by itself."""
        return self.desk is not None and self.desk.window.auto_call

    @property
    def auto_call_seconds(self) -> int:
        """How long after its last act this window may call by itself, 0 if it may not."""
        return self.catalog.auto_call_seconds(self.desk.window.number) if self.catalog and self.desk else 0

    @property
    def down(self) -> tuple[ServiceGroup, ...]:
        """What this window serves and cannot just now, 系统故障."""
        groups = self.catalog.groups if self.catalog else ()
        return tuple(group for group in groups if self.desk and group.id in self.desk.faults)

    @property
    def up(self) -> tuple[ServiceGroup, ...]:
        """What this window serves and can."""
        served = {service.group for service in self.services}
        groups = self.catalog.groups if self.catalog else ()
        return tuple(group for group in groups if group.id in served)

    @property
    def services(self) -> tuple[Service, ...]:
        """What this window can serve now, in the order of the catalogue; nothing without one."""
        windows = self.catalog.windows if self.catalog else ()
        here = next((each for each in windows if self.desk and each.number == self.desk.window.number), None)
        if here is None or self.catalog is None:
            return ()
        down = {group.id for group in self.down}
        may = (each for each in self.catalog.services if here.penalty_us(each.group) is not None)
        return tuple(each for each in may if each.group not in down)

    def service(self, service_id: str) -> Service | None:
        """A service of the catalogue, None without one or where the catalogue is older than the ticket."""
        services = self.catalog.services if self.catalog else ()
        return next((service for service in services if service.id == service_id), None)

    def group(self, group_id: str) -> ServiceGroup | None:
        """A group of the catalogue, None as for `service`."""
        groups = self.catalog.groups if self.catalog else ()
        return next((group for group in groups if group.id == group_id), None)
