"""What all parts have in common, and how one is put in place of what stands in a catalogue."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from hall.catalog import Catalog, Service, ServiceGroup
from hall.opening import DAYS
from hall.window import Window
from hall.words import Word

Fields = Mapping[str, Any]
"""Other values for some fields of a model."""
_UNSEEN = ("Cc", "Cf", "Zl", "Zp")  # Unicode categories: controls, formats, ends of lines
WEEKDAYS = dict(zip(DAYS, "一二三四五六日", strict=True))


class Part(Word):
    """One part of a catalogue.

    Each tells how it stands in a catalogue (`as_in`; KeyError if that has no such thing), puts itself in place of what
    stands there (`within`), and says in words why it does not fit (`troubles`).
    """

    @property
    def key(self) -> str:
        """Tells it from all others; the same before and after."""
        return str(getattr(self, "part"))  # noqa: B009 - every part has one, with a value of its own


def rearranged(
    catalog: Catalog,
    *,
    hall: Fields | None = None,
    groups: Mapping[str, Fields] | None = None,
    all_groups: Iterable[ServiceGroup] | None = None,
    services: Iterable[Service] | None = None,
    windows: Iterable[Window] | None = None,
) -> Catalog:
    """A catalogue with other values for these fields; a window plan in force stays so, if there still is one."""
    usual = catalog.under("")
    made = Catalog(
        hall=usual.hall.model_copy(update=hall or {}),
        groups=tuple(
            group.model_copy(update=(groups or {}).get(group.id, {}))
            for group in (usual.groups if all_groups is None else all_groups)
        ),
        services=usual.services if services is None else tuple(services),
        windows=usual.windows if windows is None else tuple(windows),
    )
    return made.under(catalog.plan if catalog.plan in made.plans else "")


def gaps(before: Catalog, after: Catalog) -> Iterator[str]:
    """What a change would leave without what it needs, in words; not what was so before."""
    known = set(_gaps(before))
    yield from (words for words in _gaps(after) if words not in known)


def _gaps(catalog: Catalog) -> Iterator[str]:
    filled = {service.group for service in catalog.services}
    for group in catalog.groups:
        if group.id not in filled:
            yield f"{group.name}就没有事项了，请留一项；整类不办请用「停办」"
    for plan in ("", *catalog.plans):
        windows = catalog.under(plan).windows
        for group in catalog.groups:
            if not group.suspended and all(window.penalty_us(group.id) is None for window in windows):
                during = f"潮汐方案「{plan}」时" if plan else ""
                yield f"{during}没有窗口办理{group.name}，请留一个窗口；整类不办请先「停办」"
    numbers = {window.number for window in catalog.windows}
    for zone in catalog.hall.zones:
        for number in zone.windows:
            if number not in numbers:
                yield f"叫号屏区域「{zone.name}」里还有 {number} 号窗口，请先改那里"


def unreadable(*names: str) -> Iterator[str]:
    """That there is nothing to read in a name, or something that nobody sees: a control, a turn of the line."""
    for name in names:
        if not name.strip() or any(unicodedata.category(letter) in _UNSEEN for letter in name):
            yield "名称里要有字，不要有看不见的符号，请重写一遍"


def in_chinese(day: date) -> str:
    """`2 月 6 日`, with the year, which a list of holidays needs."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"
