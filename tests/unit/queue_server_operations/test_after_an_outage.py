"""Slips of kiosks that cannot be reached, calls made by hand, and what a manager decides: once each, and never lost."""

from collections.abc import Callable
from typing import Any

import pytest

from hall.facts import TicketIssued
from hall.mending import HandOutcome, RecoveryReason
from hall.rating import Level
from hall.slip_code import SlipCode, printed_text, seal
from hall.ticket import Flag, TicketState
from hall.wire import commands
from hall.wire.commands import Command
from hall.wire.replies import Refusal, Reply
from queue_server.operations import recovery
from queue_server.operations.sessions import open_session
from queue_server.operations.tick import tick
from queue_server.operations.views.desk import rating_page
from queue_server.operations.views.hall_now import day_figures
from queue_server.store import check
from queue_server.store.records import Answer, Doubled, HandCall, Lane, Served, Session, SessionKind
from tests.support.referee import HALL_ID, HALL_KEY, SECOND, Referee, SimKiosk

MINUTE = 60 * SECOND


class Scene:
    """A hall whose kiosk gave a number that the server has not heard of, a clerk at window 1, a manager."""

    def __init__(self) -> None:
        self.referee = Referee()
        self.kiosk: SimKiosk = self.referee.kiosk()
        self.clerk = self.referee.clerk(1)
        self.manager: Session = self.referee.run(
            lambda tx: open_session(tx, self.referee.moment, SessionKind.MANAGER, "9001")[1]
        )
        self.issued_at = self.referee.moment.wall_us
        self.body = self.kiosk.issue()
        self.id = self.body.ticket
        self.referee.pass_time(600)

    def do(self, kind: Callable[..., Command], session: Session | None = None, **fields: object) -> Reply:
        return self.referee.do(session or self.clerk, kind(request_id=self.referee.ids(), **fields))

    def decide(self, kind: Callable[..., Command], **fields: object) -> Reply:
        return self.do(kind, self.manager, **fields)

    def code(self, body: TicketIssued | None = None, key: bytes = HALL_KEY) -> str:
        body = body or self.body
        told = SlipCode(body.ticket, body.day, body.prefix, body.lane, body.n, self.issued_at)
        return printed_text(seal(told, HALL_ID, key), "")

    def by_hand(self, number: str = "A001", ago: float = 300, **fields: object) -> Reply:
        begun = self.referee.moment.wall_us - round(ago * SECOND)
        told: dict[str, Any] = {"called_at": begun, "ended_at": begun + 2 * MINUTE} | fields
        return self.do(commands.EnterByHand, number=number, **told)

    def ticket(self) -> tuple[TicketState, tuple[Flag, ...]]:
        ticket = self.referee.run(lambda tx: tx.ticket(self.id))
        assert ticket is not None
        return ticket.state, ticket.flags

    def figures(self) -> tuple[int, int]:
        """Issued and finished; the tables must say what the journal says."""
        with self.referee.store.read() as reader:
            assert check(reader).differences == ()
            counts = day_figures(reader, self.body.day).values()
            return sum(each.issued for each in counts), sum(each.finished for each in counts)

    def set_back(self) -> None:
        moment = self.referee.moment
        self.referee.run(lambda tx: recovery.begin(tx, moment, RecoveryReason.RESTORED, moment.wall_us - 60 * SECOND))


