"""What stands on the paper, line by line."""

from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest

import installer
from devices.printer import PAPER_58, PAPER_80, Align, BigNumber, Columns, Cut, Feed, Profile, Qr, Rule, Slip, Text
from devices.printer.layout import Line, fit
from hall.catalog import Catalog
from hall.ticket import TicketClass
from hall.waiting import Wait, WaitKind
from installer.hall_init.catalogue import read_catalogue
from kiosk.issued import Issued
from kiosk.slip import compose

LOCAL = datetime(2026, 11, 24, 9, 43)  # noqa: DTZ001 - the hall's own clock
ISSUED = Issued(
    ticket="a" * 32,
    day=date(2026, 11, 24),
    number="A023",
    service="social_card_first",
    group="social_insurance",
    ticket_class=TicketClass.ORDINARY,
    issued_at=1,
    code="OW1:ABC",
    people_ahead=3,
)


@cache
def sample() -> Catalog:
    return read_catalogue(Path(installer.__file__).parent / "sample_hall")


def lines(slip: Slip) -> list[str]:
    """The slip as a person reads it: sizes as figures before the words."""
    shown: list[str] = []
    for element in slip.elements:
        match element:
            case Text():
                place = "  " if element.align is Align.CENTRE else ""
                shown.append(f"{place}{element.size}{'*' if element.bold else ''} {element.text}")
            case BigNumber():
                shown.append(f"# {element.text} {' '.join(element.marks)}".rstrip())
            case Columns():
                shown.append(" | ".join(element.cells))
            case Qr():
                shown.append(f"QR {element.data}: {' / '.join(words.text for words in element.words)}")
            case Rule():
                shown.append("----")
            case Feed() | Cut():
                pass
            case _:
                pytest.fail(f"nothing else belongs on a slip: {element}")
    return shown


def test_a_slip_to_the_letter() -> None:
    service = sample().service(ISSUED.service)
    assert lines(compose(ISSUED, sample(), LOCAL, kiosk=1)) == [
        "  1 青禾区政务服务中心",
        "  2* 社会保险",
        "# A023",
        f"  2* {service.name}",
        "----",
        "2* 前面3人",
        "----",
        "2* 一楼B区 3-4号窗口",
        "1 请坐下等，看叫号屏，听广播。",
        "QR OW1:ABC: 请收好 / 窗口核对、补打取号单都用这个码。",
        "1 号码可能不连续，按取号时间叫号。",
        "1 带好：居民身份证（原件）、一寸白底近期照片（纸质或电子）。",
        "1 叫3次没到算过号，回来请到导办台。",
        "1 中午 12:00–13:00 暂停取号，已取的号下午继续有效。身份证、手机请随身带好。",
        "----",
        "2026-11-24 09:43 | 1号取号机",
    ]


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (Wait(kind=WaitKind.RANGE, low=10, high=20), "约10-20分钟"),
        (Wait(kind=WaitKind.RANGE, low=110, high=240), "约110-240分钟"),
        (Wait(kind=WaitKind.RANGE, low=0, high=5), "5分钟内"),
        (Wait(kind=WaitKind.PAUSED), "窗口暂停"),
        (Wait(kind=WaitKind.MAY_NOT), "可能无法办理"),
    ],
)
def test_the_wait_known_at_issue_stands_beside_the_people_ahead(wait: Wait, words: str) -> None:
    slip = compose(ISSUED.model_copy(update={"wait": wait, "people_ahead": 12}), sample(), LOCAL, kiosk=1)
    assert f"前面12人 | {words}" in lines(slip)
    (columns,) = [each for each in slip.elements if isinstance(each, Columns) and each.size == 2]
    parts = fit(Slip((columns, Cut())), Profile(paper=PAPER_80))
    assert sum(isinstance(part, Line) for part in parts) == 1


def test_offline_says_so_above_the_number_and_in_place_of_the_figures() -> None:
    shown = lines(compose(ISSUED.model_copy(update={"offline": True, "people_ahead": None}), sample(), LOCAL, kiosk=1))
    assert shown[2:4] == ["  2* 离线取号", "# A023"]
    assert "1* 离线取号，等候人数以现场为准。" in shown
    assert not any("前面" in line for line in shown)


def test_a_number_known_from_another_kiosks_slip_alone_names_its_group() -> None:
    slip = compose(ISSUED.model_copy(update={"service": ""}), sample(), LOCAL, 2)
    group = sample().group(ISSUED.group).name
    assert lines(slip).count(f"  2* {group}") == 2
    assert not any(line.startswith("1 带好") for line in lines(slip))


def test_a_copy_and_the_classes_are_marked() -> None:
    priority = ISSUED.model_copy(update={"ticket_class": TicketClass.PRIORITY})
    shown = lines(compose(priority, sample(), LOCAL, kiosk=1, copy=True))
    assert shown[2:4] == ["  2* 补打", "# A023 优"]
    booked = ISSUED.model_copy(update={"ticket_class": TicketClass.APPOINTMENT})
    assert "# A023 预" in lines(compose(booked, sample(), LOCAL, kiosk=1))


def test_only_a_hall_with_an_address_promises_that_a_phone_shows_something() -> None:
    hall = sample().hall.model_copy(update={"public_url": "http://hall.example"})
    online = sample().model_copy(update={"hall": hall})
    assert any("看排到哪里" in line for line in lines(compose(ISSUED, online, LOCAL, kiosk=1)))
    assert not any("看排到哪里" in line for line in lines(compose(ISSUED, sample(), LOCAL, kiosk=1)))


@pytest.mark.parametrize("url", ["http://10.0.0.5:8600", "http://hall:8600", "http://hall.local"])
def test_a_page_of_the_halls_own_network_is_promised_on_its_wifi_only(url: str) -> None:
    def words(public_url: str) -> list[str]:
        hall = sample().hall.model_copy(update={"public_url": public_url})
        return lines(compose(ISSUED, sample().model_copy(update={"hall": hall}), LOCAL, kiosk=1))

    assert any("先连大厅Wi-Fi" in line for line in words(url))
    assert not any("Wi-Fi" in line for line in words("https://queue.example.cn"))


@pytest.mark.parametrize("paper", [PAPER_80, PAPER_58])
@pytest.mark.parametrize("number", ["A023", "A2-024", "A12-104"])
def test_every_service_fits_every_paper(number: str, paper: object) -> None:
    profile = Profile(paper=PAPER_58 if paper is PAPER_58 else PAPER_80)
    for service in sample().services:
        issued = ISSUED.model_copy(
            update={"number": number, "service": service.id, "group": service.group, "code": "OW1:" + "A" * 91}
        )
        assert list(fit(compose(issued, sample(), LOCAL, kiosk=12), profile))


def test_a_group_that_was_taken_out_of_the_catalogue_meanwhile_still_gets_its_slip() -> None:
    fewer = sample().model_copy(
        update={
            "groups": tuple(group for group in sample().groups if group.id != ISSUED.group),
            "services": tuple(service for service in sample().services if service.group != ISSUED.group),
            "windows": tuple(window for window in sample().windows if ISSUED.group not in window.groups),
        }
    )
    shown = lines(compose(ISSUED, fewer, LOCAL, kiosk=1))
    assert "# A023" in shown
    assert "2* 请到导办台" in shown
