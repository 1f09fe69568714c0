"""Changes in words: who, when, what stood before and after, and what it meant for those who waited. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from hall.arrangements import Waiting
from hall.catalog import Catalog
from hall.opening import local_time
from hall.wire.arrangements import ChangeTold
from queue_server.operations.views.changes import Touched
from queue_server.web.manage.settings.forms import differences, title_of

WAITING = {Waiting.SERVE: "当时在等的人照常办完", Waiting.END: "当时在等的号作废，凭取号单改天优先"}
_GONE = "（已经没有了）"


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change as a line of the list."""

    seq: int
    when: str
    staff: str
    title: str
    differences: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...]


def line_of(change: ChangeTold, catalog: Catalog) -> ChangeLine:
    """A change as it is told."""
    notes = [] if change.waiting is None else [WAITING[change.waiting]]
    notes += reverted(change.reverts)
    try:
        title, told = title_of(change.after, catalog), differences(change.before, change.after, catalog)
    except KeyError:  # the group or window that it was about is gone
        title, told = _GONE, ()
    when = local_time(change.at, catalog.hall.offset_minutes)
    return ChangeLine(change.seq, f"{when:%Y-%m-%d %H:%M}", change.staff, title, told, tuple(notes))


def reverted(seq: int | None) -> list[str]:
    """Which change was taken back, if one was."""
    return [] if seq is None else [f"退回了第 {seq} 号修改"]


def people_words(touched: Touched, catalog: Catalog) -> str:
    """How many wait in which group, as `甲类 3 人、乙类 1 人`."""
    names: Mapping[str, str] = {group.id: group.name for group in catalog.groups}
    return "、".join(f"{names.get(group, group)} {count} 人" for group, count in touched.waiting.items())


def booking_words(touched: Touched) -> str:
    """What becomes of appointments, empty if of none."""
    if not touched.bookings:
        return ""
    return f"会取消 {touched.bookings} 个已经约好的预约，算大厅停办，平台和取号机都会告诉本人。"