class TestAdopting:
    def test_a_slip_is_called_as_any_other_and_its_kiosk_changes_nothing_of_that(self) -> None:
        scene = Scene()
        reply = scene.do(commands.Adopt, code=scene.code())
        assert reply.ticket is not None
        assert (reply.ticket.number, reply.ticket.issued_at, reply.ticket.flags) == (
            "A001",
            scene.issued_at,
            (Flag.ADOPTED,),
        )
        assert scene.do(commands.CallTicket, ticket=scene.id, reason="凭票补入").done
        assert scene.do(commands.StartService, ticket=scene.id).done
        scene.kiosk.push()
        assert scene.ticket() == (TicketState.SERVING, ())
        assert scene.do(commands.FinishService, ticket=scene.id).done
        assert scene.figures() == (1, 1)

    def test_one_already_known_is_shown_and_nothing_is_written(self) -> None:
        scene = Scene()
        scene.kiosk.push()
        before = scene.referee.run(lambda tx: tx.head_seq())
        reply = scene.do(commands.Adopt, code=scene.code())
        assert reply.ticket is not None
        assert (reply.ticket.id, reply.ticket.flags, reply.seq) == (scene.id, (), 0)
        assert scene.referee.run(lambda tx: tx.head_seq()) == before

    def test_forged_old_and_foreign_slips_are_refused(self) -> None:
        scene = Scene()
        assert scene.do(commands.Adopt, code=scene.code(key=bytes(32))).refusal is Refusal.BAD_CODE
        assert scene.do(commands.Adopt, code="十七号").refusal is Refusal.BAD_CODE
        other = scene.body.model_copy(update={"prefix": "Z"})
        assert scene.do(commands.Adopt, code=scene.code(other)).refusal is Refusal.BAD_CODE
        scene.referee.pass_time(24 * 3600)
        assert scene.do(commands.Adopt, code=scene.code()).refusal is Refusal.NOT_TODAY

    def test_a_slip_whose_number_another_one_holds_is_a_managers_matter(self) -> None:
        scene = Scene()
        scene.kiosk.push()
        twin = scene.body.model_copy(update={"ticket": "f" * 32})
        assert scene.do(commands.Adopt, code=scene.code(twin)).refusal is Refusal.WRONG_STATE

    def test_it_cannot_be_undone_but_the_call_after_it_can(self) -> None:
        scene = Scene()
        scene.do(commands.Adopt, code=scene.code())
        assert scene.do(commands.Undo, ticket=scene.id).refusal is Refusal.UNDO_TOO_LATE
        scene.do(commands.CallNext)
        scene.kiosk.push()
        assert scene.do(commands.Undo, ticket=scene.id).done
        assert scene.ticket()[0] is TicketState.WAITING


