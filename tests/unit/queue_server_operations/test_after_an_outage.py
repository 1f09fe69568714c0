"""Slips of kiosks that cannot be reached and what a manager decides: once each, and never lost."""

import pytest

from hall.ticket import Flag, TicketState
from hall.wire import commands
from hall.wire.replies import Refusal
from queue_server.operations import recovery
from queue_server.operations.tick import tick
from queue_server.store.records import Answer, Doubled, Lane
from tests.support.outage_scene import Scene


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
