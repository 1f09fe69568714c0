"""A group or a service that the hall does not have yet, as a form. Pure."""

from string import ascii_uppercase

from hall.arrangements import MadeGroup, NewGroup, NewService
from hall.arrangements.new_places import MOST_SERVICE_LETTERS
from hall.arrangements.places import MOST_NAME_LETTERS
from hall.catalog import Catalog, Service, ServiceGroup
from queue_server.web.manage.settings.fields import Field, Kind, Reading, figure

ICONS = {
    "umbrella": "雨伞", "heart_plus": "爱心", "id_card": "证件", "house_key": "房屋", "receipt_yen": "票据",
    "building": "楼房", "rings": "对戒", "social_card": "社保卡", "medical_case": "药箱", "elder": "老人",
    "people": "人群", "graduation": "学位帽", "helmet": "安全帽", "briefcase": "公文包", "car": "汽车",
    "passport": "护照", "certificate": "证书", "coin": "钱币", "food": "餐食", "leaf": "树叶", "scales": "天平",
    "file": "文件", "star": "五角星", "grid_plus": "方格",
}  # fmt: skip
"""Pictures of themes/icons that stand well on a tile of the kiosk."""
_ALIASES = "群众怎么叫它，用空格分开；在取号机上打这些名称的首字母也找得到"
_ALIKE = "IO"
"""Offered last: on a slip they look like the digits beside them."""
_LIKE_DIGITS, _NO_LETTER = "I 和 O 像数字，别的字母用完了再用", "26 个字母都有人用了，加不了新的一类；请在「事项」里加"
_FIRST = "每一类至少有一项；别的保存以后在「事项」里加"


def group_title(part: NewGroup, _: Catalog) -> str:
    """Its name."""
    return "新的业务类别" if part.made is None else part.made.group.name


def group_fields(part: NewGroup, catalog: Catalog) -> tuple[Field, ...]:
    """What it cannot do without: a letter, a picture, windows, and one service."""
    made = part.made
    group = None if made is None else made.group
    service = made.services[0] if made and made.services else None
    taken = {each.prefix for each in catalog.groups if each.id != part.id}
    free = sorted((letter for letter in ascii_uppercase if letter not in taken), key=_ALIKE.find)
    letters, of_letters = tuple((letter, letter) for letter in free), _LIKE_DIGITS if free else _NO_LETTER
    windows = tuple((str(window.number), f"{window.number} {window.name}") for window in catalog.windows)
    return (
        Field("name", "名称", group.name if group else "", longest=MOST_NAME_LETTERS),
        Field("name_en", "英文名称", group.name_en if group else ""),
        Field("prefix", "号码字母", group.prefix if group else "", Kind.CHOICE, hint=of_letters, choices=letters),
        Field("icon", "图标", group.icon if group else "", Kind.CHOICE, choices=tuple(ICONS.items())),
        Field("place", "位置", group.place if group else "", longest=40),
        Field("usual", "通常用时", figure(group.usual_minutes) if group else "", Kind.NUMBER, "分钟"),
        Field(
            "windows",
            "在这些窗口办",
            " ".join(map(str, made.windows)) if made else "",
            Kind.CHECKS,
            choices=windows,
        ),
        Field("service", "第一个事项", service.name if service else "", hint=_FIRST, longest=MOST_SERVICE_LETTERS),
        Field("service_en", "第一个事项的英文名称", service.name_en if service else "", longest=80),
        Field("department", "办理部门", service.department if service else "", longest=40),
    )


def group_read(part: NewGroup, reading: Reading) -> NewGroup:
    """And back."""
    name, name_en, prefix, icon = (reading.needed(key) for key in ("name", "name_en", "prefix", "icon"))
    usual, windows = reading.minutes("usual", 240), tuple(map(int, reading.ids("windows")))
    service, service_en, department = (reading.needed(key) for key in ("service", "service_en", "department"))
    if reading.wrong:
        return part
    group = ServiceGroup(
        id=part.id, prefix=prefix, name=name, name_en=name_en, icon=icon, place=reading.text("place"),
        usual_minutes=usual,
    )  # fmt: skip
    first = Service(id=f"{part.id}_1", group=part.id, name=service, name_en=service_en, department=department)
    return NewGroup(id=part.id, made=MadeGroup(group=group, services=(first,), windows=windows))


def service_title(part: NewService, _: Catalog) -> str:
    """Its name."""
    return "新的事项" if part.made is None else part.made.name


def service_fields(part: NewService, catalog: Catalog) -> tuple[Field, ...]:
    """What it is called, and where it is done."""
    made = part.made
    groups = tuple((group.id, group.name) for group in catalog.groups)
    usual = figure(made.usual_minutes) if made else ""
    return (
        Field("name", "名称", made.name if made else "", longest=MOST_SERVICE_LETTERS),
        Field("name_en", "英文名称", made.name_en if made else "", longest=80),
        Field("group", "业务类别", made.group if made else "", Kind.CHOICE, choices=groups),
        Field("department", "办理部门", made.department if made else "", longest=40),
        Field("aliases", "俗称", " ".join(made.aliases) if made else "", hint=_ALIASES),
        Field("usual", "通常用时", usual, Kind.NUMBER, "分钟", empty="和这一类一样"),
    )


def service_read(part: NewService, reading: Reading) -> NewService:
    """And back."""
    name, name_en, group, department = (reading.needed(key) for key in ("name", "name_en", "group", "department"))
    usual = reading.minutes("usual", 240) if reading.text("usual") else None
    aliases = tuple(reading.text("aliases").replace("、", " ").replace("，", " ").split())
    if reading.wrong:
        return part
    made = Service(
        id=part.id, group=group, name=name, name_en=name_en, department=department, aliases=aliases,
        usual_minutes=usual,
    )  # fmt: skip
    return NewService(id=part.id, made=made)
