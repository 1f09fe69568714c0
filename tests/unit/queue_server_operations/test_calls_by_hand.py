"""补录: calls made by hand while the server was away: once each, never somebody else's, taken back like any act."""

from typing import Any

import pytest

from hall.mending import HandOutcome
from hall.rating import Level
from hall.ticket import TicketState
from hall.wire import commands
from hall.wire.replies import Refusal
from queue_server.operations.views.desk import rating_page
from queue_server.store.records import HandCall, Served
from tests.support.outage_scene import MINUTE, Scene
from tests.support.referee import SECOND


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
