"""Layout, voice and zones of the boards as forms. Pure."""

from hall.arrangements import BoardLayout, Loudness, ZonePart
from hall.catalog import Catalog
from hall.zones import Layout, Voice, Zone
from queue_server.web.manage.settings.fields import Field, Kind, Reading, figure

_TIMES = (("1", "一遍"), ("2", "两遍"), ("3", "三遍"))
_ON = (("1", "要"), ("", "不要"))
_SHOWN = (("1", "显示"), ("", "不显示"))
_LAST_CALLS = tuple((str(count), f"{count} 个") for count in range(1, 7))
_READY = (("0", "不显示"), *((str(count), f"每一类 {count} 个号") for count in range(1, 4)))
_WHOSE = (("", "和全厅一样"), ("own", "自己定"))
_OWN = "layout=own"
_QUIET = "那段时间只显示、不出声，写成 12:00-13:00 的样子"
_AS_HALL = "和全厅一样"


def layout(part: BoardLayout, _: Catalog) -> tuple[Field, ...]:
    """All of it."""
    return _layout_fields(part.layout)


def layout_read(_: BoardLayout, reading: Reading) -> BoardLayout:
    """And back."""
    return BoardLayout(layout=_layout_read(reading))


def _layout_fields(own: Layout, only: str = "") -> tuple[Field, ...]:
    def shown(key: str, label: str, *, on: bool, hint: str = "") -> Field:
        return Field(key, label, "1" if on else "", Kind.CHOICE, choices=_SHOWN, hint=hint, only=only)

    return (
        Field("last_calls", "刚才叫过的号", str(own.last_calls), Kind.CHOICE, choices=_LAST_CALLS, only=only),
        Field("ready", "请准备", str(own.ready), Kind.CHOICE, choices=_READY, only=only),
        shown("missed", "过号的号", on=own.missed),
        shown("waiting", "等候人数", on=own.waiting),
        shown("notices", "公告", on=own.notices, hint="系统故障、停办，不显示公告也会说"),
        shown("clerk", "窗口屏上的工号", on=own.clerk),
    )


def _layout_read(reading: Reading) -> Layout:
    return Layout(
        last_calls=int(reading.text("last_calls")),
        ready=int(reading.text("ready")),
        missed=bool(reading.text("missed")),
        waiting=bool(reading.text("waiting")),
        notices=bool(reading.text("notices")),
        clerk=bool(reading.text("clerk")),
    )


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
    """Its name, whose numbers are shown and heard in it, how loud, and what else its screens show."""
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
        Field("layout", "屏上显示什么", "own" if zone and zone.layout else "", Kind.CHOICE, choices=_WHOSE),
        *_layout_fields(zone.shows(catalog.hall.layout) if zone else catalog.hall.layout, _OWN),
    )


def zone_read(part: ZonePart, reading: Reading) -> ZonePart:
    """And back."""
    windows, groups = tuple(map(int, reading.ids("windows"))), reading.ids("groups")
    name, volume, quiet = reading.needed("name"), reading.number("volume", 0, 100), reading.periods("quiet")
    if not windows and not groups:
        reading.wrong.append("请至少选一个窗口或一类业务")
    if reading.wrong:
        return part
    own = _layout_read(reading) if reading.text("layout") else None
    zone = Zone(id=part.id, name=name, windows=windows, groups=groups, volume=volume, quiet=quiet or None, layout=own)
    return ZonePart(id=part.id, zone=zone)