class TestByHand:
    def test_a_known_number_is_served_at_once(self) -> None:
        scene = Scene()
        scene.kiosk.push()
        reply = scene.by_hand()
        assert reply.ticket is not None
        assert reply.ticket.state is TicketState.FINISHED
        assert scene.figures() == (1, 1)
        assert scene.by_hand().refusal is Refusal.ALREADY_OVER

    @pytest.mark.parametrize("outcome", list(HandOutcome))
    def test_a_wrong_one_is_taken_back_within_ten_seconds(self, outcome: HandOutcome) -> None:
        scene = Scene()
        scene.kiosk.push()
        scene.by_hand(outcome=outcome)
        scene.referee.pass_time(5)
        assert scene.do(commands.Undo, ticket=scene.id).done
        assert scene.ticket() == (TicketState.WAITING, ())
        assert scene.figures() == (1, 0)
        counts = scene.referee.run(lambda tx: tx.counts_on(scene.body.day))
        assert [(each.first_calls, each.wait_us, each.missed) for each in counts] == [(0, 0, 0)]
        assert scene.by_hand().done
        scene.referee.pass_time(11)
        assert scene.do(commands.Undo, ticket=scene.id).refusal is Refusal.UNDO_TOO_LATE

    def test_nobody_is_asked_to_rate_a_service_that_was_entered_afterwards(self) -> None:
        scene = Scene()
        scene.kiosk.push()
        page = scene.referee.rating_page(1)
        scene.by_hand()
        with scene.referee.store.read() as reader:
            assert rating_page(reader, 1).ticket is None
        rated = scene.do(commands.Rate, page, ticket=scene.id, level=Level.GOOD)
        assert rated.refusal is Refusal.NOT_THIS_WINDOW

    def test_an_unknown_one_waits_for_its_kiosk(self) -> None:
        scene = Scene()
        assert scene.by_hand().done
        assert scene.by_hand().done  # entered by two people: one call
        assert scene.figures() == (0, 0)
        scene.kiosk.push()
        assert scene.ticket()[0] is TicketState.FINISHED
        assert scene.figures() == (1, 1)
        call = scene.referee.run(lambda tx: next(iter(tx.every(HandCall))))
        assert call.ticket == scene.id

    def test_or_for_its_slip(self) -> None:
        scene = Scene()
        scene.by_hand(outcome=HandOutcome.MISSED)
        reply = scene.do(commands.Adopt, code=scene.code())
        assert reply.ticket is not None
        assert reply.ticket.state is TicketState.MISSED
        assert scene.do(commands.PutBack, ticket=scene.id).done

    def test_what_cannot_be_is_refused(self) -> None:
        scene = Scene()
        now = scene.referee.moment.wall_us
        assert scene.by_hand("甲乙丙一").refusal is Refusal.BAD_NUMBER
        assert scene.by_hand("Z001").refusal is Refusal.BAD_NUMBER
        assert scene.by_hand("A9999999").refusal is Refusal.BAD_NUMBER
        assert scene.by_hand(ended_at=now + SECOND).refusal is Refusal.BAD_TIME
        assert scene.by_hand(called_at=now, ended_at=now - SECOND).refusal is Refusal.BAD_TIME
        assert scene.by_hand(ago=24 * 3600).refusal is Refusal.BAD_TIME

    def test_who_takes_a_number_after_the_call_is_not_ended_by_it(self) -> None:
        scene = Scene()
        assert scene.by_hand("A002").done  # the pen slipped: A002 is on nobody's paper yet
        later = scene.kiosk.issue()
        scene.kiosk.push()
        ticket = scene.referee.run(lambda tx: tx.ticket(later.ticket))
        assert ticket is not None
        assert ticket.state is TicketState.WAITING
        (note,) = scene.referee.run(lambda tx: tx.hand_calls_open(later.day))
        assert note.n == 2  # it stays in the manager's sight

    def test_nor_is_one_already_known_but_clocks_may_differ_a_little(self) -> None:
        scene = Scene()
        scene.kiosk.push()
        assert scene.by_hand(ago=600 + 180).refusal is Refusal.BAD_TIME
        assert scene.ticket()[0] is TicketState.WAITING
        assert scene.by_hand(ago=600 + 90).done

    def test_a_number_that_nobody_can_have_printed_is_refused(self) -> None:
        scene = Scene()
        scene.kiosk.push()
        for wrong in ("A999999", "A302", "A7-001"):
            assert scene.by_hand(wrong).refusal is Refusal.BAD_NUMBER
        assert scene.by_hand("A301").done
        assert scene.by_hand("A1-001").done
        scene.referee.kiosk("kiosk-2")  # the more take turns, the further one alone leaps
        assert scene.by_hand("A601").done
        assert scene.by_hand("A602").refusal is Refusal.BAD_NUMBER

    def test_what_the_server_may_have_forgotten_is_given_more_room(self) -> None:
        scene = Scene()
        scene.kiosk.push()
        scene.set_back()
        assert scene.by_hand("A3001").done
        assert scene.by_hand("A50-001").done
        assert scene.by_hand("A3002").refusal is Refusal.BAD_NUMBER

    def test_a_second_note_does_not_replace_the_first_unless_the_citizen_came_back(self) -> None:
        scene = Scene()
        other = scene.referee.clerk(3, "1003")
        fields: dict[str, Any] = {"number": "A001", "called_at": scene.referee.moment.wall_us - 5 * MINUTE}
        ended = scene.referee.moment.wall_us - 4 * MINUTE
        missed = {**fields, "ended_at": ended, "outcome": HandOutcome.MISSED}
        assert scene.do(commands.EnterByHand, **missed).done
        assert scene.do(commands.EnterByHand, other, **fields, ended_at=ended).refusal is Refusal.ALREADY_OVER
        assert scene.do(commands.EnterByHand, other, number="A001", called_at=ended, ended_at=ended + MINUTE).done
        assert scene.do(commands.EnterByHand, **missed).refusal is Refusal.ALREADY_OVER
        scene.kiosk.push()
        assert scene.ticket()[0] is TicketState.FINISHED
        served = scene.referee.run(lambda tx: tx.get(Served, scene.id))
        assert served is not None
        assert served.window == 3

    def test_somebody_at_another_window_is_not_taken_from_there(self) -> None:
        scene = Scene()
        scene.kiosk.push()
        other = scene.referee.clerk(3, "1003")
        scene.do(commands.CallNext, other)
        assert scene.by_hand().refusal is Refusal.NOT_THIS_WINDOW
        assert scene.ticket()[0] is TicketState.CALLED

    def test_it_clears_a_doubt(self) -> None:
        scene = Scene()
        scene.kiosk.push()
        scene.set_back()
        assert scene.by_hand().done
        assert scene.ticket() == (TicketState.FINISHED, ())


