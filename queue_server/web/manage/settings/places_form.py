"""Windows, groups and services as forms. Pure."""

from hall.arrangements import GroupPart, ServicePart, WindowPart
from hall.arrangements.places import MOST_NAME_LETTERS
from hall.catalog import Catalog, ServiceGroup
from hall.window import LEAST_AUTO_CALL, Window
from queue_server.web.manage.settings.fields import Field, Kind, Reading, figure

_MAIN, _HELP = "main", "help"
_WAYS = (("", "不办"), (_MAIN, "主办"), (_HELP, "协办"))
_AUTO = "空闲这么多秒后自己叫下一位，0 是不许"
_LATE = "别的窗口落后这么多才来帮"
_SUSPENDED = (("", "正常放号"), ("1", "停办，不放号也不接受预约"))


def window_title(part: WindowPart, _: Catalog) -> str:
    """`7 号窗口`."""
    return f"{part.number} 号窗口" + ("" if part.window else "（新的）")


def window_summary(part: WindowPart, catalog: Catalog) -> str:
    """Its name and its main groups."""
    names = {group.id: group.name for group in catalog.groups}
    if part.window is None:
        return ""
    groups = [names.get(group, group) for group in part.window.groups]
    told = "、".join(groups) if len(groups) < len(names) else "全部业务"
    return told if told == part.window.name else f"{part.window.name}：{told}"


def window_fields(part: WindowPart, catalog: Catalog) -> tuple[Field, ...]:
    """Its name and place, and for each group whether it serves it, helps, or neither; empty for one to be made."""
    window = part.window
    auto = None if window is None else window.auto_call_seconds
    return (
        Field("name", "名称", window.name if window else "", longest=MOST_NAME_LETTERS),
        Field("name_en", "英文名称", window.name_en if window else "", longest=60),
        Field("place", "位置", window.place if window else "", longest=40),
        Field("auto", "自动叫号", figure(auto), Kind.NUMBER, "秒", _AUTO, empty="和全厅一样"),
        *(field for group in catalog.groups for field in _ways(window, group)),
    )


def _ways(window: Window | None, group: ServiceGroup) -> tuple[Field, Field]:
    """How a window stands to a group, and after how many minutes it helps."""
    way = "" if window is None else _MAIN if group.id in window.groups else _HELP if group.id in window.helps else ""
    late = figure(window.helps.get(group.id)) if window else ""
    return (
        Field(f"way:{group.id}", group.name, way, Kind.CHOICE, choices=_WAYS),
        Field(
            f"late:{group.id}", f"协办{group.name}", late, Kind.NUMBER, "分钟", _LATE, only=f"way:{group.id}={_HELP}"
        ),
    )


def window_read(part: WindowPart, reading: Reading) -> WindowPart:
    """And back; what the form does not show, the window's plans, stays."""
    before = () if part.window is None else (*part.window.groups, *part.window.helps)
    all_groups = [key.removeprefix("way:") for key in reading.keys("way:")]
    groups = [*before, *(group for group in all_groups if group not in before)]  # the first is what its door says
    mains = tuple(group for group in groups if reading.text(f"way:{group}") == _MAIN)
    helping = [group for group in groups if reading.text(f"way:{group}") == _HELP]
    if not mains:
        reading.wrong.append("请至少选一类主办的业务")
    auto = reading.number("auto", 0, 300)
    if auto is not None and 0 < auto < LEAST_AUTO_CALL:
        reading.wrong.append(f"自动叫号：至少 {LEAST_AUTO_CALL} 秒（撤销要这么久），不许就写 0")
    made = {
        "name": reading.needed("name"),
        "name_en": reading.text("name_en"),
        "place": reading.text("place"),
        "groups": mains,
        "helps": {group: reading.minutes(f"late:{group}", 240) for group in helping},
        "auto_call_seconds": auto,
    }
    if reading.wrong:
        return part
    window = part.window or Window(number=part.number, name=made["name"], groups=mains)
    return WindowPart(number=part.number, window=window.model_copy(update=made))


def group_title(part: GroupPart, _: Catalog) -> str:
    """Its name."""
    return part.name


def group_summary(part: GroupPart, catalog: Catalog) -> str:
    """Letter and place, and that it is suspended."""
    letter = f"{catalog.group(part.group).prefix} 字头"
    return "，".join(filter(None, ("停办中" if part.suspended else "", letter, part.place)))


def group_fields(part: GroupPart, _: Catalog) -> tuple[Field, ...]:
    """All of it."""
    return (
        Field("suspended", "停办", "1" if part.suspended else "", Kind.CHOICE, choices=_SUSPENDED),
        Field("name", "名称", part.name, longest=MOST_NAME_LETTERS),
        Field("name_en", "英文名称", part.name_en, longest=60),
        Field("place", "位置", part.place, longest=40),
        Field("place_en", "英文位置", part.place_en, longest=60),
        Field("examples", "举例", " ".join(part.examples), hint="首页小字，每个不超过 6 个字，用空格分开"),
        Field("usual", "通常用时", figure(part.usual_minutes), Kind.NUMBER, "分钟"),
        Field("limit", "每日限号", figure(part.daily_limit), Kind.NUMBER, "个", empty="不限"),
        Field(
            "warning", "预警值", figure(part.warning_at), Kind.NUMBER, "个", "当天放到这么多号时提醒", empty="不提醒"
        ),
    )


def group_read(part: GroupPart, reading: Reading) -> GroupPart:
    """And back."""
    made = {
        "name": reading.needed("name"),
        "name_en": reading.needed("name_en"),
        "place": reading.text("place"),
        "place_en": reading.text("place_en"),
        "examples": tuple(reading.text("examples").replace("、", " ").replace("，", " ").split())[:8],
        "usual_minutes": reading.minutes("usual", 240),
        "daily_limit": reading.number("limit", 1, 99_999),
        "warning_at": reading.number("warning", 1, 99_999),
        "suspended": bool(reading.text("suspended")),
    }
    return part.model_copy(update=made)


def service_title(part: ServicePart, catalog: Catalog) -> str:
    """Its name."""
    return catalog.service(part.service).name


def service_summary(part: ServicePart, catalog: Catalog) -> str:
    """Its group."""
    return catalog.group(part.group).name


def service_fields(part: ServicePart, catalog: Catalog) -> tuple[Field, ...]:
    """Which group it is in, and how long it takes."""
    groups = tuple((group.id, group.name) for group in catalog.groups)
    return (
        Field("group", "业务类别", part.group, Kind.CHOICE, hint="换了类别，就到那一类的窗口去办", choices=groups),
        Field("usual", "通常用时", figure(part.usual_minutes), Kind.NUMBER, "分钟", empty="和这一类一样"),
    )


def service_read(part: ServicePart, reading: Reading) -> ServicePart:
    """And back."""
    usual = reading.minutes("usual", 240) if reading.text("usual") else None
    return ServicePart(service=part.service, group=reading.text("group"), usual_minutes=usual)
