"""What screens show, composed by the server: desk of a window, board of a hall. Boards never carry a name."""

from hall.projection import WindowStatus
from hall.ticket import Ticket
from hall.words import Micros, Word


class DeskTicket(Word):
    """A ticket as a clerk sees it."""

    ticket: Ticket
    number: str
    service_name: str
    group_name: str
    masked_name: str = ""
    issuer: str = ""
    penalty_minutes: int = 0


class Desk(Word):
    """Everything one window's screen needs. `queue` is in calling order for this window, `active` the citizen here."""

    at: Micros
    seq: int
    window: WindowStatus
    shown_state: str
    active: DeskTicket | None
    to_rate: DeskTicket | None  # the service just finished here and not rated yet
    undo_until: Micros  # 0 when nothing can be undone
    queue: tuple[DeskTicket, ...]
    missed: tuple[DeskTicket, ...]
    held: tuple[DeskTicket, ...]
    hall_waiting: int
    longest_wait_us: int
    windows_serving: int
    windows_open: int
    served_today: int


class BoardCall(Word):
    """A number at a window; `voice` is the address of the WAV that says it."""

    number: str
    window: int
    window_name: str
    call_no: int
    at: Micros
    state: str
    mark: str = ""  # 预 or 优
    voice: str = ""
    seq: int


class BoardNext(Word):
    """A number that should get ready, and the place to wait near."""

    number: str
    group_name: str
    place: str = ""


class BoardGroup(Word):
    """Waiting of one group."""

    name: str
    name_en: str
    prefix: str
    waiting: int


class Board(Word):
    """What the public board shows. `calls` newest first."""

    at: Micros
    seq: int
    hall: str
    hall_en: str
    notice: str
    calls: tuple[BoardCall, ...]
    ready: tuple[BoardNext, ...]
    missed: tuple[str, ...]
    groups: tuple[BoardGroup, ...]


class GroupNow(Word):
    """A group as the manager sees it now."""

    group: str
    name: str
    prefix: str
    waiting: int
    longest_wait_us: int
    windows_open: int
    issued: int
    finished: int
    missed: int
    cancelled: int
    mean_wait_us: int | None


class WindowNow(Word):
    """A window as the manager sees it now."""

    status: WindowStatus
    name: str
    shown_state: str
    number: str
    since: Micros


class DeviceNow(Word):
    """A part of a kiosk or window as it last reported; `seen` is when it last worked, None if it never did."""

    device: str
    part: str
    state: str
    problem: str
    advice: str
    since: Micros
    seen: Micros | None = None
    paper: str = ""


class HallNow(Word):
    """The manager's page."""

    at: Micros
    seq: int
    hall: str
    groups: tuple[GroupNow, ...]
    windows: tuple[WindowNow, ...]
    devices: tuple[DeviceNow, ...]
    ratings: dict[str, int]
    journal_ok: bool = True


class RatingPage(Word):
    """All that a rating session sees: what was just finished at its window and is not rated yet."""

    window: int
    ticket: str | None = None
    number: str = ""
    service_name: str = ""


class JournalCheck(Word):
    """Whether the journal holds together and the tables say what it says."""

    entries: int
    chain_ok: bool
    tables_agree: bool
    differences: tuple[str, ...]