class TestDeciding:
    def test_uncertain_tickets_wait_again_where_they_stood(self) -> None:
        scene = Scene()
        scene.kiosk.push()
        scene.set_back()
        assert scene.do(commands.CallNext).refusal is Refusal.NOBODY_WAITING
        assert scene.decide(commands.Confirm).done
        called = scene.do(commands.CallNext).ticket
        assert called is not None
        assert called.id == scene.id

    def test_or_are_called_by_a_persons_choice(self) -> None:
        scene = Scene()
        scene.kiosk.push()
        scene.set_back()
        assert scene.do(commands.CallTicket, ticket=scene.id, reason="人还在").done
        assert scene.ticket() == (TicketState.CALLED, ())

    @pytest.mark.parametrize("state", [TicketState.WAITING, TicketState.CALLED, TicketState.SERVING])
    def test_or_are_over_wherever_they_stood(self, state: TicketState) -> None:
        scene = Scene()
        scene.kiosk.push()
        if state is not TicketState.WAITING:
            scene.do(commands.CallNext)
        if state is TicketState.SERVING:
            scene.do(commands.StartService, ticket=scene.id)
        assert scene.decide(commands.Dismiss, ticket=scene.id).refusal is Refusal.WRONG_STATE
        scene.set_back()
        assert scene.decide(commands.Dismiss, ticket=scene.id).done
        assert scene.ticket()[0] is TicketState.CANCELLED
        assert scene.decide(commands.Dismiss, ticket=scene.id).refusal is Refusal.ALREADY_OVER
        assert scene.figures() == (1, 0)

    def test_a_recovery_is_waited_for_until_everybody_has_told_or_a_manager_ends_it(self) -> None:
        scene = Scene()
        assert scene.decide(commands.EndRecovery).refusal is Refusal.NO_RECOVERY
        scene.set_back()
        scene.referee.run(lambda tx: tick(tx, scene.referee.moment))
        assert scene.referee.run(recovery.open_recovery) is not None
        assert scene.decide(commands.EndRecovery).done
        assert scene.referee.run(recovery.open_recovery) is None

    def test_a_lane_given_up_is_waited_for_no_more(self) -> None:
        scene = Scene()
        scene.do(commands.SignOut)
        scene.set_back()
        scene.referee.run(lambda tx: recovery.acts_told(tx, scene.referee.moment, 1))
        assert scene.decide(commands.RetireLane, lane=7).refusal is Refusal.UNKNOWN_LANE
        assert scene.decide(commands.RetireLane, lane=1).done
        assert scene.decide(commands.RetireLane, lane=1).seq == 0
        assert scene.referee.run(recovery.open_recovery) is None
        retired = scene.referee.run(lambda tx: tx.get(Lane, 1))
        assert retired is not None
        assert retired.retired

    def test_a_number_printed_twice_is_in_no_queue_and_is_settled_once(self) -> None:
        scene = Scene()
        other = scene.referee.kiosk("kiosk-2")
        scene.kiosk.push()
        other.note(scene.body.model_copy(update={"ticket": "f" * 32}))
        assert other.push().highwater == 1
        assert scene.figures() == (1, 0)
        assert scene.decide(commands.SettleDouble, ticket="e" * 32).refusal is Refusal.UNKNOWN_TICKET
        assert scene.decide(commands.SettleDouble, ticket="f" * 32, note="换了新号").done
        assert scene.decide(commands.SettleDouble, ticket="f" * 32).seq == 0
        doubled = scene.referee.run(lambda tx: tx.get(Doubled, "f" * 32))
        assert doubled is not None
        assert doubled.settled_by == "9001"

    def test_managers_do_not_call_and_clerks_do_not_decide(self) -> None:
        scene = Scene()
        assert scene.decide(commands.CallNext).refusal is Refusal.NOT_ALLOWED
        for kind in (commands.Confirm, commands.EndRecovery):
            assert scene.do(kind).refusal is Refusal.NOT_ALLOWED

    def test_a_decision_asked_twice_is_taken_once(self) -> None:
        scene = Scene()
        scene.kiosk.push()
        scene.set_back()
        command = commands.Confirm(request_id=scene.referee.ids())
        first = scene.referee.do(scene.manager, command)
        assert scene.referee.do(scene.manager, command) == first
        answer = scene.referee.run(lambda tx: tx.get(Answer, command.request_id))
        assert answer is not None
        assert answer.window == 0


def test_the_day_is_not_closed_over_tickets_that_somebody_may_still_tell_of() -> None:
    scene = Scene()
    scene.kiosk.push()
    scene.set_back()
    scene.referee.pass_time(24 * 3600)
    scene.referee.run(lambda tx: tick(tx, scene.referee.moment))
    assert scene.ticket()[0] is TicketState.CANCELLED  # but yesterday's end with the day, whatever became of them
