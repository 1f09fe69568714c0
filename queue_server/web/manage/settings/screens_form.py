"""Voice and zones of the boards as forms. Pure."""

from hall.arrangements import Loudness, ZonePart
from hall.catalog import Catalog
from hall.zones import Voice, Zone
from queue_server.web.manage.settings.fields import Field, Kind, Reading, figure

_TIMES = (("1", "一遍"), ("2", "两遍"), ("3", "三遍"))
_ON = (("1", "要"), ("", "不要"))
_QUIET = "那段时间只显示、不出声，写成 12:00-13:00 的样子"
_AS_HALL = "和全厅一样"


def voice(part: Loudness, _: Catalog) -> tuple[Field, ...]:
    """All of it."""
    own = part.voice
    return (
        Field("volume", "音量", figure(own.volume), Kind.NUMBER, "%"),
        Field("quiet", "静音时段", " ".join(own.quiet), hint=_QUIET, empty="没有"),
        Field("times", "普通话", str(own.times), Kind.CHOICE, choices=_TIMES),
        Field("english", "英文一遍", "1" if own.english else "", Kind.CHOICE, choices=_ON),
        Field("chime", "提示音", "1" if own.chime else "", Kind.CHOICE, choices=_ON),
    )


def voice_read(_: Loudness, reading: Reading) -> Loudness:
    """And back."""
    return Loudness(
        voice=Voice(
            volume=reading.sure("volume", 0, 100),
            quiet=reading.periods("quiet"),
            times=int(reading.text("times")),
            english=bool(reading.text("english")),
            chime=bool(reading.text("chime")),
        )
    )


def zone_title(part: ZonePart, _: Catalog) -> str:
    """Its name."""
    return f"区域 {part.zone.name}" if part.zone else f"区域 {part.id}（新的）"


def zone_summary(part: ZonePart, _: Catalog) -> str:
    """Where its screen looks."""
    return f"屏幕打开 /board/zone/{part.id}"


def zone_fields(part: ZonePart, catalog: Catalog) -> tuple[Field, ...]:
    """Its name, what is shown and heard in it, and how loud."""
    zone = part.zone
    windows = tuple((str(window.number), f"{window.number} {window.name}") for window in catalog.windows)
    groups = tuple((group.id, group.name) for group in catalog.groups)
    quiet = None if zone is None else zone.quiet
    return (
        Field("name", "名称", zone.name if zone else "", longest=12, hint=f"屏幕打开 /board/zone/{part.id}"),
        Field(
            "windows",
            "显示这些窗口的号",
            " ".join(map(str, zone.windows)) if zone else "",
            Kind.CHECKS,
            choices=windows,
        ),
        Field("groups", "显示这些类别的号", " ".join(zone.groups) if zone else "", Kind.CHECKS, choices=groups),
        Field("volume", "音量", figure(zone.volume) if zone else "", Kind.NUMBER, "%", empty=_AS_HALL),
        Field("quiet", "静音时段", " ".join(quiet or ()), hint=_QUIET, empty=_AS_HALL),
    )


def zone_read(part: ZonePart, reading: Reading) -> ZonePart:
    """And back."""
    windows, groups = tuple(map(int, reading.ids("windows"))), reading.ids("groups")
    name, volume, quiet = reading.needed("name"), reading.number("volume", 0, 100), reading.periods("quiet")
    if not windows and not groups:
        reading.wrong.append("请至少选一个窗口或一类业务")
    if reading.wrong:
        return part
    zone = Zone(id=part.id, name=name, windows=windows, groups=groups, volume=volume, quiet=quiet or None)
    return ZonePart(id=part.id, zone=zone)
