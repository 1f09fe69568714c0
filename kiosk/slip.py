"""Composes the paper 取号单 of a number: what stands on it, in which order. Nothing personal.

Sizes are those of the house's look: type of 24 and 48 dots, the number as large as the paper allows.
"""

from datetime import datetime

from devices.printer.slip import Align, BigNumber, Columns, Cut, Element, Feed, Qr, Rule, Slip, Text
from hall.catalog import Catalog, Hall, Service
from hall.guidance import paper_words, to_bring, windows_of
from hall.opening import local_time
from hall.slip_code import opens_in_the_hall_only
from hall.ticket import MARKS
from hall.waiting import ahead_words, on_paper, wait_words
from kiosk.issued import Issued
from kiosk.places import group_of, service_of

OFFLINE = "离线取号，等候人数以现场为准"
ORDER = "号码可能不连续，按取号时间叫号"
NO_LONGER = "本事项已调整"
"""In place of its name, when a catalogue published between number and paper has the group no more."""
HELP_DESK = "请到导办台"


def compose(issued: Issued, catalog: Catalog, local: datetime, kiosk: int, *, copy: bool = False) -> Slip:
    """The slip of a number.

    Args:
        issued: The number.
        catalog: The catalogue in force.
        local: When the number was taken, by the hall's own clock.
        kiosk: The kiosk's number as written on its cabinet.
        copy: A further print of the same number 补打.
    """
    hall, group, service = catalog.hall, group_of(issued, catalog), service_of(issued, catalog)
    what = group.name if group else NO_LONGER
    elements: list[Element] = [
        _centred(hall.name),
        _centred(what, size=2, bold=True),
        Feed(16),
        *(_centred(word, size=2, bold=True) for word in _above(issued, hall, copy=copy)),
        BigNumber(issued.number, tuple(filter(None, (MARKS[issued.ticket_class],)))),
        Feed(8),
        _centred(service.name if service else what, size=2, bold=True),
        Feed(8),
        Rule(),
        Feed(10),
        _waiting(issued),
        Rule(),
        Feed(10),
        Text(_where(catalog, issued.group) or HELP_DESK, size=2, bold=True),
        Text("请坐下等，看叫号屏，听广播。"),
        Feed(16),
        Qr(issued.code, _code_words(hall.public_url)),
        Feed(16),
        Text(f"{ORDER}。"),
        *_papers(service),
        Text(f"叫{hall.calls_before_missed}次没到算过号，回来请到导办台。"),
        *([Text(note)] if (note := hall.notice if hall.slip_note is None else hall.slip_note) else []),
        Feed(8),
        Rule(),
        Feed(10),
        Columns((f"{local:%Y-%m-%d %H:%M}", f"{kiosk}号取号机")),
        Cut(),
    ]
    return Slip(tuple(elements))


def _centred(text: str, size: int = 1, *, bold: bool = False) -> Text:
    return Text(text, size, bold, Align.CENTRE)


def _above(issued: Issued, hall: Hall, *, copy: bool) -> tuple[str, ...]:
    booked = () if issued.slot_at is None else (f"预约 {local_time(issued.slot_at, hall.offset_minutes):%H:%M}",)
    return ("补打",) * copy + ("离线取号",) * issued.offline + booked


def _waiting(issued: Issued) -> Element:
    if issued.people_ahead is None:
        return Text(f"{OFFLINE}。", bold=True)
    ahead = on_paper(ahead_words(issued.people_ahead))
    if issued.wait is None:
        return Text(ahead, size=2, bold=True)
    return Columns((ahead, on_paper(wait_words(issued.wait))), size=2, bold=True)


def _where(catalog: Catalog, group_id: str) -> str:
    place = next((group.place for group in catalog.groups if group.id == group_id), "")
    windows = windows_of(catalog, group_id)
    return " ".join(part for part in (place, windows and f"{windows}号窗口") if part)


def _code_words(public_url: str) -> tuple[Text, ...]:
    """Only a hall with an address of its own can promise that a phone shows something, and where."""
    if opens_in_the_hall_only(public_url):
        return Text("手机扫码", size=2, bold=True), Text("先连大厅Wi-Fi，看排到哪里，不用登录。")
    if public_url:
        return Text("手机扫码", size=2, bold=True), Text("看排到哪里，不用登录。")
    return Text("请收好", size=2, bold=True), Text("窗口核对、补打取号单都用这个码。")


def _papers(service: Service | None) -> list[Text]:
    if service is None or service.guide is None:
        return []
    names = [paper_words(material) for material in to_bring(service.guide)]
    return [Text(f"带好：{'、'.join(names)}。")] if names else []
