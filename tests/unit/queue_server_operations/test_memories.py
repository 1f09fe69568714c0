"""What windows tell a server that was set back: taken as far as it can be, and no history is written by it."""

from datetime import timedelta
from pathlib import Path

import pytest

from hall.slip_code import SlipCode, seal
from hall.ticket import Flag, TicketClass, TicketState
from hall.wire import commands
from hall.wire.acts import RememberedAct
from hall.wire.replies import Refusal, Reply
from tests.support.referee import HALL_ID, HALL_KEY, SECOND
from tests.support.restored import Restored

S = TicketState


@pytest.fixture
def hall(tmp_path: Path) -> Restored:
    return Restored(tmp_path)


def test_memories_that_cannot_be_are_left_out(hall: Restored) -> None:
    hall.kiosk.issue()
    hall.kiosk.push()
    hall.back_up()
    hall.referee.pass_time(20)
    ticket = hall.call()
    hall.restore()
    (act,) = hall.acts[1]
    assert act.reply.ticket is not None

    known = act.reply.ticket

    def told(**changes: object) -> RememberedAct:
        """The act under a request id of its own, with something wrong in its answer."""
        command = commands.CallNext(request_id=hall.referee.ids())
        reply = act.reply.model_copy(update={"request_id": command.request_id, **changes})
        return act.model_copy(update={"command": command, "reply": reply})

    def ticket_told(**changes: object) -> RememberedAct:
        return told(ticket=known.model_copy(update=changes))

    for wrong in (
        told(at=hall.until.wall_us - 3600 * SECOND),
        ticket_told(n=2),
        ticket_told(n=999_999),
        ticket_told(lane=1),
        ticket_told(group="nobodys"),
        ticket_told(effective_at=0),
        ticket_told(effective_at=0, issued_at=0),
        ticket_told(effective_at=0, issued_at=0, flags=(Flag.ADOPTED,)),
        ticket_told(changed_at=act.reply.at + 60 * SECOND),
        ticket_told(id="f" * 32, n=999_999),
        ticket_told(id="f" * 32, n=2, lane=77_777),
        ticket_told(id="f" * 32, n=2, issued_at=0, effective_at=0),
        ticket_told(id="f" * 32, n=2, prefix="Z"),
        ticket_told(id="f" * 32, n=2, day=known.day - timedelta(days=1)),
        told(request_id="f" * 32),
        told(at=act.reply.at + 3600 * SECOND),
        ticket_told(window=3),
        ticket_told(window=None),
        ticket_told(id="f" * 32),
        ticket_told(day=known.day.replace(year=known.day.year + 1)),
    ):
        hall.tell(1, [wrong])
        assert hall.stands(ticket) == (S.WAITING, True)
        assert hall.figures() == (1, 0)
    hall.tell(1, [told()])
    assert hall.stands(ticket) == (S.CALLED, False)  # only what was wrong with them kept them out


def test_a_memory_may_not_change_what_a_ticket_is(hall: Restored) -> None:
    body = hall.kiosk.issue()
    hall.kiosk.push()
    hall.back_up()
    hall.referee.pass_time(20)
    hall.call()
    hall.restore()
    (act,) = hall.acts[1]
    assert act.reply.ticket is not None
    before = hall.ticket(body.ticket)
    lie = {"service": "beta_one", "ticket_class": TicketClass.PRIORITY, "issuer_lane": 9, "issuer_seq": 7}
    lie |= {"issued_at": before.issued_at - 60 * SECOND}
    ticket = act.reply.ticket.model_copy(update=lie)
    hall.tell(1, [act.model_copy(update={"reply": act.reply.model_copy(update={"ticket": ticket})})])
    after = hall.ticket(body.ticket)
    assert after.state is S.CALLED
    assert {name: getattr(after, name) for name in lie} == {name: getattr(before, name) for name in lie}


