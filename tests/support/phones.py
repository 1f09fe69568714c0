"""The phone page for tests: invented tickets in every state, and a slip's code for a ticket of a served hall."""

from datetime import date
from typing import Any

from hall.clock import MINUTE_US
from hall.rating import Level
from hall.slip_code import SlipCode, seal
from hall.ticket import TicketClass
from hall.waiting import Wait, WaitKind
from hall.wire.phone import PhoneState, PhoneTicket
from tests.support.served_hall import ServedHall, WireKiosk
from tests.support.tickets import NINE

DAY = date(2026, 11, 27)
_S = PhoneState


def take_number(
    hall: ServedHall,
    kiosk: WireKiosk,
    group: str,
    service: str,
    prefix: str,
    ticket_class: TicketClass = TicketClass.ORDINARY,
) -> str:
    """A number is taken; the code on its slip."""
    body = kiosk.issue(group, service, prefix, ticket_class)
    kiosk.push()
    at = kiosk.facts[-1].fact.wall_us
    key = bytes.fromhex(hall.settings.hall_key.read_text())
    return seal(SlipCode(body.ticket, body.day, prefix, body.lane, body.n, at), hall.settings.hall_id, key)


def phone_ticket(state: PhoneState = _S.WAITING, **changes: object) -> PhoneTicket:
    """A ticket of the social insurance group, by default with two people ahead."""
    still = state in {_S.WAITING, _S.CALLED, _S.MISSED, _S.ON_HOLD}
    ticket = PhoneTicket(
        at=NINE + 46 * MINUTE_US,
        offset_minutes=480,
        hall="青禾区政务服务中心",
        hall_en="Qinghe District Service Centre",
        state=state,
        number="A023",
        day=DAY,
        issued_at=NINE + 43 * MINUTE_US,
        name="社保卡申领",
        name_en="Social security card",
        ahead=2 if state is _S.WAITING else None,
        wait=Wait(kind=WaitKind.RANGE, low=5, high=15) if state is _S.WAITING else None,
        place="二楼 B 区" if still else "",
        place_en="2nd floor, zone B" if still else "",
        windows="12–15" if still else "",
        window=12 if state in {_S.CALLED, _S.SERVING} else None,
        call_no=1 if state is _S.CALLED else 0,
        papers=("居民身份证（原件）", "一寸白底近期照片（纸质或电子）") if still else (),
        returns_left=2 if state is _S.MISSED else 0,
        good_until=date(2026, 12, 4) if state is _S.SYSTEM_FAULT else None,
        may_leave=state in {_S.WAITING, _S.MISSED, _S.ON_HOLD},
        may_rate=state is _S.FINISHED,
    )
    return ticket.model_copy(update=changes)


LONGEST: dict[str, Any] = {"number": "A12-104", "mark": "补件", "name": "不动产抵押权首次登记（含在建建筑物抵押）"}

STANDS: dict[str, PhoneTicket] = {
    **{state.value: phone_ticket(state) for state in _S},
    "far": phone_ticket(ahead=117, wait=Wait(kind=WaitKind.RANGE, low=120, high=180), **LONGEST),
    "next": phone_ticket(ahead=0, wait=Wait(kind=WaitKind.RANGE, low=0, high=5), number="A1023", mark="优"),
    "paused": phone_ticket(wait=Wait(kind=WaitKind.PAUSED)),
    "may_not": phone_ticket(wait=Wait(kind=WaitKind.MAY_NOT)),
    "no_forecast": phone_ticket(wait=None),
    "no_return": phone_ticket(_S.MISSED, returns_left=0),
    "called_long": phone_ticket(_S.CALLED, window=108, **LONGEST),
    "rated": phone_ticket(_S.FINISHED, may_rate=False, level=Level.VERY_GOOD),
}
"""Every way in which a ticket can stand, by a name for its picture."""
