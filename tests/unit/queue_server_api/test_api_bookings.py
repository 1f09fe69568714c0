"""A city's portal over the wire, and the manager's verb: slots, booking once, taking back, a file, a token's end."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import ANY

import pytest

from hall.booking import BookingState, NoBooking
from hall.wire.bookings import BookingChanges, BookingReply, SlotList
from hall.wire.commands import SetCapacity
from hall.wire.views import HallNow
from installer.appointments import main
from installer.hall_api import HallApi
from installer.rehearsal.invited import bookable, invite
from tests.support.booked import booked_catalog, citizen
from tests.support.served_hall import MANAGER, PIN, Caller, ServedHall, clerk_of, new_id, served

TOMORROW = datetime.now(UTC).date() + timedelta(days=2)  # whatever the time: among the days that may be booked


@pytest.fixture(scope="module")
def booked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedHall]:
    with served(tmp_path_factory.mktemp("booked"), booked_catalog()) as running:
        yield running


def wanted(who: int, time: str = "10:00", **changes: str) -> dict[str, str]:
    return {
        "request_id": new_id(),
        "service": "alpha_one",
        "day": TOMORROW.isoformat(),
        "time": time,
        "document": "resident",
        "document_number": citizen(who),
        "name": "测试人",
    } | changes


def book(caller: Caller, body: dict[str, str]) -> BookingReply:
    answer = caller.http("POST", "/api/bookings", json=body).raise_for_status()
    return BookingReply.model_validate_json(answer.content)


def slot_at(caller: Caller, time: str) -> int:
    answer = caller.get(f"/api/slots?day={TOMORROW.isoformat()}&group=alpha")
    return next(slot.free for slot in SlotList.model_validate_json(answer.content).slots if slot.start == time)


def test_a_portal_books_once_and_takes_back(booked: ServedHall, caplog: pytest.LogCaptureFixture) -> None:
    portal, body = booked.portal(), wanted(1)
    assert slot_at(portal, "10:00") == 2
    with caplog.at_level(logging.DEBUG):
        reply = book(portal, body)
        assert book(portal, body) == reply
        other = portal.http("POST", "/api/bookings", json=body | {"time": "10:30"})
        bad = portal.http("POST", "/api/bookings", json=wanted(1, document_number="中文号码"))
    assert reply.booking is not None
    assert reply.code == f"OWB:{reply.booking.number}"
    assert (other.status_code, other.json()["code"]) == (400, "request.reused")
    assert "换一个请求号" in other.json()["advice"]
    assert bad.status_code == 400
    assert "中文号码" not in bad.text
    extra = portal.http("POST", "/api/bookings", json=wanted(1) | {citizen(1): "1"})
    assert (extra.status_code, citizen(1) in extra.text) == (400, False)
    assert "这一格：多出来的" in extra.text
    assert citizen(1) not in caplog.text
    assert slot_at(portal, "10:00") == 1
    listed = portal.get(f"/api/bookings?day={TOMORROW.isoformat()}").json()["bookings"]
    assert [each["number"] for each in listed] == [reply.booking.number]
    assert "token" not in json.dumps(listed)
    cancelled = portal.http(
        "POST", "/api/bookings/cancel", json={"request_id": new_id(), "number": reply.booking.number}
    )
    assert cancelled.json()["refusal"] is None
    assert slot_at(portal, "10:00") == 2
    assert book(portal, wanted(2, "10:10")).refusal is NoBooking.NO_SUCH_SLOT


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1970-01-01"])
def test_slots_of_a_day_far_away_are_refused_in_words(booked: ServedHall, day: str) -> None:
    for caller in (booked.portal(), booked.manager()):
        answer = caller.http("GET", f"/api/slots?day={day}&days=3")
        assert (answer.status_code, answer.json()["code"]) == (400, "request.body")
        assert "366 天" in answer.json()["message"]


def test_staff_book_at_the_counter_and_nobody_is_named(booked: ServedHall) -> None:
    clerk, portal = booked.clerk(), booked.portal()
    body = {"request_id": new_id(), "service": "alpha_one", "day": TOMORROW.isoformat(), "time": "14:00"}

    def here(caller: Caller, body: dict[str, str]) -> BookingReply:
        answer = caller.http("POST", "/api/bookings/here", json=body).raise_for_status()
        return BookingReply.model_validate_json(answer.content)

    reply = here(clerk, body)
    assert reply.booking is not None
    assert (here(clerk, body), reply.code) == (reply, f"OWB:{reply.booking.number}")
    assert here(booked.manager(), body | {"request_id": new_id()}).refusal is None
    assert here(clerk, body | {"request_id": new_id()}).refusal is NoBooking.FULL
    assert portal.http("POST", "/api/bookings/here", json=body).status_code == 403
    taken_back = clerk.http(
        "POST", "/api/bookings/cancel", json={"request_id": new_id(), "number": reply.booking.number}
    )
    assert taken_back.json()["booking"]["state"] == "cancelled"
    told = [json.loads(row)["fact"]["body"] for row in booked.manager().get("/api/journal").text.splitlines()]
    mine = [each for each in told if each.get("booking") == reply.booking.id]
    assert [(each["kind"], each["staff"]) for each in mine] == [
        ("booking_made", clerk_of(1)),
        ("booking_cancelled", clerk_of(1)),
    ]
    assert booked.parts is not None
    with booked.parts.store.read() as reader:
        assert reader.booker(reply.booking.id) is None


def test_a_portals_token_opens_nothing_else_and_ends(booked: ServedHall) -> None:
    first = booked.portal("other-portal")
    assert first.http("GET", "/api/hall").status_code == 403
    second = booked.portal("other-portal")
    assert first.http("GET", "/api/slots").status_code == 401
    assert second.http("GET", "/api/slots").status_code == 200
    assert booked.manager().http("DELETE", "/api/portals/other-portal").status_code == 204
    assert second.http("GET", "/api/slots").status_code == 401


def verb(booked: ServedHall, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PIN}\n"))
    return main([*words, "--server", booked.address, "--staff", MANAGER])


def test_the_verb_imports_a_file_or_says_every_mistake(
    booked: ServedHall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "预约号,日期,时间,事项,证件类型,证件号码,姓名\n"
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(f"{head}20260001,{TOMORROW},11:00,甲事项,身份证,{citizen(3)},测试人\n", encoding="utf-8")
    bad.write_text(f"{head}x,{TOMORROW},11:00,甲事项,身份证,{citizen(4)}1,测试人\n", encoding="utf-8")
    assert verb(booked, monkeypatch, "import", "--trial", str(good)) == 0
    assert "会新导入 1 个预约" in capsys.readouterr().out
    assert verb(booked, monkeypatch, "import", str(good)) == 0
    assert "新导入 1 个预约，0 个早已导入过" in capsys.readouterr().out
    assert verb(booked, monkeypatch, "import", "--trial", "--portal", "no-such", str(good)) == 1
    assert "没有叫这个名字" in capsys.readouterr().err
    portal = booked.portal("by-file")
    good.write_text(f"{head}20260002,{TOMORROW},11:30,甲事项,身份证,{citizen(5)},测试人\n", encoding="utf-8")
    assert verb(booked, monkeypatch, "import", "--portal", "by-file", str(good)) == 0
    listed = portal.get(f"/api/bookings?day={TOMORROW.isoformat()}").json()["bookings"]
    assert [each["number"] for each in listed] == ["20260002"]
    assert verb(booked, monkeypatch, "import", str(bad)) == 1
    told = capsys.readouterr().err
    assert "第 2 行：预约号" in told
    assert "第 2 行：证件号码不对" in told
    assert "一条也没有导入" in told
    assert citizen(4) not in told
    assert verb(booked, monkeypatch, "import", str(tmp_path / "none.csv")) == 1
    assert verb(booked, monkeypatch, "list", TOMORROW.isoformat()) == 0
    row = next(row for row in capsys.readouterr().out.splitlines() if row.startswith(f"{TOMORROW} 11:00-11:30"))
    assert "设定   2  已约   1" in row
    assert row.endswith(booked_catalog().group("alpha").name)
    assert verb(booked, monkeypatch, "list", "昨天") == 1
    assert verb(booked, monkeypatch, "portal", "平台") == 1
    capsys.readouterr()
    assert verb(booked, monkeypatch, "portal", "new-portal") == 0
    token = capsys.readouterr().out.split()[-1]
    assert Caller(booked.address, token).http("GET", "/api/slots").status_code == 200
    assert verb(booked, monkeypatch, "portal", "newportal", "--end") == 1
    said = capsys.readouterr()
    assert ("作废" in said.out, "没有叫这个名字" in said.err) == (False, True)
    assert verb(booked, monkeypatch, "portal", "new-portal", "--end") == 0
    assert Caller(booked.address, token).http("GET", "/api/slots").status_code == 401


def test_a_portal_sees_and_takes_back_its_own_only(booked: ServedHall) -> None:
    mine, other, manager = booked.portal("mine"), booked.portal("not-mine"), booked.manager()
    made = book(mine, wanted(70, "16:00")).booking
    assert made is not None
    cancelling = {"request_id": new_id(), "number": made.number}
    refused = other.http("POST", "/api/bookings/cancel", json=cancelling).json()
    assert (refused["refusal"], refused["booking"]) == ("unknown", None)
    assert other.http("POST", "/api/bookings/cancel", json={"request_id": new_id(), "number": "99999999"}).json() == (
        refused | {"request_id": ANY}
    )
    seen = {}
    for name, caller in (("mine", mine), ("other", other), ("manager", manager)):
        listed = caller.get(f"/api/bookings?day={TOMORROW.isoformat()}").json()["bookings"]
        changed = caller.get(f"/api/bookings/changes?after={made.changed_seq - 1}").json()["bookings"]
        seen[name] = (made.number in [each["number"] for each in listed], [each["number"] for each in changed])
    assert seen == {"mine": (True, [made.number]), "other": (False, []), "manager": (True, [made.number])}
    again = mine.http("POST", "/api/bookings/cancel", json=cancelling)
    assert (again.status_code, again.json()["code"]) == (400, "request.reused")  # no portal hears another's answer
    taken_back = booked.clerk().http(
        "POST", "/api/bookings/cancel", json={"request_id": new_id(), "number": made.number}
    )
    assert taken_back.json()["booking"]["state"] == "cancelled"
    own = book(other, wanted(71, "16:00")).booking
    assert own is not None
    done = other.http("POST", "/api/bookings/cancel", json={"request_id": new_id(), "number": own.number})
    assert done.json()["booking"]["state"] == "cancelled"


def test_the_demonstration_invites_people_for_the_next_slots(booked: ServedHall) -> None:
    api = HallApi(booked.address, MANAGER, PIN)
    invited = invite(api, bookable(booked_catalog()))
    assert invited or not [slot for slot in api.slots() if slot.at > api.hall().at]  # the last half hour of a day
    assert [each.slot_at for each in invited] == sorted(each.slot_at for each in invited)


def test_a_portal_follows_what_becomes_of_appointments_and_hears_what_the_hall_called_off(booked: ServedHall) -> None:
    portal, manager = booked.portal(), booked.manager()
    start = BookingChanges.model_validate_json(portal.get("/api/bookings/changes").content).next
    later = TOMORROW + timedelta(days=2)
    kept, closed, taken_back = (
        book(portal, wanted(50 + n, time, day=day.isoformat())).booking
        for n, (time, day) in enumerate([("10:00", TOMORROW), ("10:00", later), ("11:00", later)])
    )
    assert kept is not None
    assert closed is not None
    assert taken_back is not None
    portal.http("POST", "/api/bookings/cancel", json={"request_id": new_id(), "number": taken_back.number})
    manager.do(SetCapacity(request_id=new_id(), day=later, capacity=0))

    def told(after: int, limit: int = 500) -> BookingChanges:
        answer = portal.get(f"/api/bookings/changes?after={after}&limit={limit}")
        return BookingChanges.model_validate_json(answer.content)

    first = told(start, 2)
    rest = told(first.next)
    assert [(each.number, each.state) for each in (*first.bookings, *rest.bookings)] == [
        (kept.number, BookingState.BOOKED),
        (taken_back.number, BookingState.CANCELLED),
        (closed.number, BookingState.CALLED_OFF),
    ]
    nothing_new = told(rest.next)
    assert (nothing_new.bookings, nothing_new.next) == ((), rest.next)
    assert rest.epoch == portal.get("/api/ready").json()["epoch"]
    days = HallNow.model_validate_json(manager.get("/api/hall").content).days
    assert [(day.booked, day.called_off) for day in days if day.day == later] == [(0, 1)]
    slots = SlotList.model_validate_json(manager.get(f"/api/slots?day={later}").content).slots
    assert (sum(slot.called_off for slot in slots), sum(slot.cancelled for slot in slots)) == (1, 2)
    manager.do(SetCapacity(request_id=new_id(), day=later))
