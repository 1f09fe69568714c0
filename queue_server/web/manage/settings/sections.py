"""Which pages 设置 has, and which parts of the catalogue stand on each. Pure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hall.arrangements import (
    Alarms,
    Arrangement,
    BoardLayout,
    GroupHours,
    GroupPart,
    Holidays,
    Loudness,
    NewGroup,
    NewService,
    Notices,
    OpeningHours,
    ServicePart,
    SlipText,
    Targets,
    WindowPart,
    ZonePart,
    parts_of,
)
from hall.catalog import Catalog

Parts = Callable[[Catalog], Iterator[Arrangement]]


@dataclass(frozen=True, slots=True)
class Section:
    """One page: parts that stand on it, and parts (`each`) that are chosen from a list and have a page of their own."""

    name: str
    title: str
    lead: str
    whole: tuple[type[Arrangement], ...] = ()
    each: tuple[type[Arrangement], ...] = ()
    list_title: str = ""

    def parts(self, catalog: Catalog) -> tuple[Arrangement, ...]:
        """What stands on the page itself."""
        return tuple(part for part in parts_of(catalog) if isinstance(part, self.whole))

    def is_about(self, part: Arrangement) -> bool:
        """Whether a change of a part is told here, also of one that is gone since; where no part stands, any."""
        kinds = (*self.whole, *self.each)
        return not kinds or isinstance(part, kinds)

    def listed(self, catalog: Catalog) -> tuple[Arrangement, ...]:
        """What is chosen from its list."""
        return tuple(part for part in parts_of(catalog) if isinstance(part, self.each))


SECTIONS = (
    Section("holidays", "休息日", "节假日和调休上班的日子。", (Holidays,)),
    Section("hours", "办理时间", "全厅一周的时间，不一样的类单独写。", (OpeningHours,), (GroupHours,), "各类的时间"),
    Section("windows", "窗口", "每个窗口主办、协办哪些业务。", each=(WindowPart,), list_title="窗口"),
    Section(
        "groups", "业务类别", "名称、限号、停办，和每一类的事项。", each=(GroupPart, NewGroup), list_title="业务类别"
    ),
    Section(
        "services", "事项", "每一项归哪一类，也就是到哪些窗口办。", each=(ServicePart, NewService), list_title="事项"
    ),
    Section("targets", "目标和警报", "等多久算久，什么事要提醒。", (Targets, Alarms)),
    Section("words", "公告和取号单", "叫号屏、取号机和取号单上说的话。", (Notices, SlipText)),
    Section(
        "screens",
        "屏和声音",
        "电视打开 /board 是全厅，/board/window/3 是 3 号窗口。",
        (BoardLayout, Loudness),
        (ZonePart,),
        "区域",
    ),
    Section("accounts", "人员", "谁能登录、能做什么。自己的工号请别人来改。"),
    Section("history", "修改记录", "谁在什么时候改了什么，每一处都能退回。"),
)


def section_of(name: str) -> Section:
    """The page of that name; the first one for a name that is none."""
    return next((section for section in SECTIONS if section.name == name), SECTIONS[0])
