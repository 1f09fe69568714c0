"""Taking back the last act, and the citizen's own press."""

import pytest

from hall.facts import TicketFlagged
from hall.rating import Level
from hall.statistics import Counts, fold
from hall.ticket import Flag
from hall.wire import commands
from hall.wire.replies import Refusal
from queue_server.store import check
from tests.support.visit import TABLE, S, Visit


def figures(visit: Visit) -> dict[str, Counts]:
    """What the manager reads, as anybody with the journal recomputes it."""
    with visit.referee.store.read() as reader:
        groups = fold(visit.ticket.day, reader.entries()).groups
    return {group: counts for group, counts in groups.items() if counts != Counts()}


class TestRating:
    """Once, by the citizen's page, for the service just finished there."""

    def test_only_the_page_may_rate_and_only_once(self) -> None:
        visit = Visit()
        visit.bring_to(S.FINISHED)
        page, day = visit.referee.rating_page(1), visit.ticket.day
        assert visit.on(commands.Rate, level=Level.GOOD).refusal is Refusal.NOT_ALLOWED
        assert visit.on(commands.Rate, page, level=Level.BAD).done
        assert visit.on(commands.Rate, page, level=Level.GOOD).refusal is Refusal.ALREADY_RATED
        assert visit.referee.run(lambda tx: tx.ratings_on(day)) == {2: 1}

    def test_not_at_another_window_and_not_before_the_end(self) -> None:
        visit = Visit()
        page, other = visit.referee.rating_page(1), visit.referee.rating_page(3)
        visit.bring_to(S.SERVING)
        assert visit.on(commands.Rate, page, level=Level.GOOD).refusal is Refusal.NOT_THIS_WINDOW
        visit.on(commands.FinishService)
        assert visit.on(commands.Rate, other, level=Level.GOOD).refusal is Refusal.NOT_THIS_WINDOW
        assert visit.do(commands.Rate, page, ticket="e" * 32, level=Level.GOOD).refusal is Refusal.UNKNOWN_TICKET


class TestUndo:
    """The last act, for ten seconds, before the next."""

    @pytest.mark.parametrize("name", list(TABLE))
    def test_every_act_can_be_taken_back(self, name: str) -> None:
        kind, fields, allowed = TABLE[name]
        for state in allowed:
            visit = Visit()
            visit.bring_to(state)
            if kind is commands.MarkMissed:
                visit.call_enough()
            before, counted = visit.ticket, figures(visit)
            visit.referee.pass_time(3)
            assert visit.on(kind, **fields).done
            visit.referee.pass_time(9)
            assert visit.on(commands.Undo).done
            assert visit.ticket == before.model_copy(update={"changed_at": visit.ticket.changed_at})
            assert figures(visit) == counted  # what was taken back is not in the manager's figures either
            with visit.referee.store.read() as reader:
                assert check(reader).differences == ()

    def test_not_after_ten_seconds_nor_twice_nor_after_another_act(self) -> None:
        visit = Visit()
        assert visit.on(commands.Undo).refusal is Refusal.UNDO_TOO_LATE
        visit.call()
        visit.referee.pass_time(11)
        assert visit.on(commands.Undo).refusal is Refusal.UNDO_TOO_LATE
        visit.start()
        visit.do(commands.Pause)
        assert visit.on(commands.Undo).refusal is Refusal.UNDO_TOO_LATE
        visit.on(commands.FinishService)
        assert visit.on(commands.Undo).done
        assert visit.on(commands.Undo).refusal is Refusal.UNDO_TOO_LATE

    def test_not_another_windows_act(self) -> None:
        visit = Visit()
        visit.call()
        other = visit.referee.clerk(3, "1003")
        assert visit.on(commands.Undo, other).refusal is Refusal.UNDO_TOO_LATE

    def test_not_after_the_rating_and_the_unfinished_cannot_be_rated(self) -> None:
        visit = Visit()
        page = visit.referee.rating_page(1)
        visit.bring_to(S.FINISHED)
        assert visit.on(commands.Undo).done
        assert visit.on(commands.Rate, page, level=Level.GOOD).refusal is Refusal.NOT_THIS_WINDOW
        visit.on(commands.FinishService)
        visit.on(commands.Rate, page, level=Level.GOOD)
        assert visit.on(commands.Undo).refusal is Refusal.UNDO_TOO_LATE

    def test_marks_set_meanwhile_stay(self) -> None:
        visit = Visit()
        visit.call()
        later = visit.kiosk.facts[0].fact.body
        assert later.kind == "ticket_issued"
        visit.referee.run(lambda tx: tx.record(_uncertain(visit.id), visit.referee.moment))
        assert visit.on(commands.Undo).done
        assert visit.ticket.flags == ("uncertain",)


def _uncertain(ticket: str) -> TicketFlagged:
    return TicketFlagged(ticket=ticket, flag=Flag.UNCERTAIN)
