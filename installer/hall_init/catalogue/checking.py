"""Rules between the blocks of a catalogue: what one block says must fit what the others say.

The rules read what was written, not the finished models, so that a slip inside one block hides no mistake elsewhere.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator

from pydantic import ValidationError

from hall.arrangements import GroupPart
from hall.arrangements.places import MOST_EXAMPLE_LETTERS
from hall.head_start import USUAL_CAP, HeadStart, misfits
from installer.hall_init.catalogue.problems import Mistake, did_you_mean, field, plain, shown
from installer.hall_init.catalogue.reading import Block, Kind, Reading

NECESSITIES = ("必要", "非必要", "容缺")
_TOO_MUCH = ("string_too_long", "too_long", "less_than_equal")  # whatever else is wrong the group's own model tells


def check(reading: Reading) -> Iterator[Mistake]:
    """Every mistake that no block shows by itself."""
    halls, groups, services, windows = (reading.blocks[kind] for kind in Kind)
    yield from _twice(groups, "id", _as_written)
    yield from _twice(groups, "prefix", _as_written)
    yield from _twice(groups, "name", _same_name)
    yield from _twice(services, "id", _as_written)
    yield from _twice(services, "name", _same_name)
    yield from _twice(services, "code", _as_written)
    yield from _twice(windows, "number", _as_written)
    for block in (*halls, *groups, *services, *windows):
        yield from _unprintable(block)
    for block in halls:
        yield from _never_open(block)
        yield from _head_starts(block)
    for block in groups:
        yield from _long_examples(block)
        yield from _more_than_a_page_holds(block)
    for block in services:
        yield from _slower_than_law(block)
        yield from _necessities(block)
    if not reading.torn & {Kind.GROUP, Kind.WINDOW}:
        yield from _plans(groups, windows)
        for block in halls:
            yield from _zones(block, groups, windows)
    if Kind.GROUP not in reading.torn:
        yield from _unknown_groups(groups, services, windows)
    if Kind.SERVICE not in reading.torn:
        filled = {group for block in services if isinstance(group := block.data.get("group"), str)}
        yield from _left_alone(groups, filled, "没有事项，请在 services 里加上事项")
    if Kind.WINDOW not in reading.torn:
        served = {group for block in windows for group, _ in _groups_of(block)}
        yield from _left_alone(groups, served, "没有窗口办理，请在 windows.toml 里安排窗口")


def _as_written(value: object) -> object:
    return value if isinstance(value, (str, int)) and value != "" else None


def _same_name(value: object) -> object:
    """A name without spaces, punctuation, width and case, so that （含预告） and (含预告) are the same."""
    if not isinstance(value, str):
        return None
    return "".join(letter for letter in unicodedata.normalize("NFKC", value).casefold() if letter.isalnum()) or None


def _twice(blocks: Iterable[Block], key: str, sameness: Callable[[object], object]) -> Iterator[Mistake]:
    first: dict[object, Block] = {}
    for block in blocks:
        same = sameness(block.data.get(key))
        if same is None:
            continue
        earlier = first.setdefault(same, block)
        if earlier is not block:
            where = f"{earlier.file} 第 {earlier.line(key)} 行"
            yield block.mistake(f"{field(key)} {shown(block.data[key])} 与 {where}重复，请改成不同的", key)


def _unprintable(block: Block) -> Iterator[Mistake]:
    """Texts of blanks only, and control characters, which a printer or a screen would obey."""
    waiting: list[tuple[tuple[str | int, ...], object]] = [((), block.data)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [((*place, key), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            waiting += [((*place, index), inner) for index, inner in enumerate(value)]
        elif isinstance(value, str) and value and not value.strip():
            yield block.mistake("只有空格，请填写内容或删去这一项", *place)
        elif isinstance(value, str) and any(unicodedata.category(one) == "Cc" and one != "\n" for one in value):
            yield block.mistake("文字里有看不见的控制字符，请删去后重新输入", *place)


def _never_open(block: Block) -> Iterator[Mistake]:
    hours = block.data.get("hours")
    if isinstance(hours, dict) and not any(hours.values()):
        yield block.mistake("一周没有一天开门，请至少写一天的时段", "hours")


def _head_starts(hall: Block) -> Iterator[Mistake]:
    """The rows against each other, once each of them is one; what is wrong inside a row is told elsewhere."""
    written, cap = hall.data.get("head_starts"), hall.data.get("head_start_cap", USUAL_CAP)
    if not isinstance(written, list) or not isinstance(cap, int):
        return
    try:
        rows = [HeadStart.model_validate(row) for row in written]
    except ValidationError:
        return
    for misfit in misfits(rows, cap):
        inside = () if misfit.row is None else (misfit.row, misfit.field)
        yield hall.mistake(misfit.words, "head_starts", *inside)


def _long_examples(block: Block) -> Iterator[Mistake]:
    examples = block.data.get("examples")
    for index, example in enumerate(examples if isinstance(examples, list) else []):
        if isinstance(example, str) and len(example) > MOST_EXAMPLE_LETTERS:
            what = f"举例 {shown(example)} 超过 {MOST_EXAMPLE_LETTERS} 个字，首页放不下，请改短"
            yield block.mistake(what, "examples", index)


def _more_than_a_page_holds(group: Block) -> Iterator[Mistake]:
    """Words and figures of a group that its page of 设置 could not show: then none of those pages would open."""
    own = {name: group.data[name] for name in GroupPart.model_fields if name in group.data}
    try:
        GroupPart.model_validate({"name": "-", "name_en": "-"} | own | {"part": "group", "group": "any"})
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_input=False):
            if detail["type"] in _TOO_MUCH:
                yield group.mistake(plain(detail, GroupPart), *detail["loc"])


def _slower_than_law(block: Block) -> Iterator[Mistake]:
    guide = block.data.get("guide")
    if not isinstance(guide, dict):
        return
    legal, promised = guide.get("legal_days"), guide.get("promised_days")
    if isinstance(legal, int) and isinstance(promised, int) and promised > legal:
        what = f"承诺时限 {promised} 天比法定时限 {legal} 天还长，请核对"
        yield block.mistake(what, "guide", "promised_days")


def _necessities(service: Block) -> Iterator[Mistake]:
    guide = service.data.get("guide")
    materials = guide.get("materials") if isinstance(guide, dict) else None
    for index, material in enumerate(materials if isinstance(materials, list) else []):
        necessity = material.get("necessity", NECESSITIES[0]) if isinstance(material, dict) else NECESSITIES[0]
        if isinstance(necessity, str) and necessity not in NECESSITIES:
            what = f"必要性 {shown(necessity)} 不对，请写 {'、'.join(NECESSITIES)} 之一"
            yield service.mistake(what, "guide", "materials", index, "necessity")


def _groups_of(window: Block) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    """Each group a window names, with its place in the block."""
    mains, helps = window.data.get("groups"), window.data.get("helps")
    for index, group in enumerate(mains if isinstance(mains, list) else []):
        if isinstance(group, str):
            yield group, ("groups", index)
    for group in helps if isinstance(helps, dict) else ():
        yield group, ("helps", group)


def _unknown_groups(groups: list[Block], services: list[Block], windows: list[Block]) -> Iterator[Mistake]:
    known = [name for block in groups if isinstance(name := block.data.get("id"), str)]
    for service in services:
        group = service.data.get("group")
        if isinstance(group, str) and group not in known:
            yield service.mistake(_unknown(group, known), "group")
    for window in windows:
        seen: set[str] = set()
        for group, place in _groups_of(window):
            if group not in known:
                yield window.mistake(_unknown(group, known), *place)
            elif group in seen:
                yield window.mistake(f"业务类别 {group} 在这个窗口写了两次，请留一个", *place)
            seen.add(group)


def _plans(groups: list[Block], windows: list[Block]) -> Iterator[Mistake]:
    """Window plans name groups that there are, and leave none of them without a window."""
    known = [name for block in groups if isinstance(name := block.data.get("id"), str)]
    first: dict[str, Block] = {}
    for window in windows:
        for name, mains in _plans_of(window):
            first.setdefault(name, window)
            for index, group in enumerate(mains):
                if group not in known:
                    yield window.mistake(_unknown(group, known), "plans", name, index)
    for name, block in first.items():
        served = {group for window in windows for group in dict(_plans_of(window)).get(name) or _mains(window)}
        if alone := [group for group in known if group not in served]:
            what = f"潮汐方案 {shown(name)} 里没有窗口办理 {'、'.join(alone)}，请让一个窗口留着办"
            yield block.mistake(what, "plans", name)


def _zones(hall: Block, groups: list[Block], windows: list[Block]) -> Iterator[Mistake]:
    """Zones name windows and groups that there are, and each zone has an id of its own."""
    written = hall.data.get("zones")
    known = [name for block in groups if isinstance(name := block.data.get("id"), str)]
    numbers = [block.data.get("number") for block in windows]
    seen: set[str] = set()
    for place, zone in enumerate(written if isinstance(written, list) else []):
        if not isinstance(zone, dict):
            continue
        name = str(zone.get("id", ""))
        if name and name in seen:
            yield hall.mistake(f"区域 {shown(name)} 写了两次，请改一个", "zones", place, "id")
        seen.add(name)
        for group in [each for each in _list_of(zone, "groups") if isinstance(each, str) and each not in known]:
            yield hall.mistake(_unknown(group, known), "zones", place, "groups")
        for number in [each for each in _list_of(zone, "windows") if isinstance(each, int) and each not in numbers]:
            what = f"区域 {shown(name)} 里的 {number} 号窗口，windows.toml 里没有"
            yield hall.mistake(what, "zones", place, "windows")


def _list_of(zone: dict[str, object], key: str) -> list[object]:
    value = zone.get(key)
    return value if isinstance(value, list) else []


def _plans_of(window: Block) -> Iterator[tuple[str, list[str]]]:
    plans = window.data.get("plans")
    for name, groups in plans.items() if isinstance(plans, dict) else ():
        if isinstance(groups, list):
            yield name, [group for group in groups if isinstance(group, str)]


def _mains(window: Block) -> list[str]:
    mains = window.data.get("groups")
    return [group for group in mains if isinstance(group, str)] if isinstance(mains, list) else []


def _unknown(group: str, known: list[str]) -> str:
    return f"没有业务类别 {shown(group)}{did_you_mean(group, known) or '，请先写进 groups.toml'}"


def _left_alone(groups: list[Block], used: set[str], what: str) -> Iterator[Mistake]:
    for block in groups:
        group = block.data.get("id")
        if isinstance(group, str) and group not in used:
            yield block.mistake(f"业务类别 {shown(group)} {what}", "id")