def test_whoever_invents_memories_later_changes_nothing(hall: Restored, caplog: pytest.LogCaptureFixture) -> None:
    hall.restore_nothing()
    hall.referee.pass_time(3600)
    body = hall.kiosk.issue()
    hall.kiosk_is_back()
    called = hall.call(3)
    request = commands.CallNext(request_id=hall.referee.ids())
    now = hall.referee.moment.wall_us
    invented = hall.ticket(called).model_copy(
        update={"state": S.FINISHED, "window": None, "ended_at": now, "changed_at": now}
    )
    reply = Reply(request_id=request.request_id, ticket=invented, seq=1, at=now)
    hall.tell(1, [RememberedAct(staff="1001", command=request, reply=reply)])
    assert hall.ticket(body.ticket).state is S.CALLED
    assert "memory.passed_over: 1 acts of window 1" in caplog.text


def test_a_window_that_was_away_tells_of_the_recovery_before_the_last(hall: Restored) -> None:
    hall.kiosk.issue()
    hall.kiosk.push()
    hall.back_up()
    hall.referee.pass_time(20)
    ticket = hall.call()
    hall.restore()
    hall.referee.pass_time(3600)
    hall.restore_nothing()
    hall.tell()
    assert hall.stands(ticket) == (S.CALLED, False)


def test_a_ticket_adopted_in_the_forgotten_time_keeps_what_its_kiosk_tells_of_it(hall: Restored) -> None:
    hall.back_up()
    issued_at = hall.referee.moment.wall_us
    body = hall.kiosk.issue(ticket_class=TicketClass.PRIORITY, offline=True)
    hall.referee.pass_time(5)
    code = seal(SlipCode(body.ticket, body.day, body.prefix, body.lane, body.n, issued_at), HALL_ID, HALL_KEY)
    hall.do(1, commands.Adopt(request_id=hall.referee.ids(), code=code))
    hall.do(1, commands.CallTicket(request_id=hall.referee.ids(), ticket=body.ticket, reason="凭票"))
    hall.do(1, commands.PutBack(request_id=hall.referee.ids(), ticket=body.ticket))
    hall.restore()
    hall.kiosk_is_back()
    from_its_kiosk = hall.ticket(body.ticket)
    hall.tell()
    names = ("service", "ticket_class", "issuer_lane", "issuer_seq", "issued_at", "effective_at")
    told = hall.ticket(body.ticket)
    assert told.service == "alpha_one"
    assert [getattr(told, name) for name in names] == [getattr(from_its_kiosk, name) for name in names]
    assert Flag.ADOPTED not in told.flags
    hall.figures()


def test_who_waits_by_one_window_s_memory_is_not_called_by_itself_another_may_have_served_them(hall: Restored) -> None:
    hall.kiosk.issue()
    hall.kiosk.push()
    hall.back_up()
    hall.referee.pass_time(20)
    ticket = hall.call()
    hall.do(1, commands.PutBack(request_id=hall.referee.ids(), ticket=ticket))
    hall.serve(hall.call(3), 3)
    hall.restore()
    hall.tell(1)
    assert hall.stands(ticket) == (S.WAITING, True)
    refused = hall.do(1, commands.CallNext(request_id=hall.referee.ids()))
    assert refused.refusal is Refusal.NOBODY_WAITING
    hall.tell(3)
    assert hall.stands(ticket) == (S.FINISHED, False)


def test_a_command_sent_again_gets_the_very_answer_of_the_life_before(hall: Restored) -> None:
    hall.kiosk.issue()
    hall.kiosk.push()
    hall.back_up()
    hall.serve(hall.call())
    hall.restore()
    hall.tell()
    for act in hall.acts[1]:
        assert act.reply.seq
        assert hall.referee.do(hall.clerks[1], act.command) == act.reply


def test_while_the_server_was_never_set_back_memories_change_nothing(hall: Restored) -> None:
    hall.kiosk.issue()
    hall.kiosk.push()
    hall.call()
    before = hall.referee.run(lambda tx: tx.head_seq())
    hall.tell()
    assert hall.referee.run(lambda tx: tx.head_seq()) == before
