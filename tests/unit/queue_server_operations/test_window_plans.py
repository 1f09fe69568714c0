"""Window plans at work: switched by one act, skills change at once, a service goes on; what came of it is recorded."""

import pytest
from pydantic import ValidationError

from hall.window_plan import PlanWait, waits_of
from hall.wire import commands
from hall.wire.replies import Refusal, Reply
from queue_server.operations.commands import carry_out
from queue_server.operations.sessions import open_session
from queue_server.operations.tick import tick
from queue_server.store import Transaction, check
from queue_server.store.records import PlanSwitch, SessionKind
from tests.support.referee import HALL_KEY, Referee
from tests.unit.hall.test_window_plan import TIDE, with_plan

HOUR = 3600
EXPECTED = (PlanWait(group="alpha", minutes=22),)
AS_IS = (PlanWait(group="alpha", minutes=48),)


def hall() -> Referee:
    """Window 2 serves B, and A too while the plan is in force."""
    return Referee(catalog=with_plan())


def switch(
    referee: Referee,
    plan: str,
    request_id: str = "",
    as_is: tuple[PlanWait, ...] = AS_IS,
    expected: tuple[PlanWait, ...] = EXPECTED,
) -> Reply:
    """A manager's act."""

    def act(transaction: Transaction) -> Reply:
        session = open_session(transaction, referee.moment, SessionKind.MANAGER, "9001")[1]
        command = commands.SwitchPlan(request_id=request_id or referee.ids(), plan=plan, as_is=as_is, expected=expected)
        return carry_out(transaction, referee.moment, session, command, HALL_KEY)

    return referee.run(act)


def switches(referee: Referee) -> list[PlanSwitch]:
    """All of them."""
    return referee.run(lambda tx: tx.plan_switches(0))


def test_whom_a_window_may_call_changes_with_the_switch_and_whoever_is_served_stays() -> None:
    referee = hall()
    kiosk, clerk = referee.kiosk(), referee.clerk(2)
    served = kiosk.issue("beta")
    kiosk.issue("alpha")
    kiosk.issue("beta")
    kiosk.push()
    first = referee.do(clerk, commands.CallNext(request_id=referee.ids())).ticket
    assert first is not None
    assert first.id == served.ticket
    referee.do(clerk, commands.StartService(request_id=referee.ids(), ticket=first.id))
    assert switch(referee, TIDE).done
    assert referee.do(clerk, commands.FinishService(request_id=referee.ids(), ticket=first.id)).done
    second = referee.do(clerk, commands.CallNext(request_id=referee.ids())).ticket
    assert second is not None
    assert second.group == "alpha", "it serves A alone now, without the minutes of a helper"
    assert second.effective_at == second.issued_at


def test_a_switch_is_one_act_and_goes_back_by_another() -> None:
    referee = hall()
    usual = referee.run(lambda tx: tx.catalog())
    assert switch(referee, "没有的").refusal is Refusal.UNKNOWN_PLAN
    assert switch(referee, "").seq == 0, "nothing to do"
    reply = switch(referee, TIDE, "a" * 32)
    assert switch(referee, TIDE, "a" * 32) == reply
    assert referee.run(lambda tx: tx.catalog().plan) == TIDE
    assert switch(referee, TIDE).seq == 0, "in force already"
    assert switch(referee, "").done
    assert referee.run(lambda tx: tx.catalog()) == usual
    assert [each.plan for each in switches(referee)] == [TIDE, ""]


def test_figures_of_no_group_of_the_hall_or_of_no_day_are_not_recorded() -> None:
    referee = hall()
    assert switch(referee, TIDE, as_is=(PlanWait(group="nope", minutes=5),)).refusal is Refusal.UNKNOWN_GROUP
    assert switch(referee, TIDE, expected=(PlanWait(group="nope", minutes=5),)).refusal is Refusal.UNKNOWN_GROUP
    with pytest.raises(ValidationError, match="1440"):
        switch(referee, TIDE, as_is=(PlanWait(group="alpha", minutes=999_999),))
    assert switches(referee) == []


def test_a_new_catalogue_leaves_the_plan_in_force_if_it_still_has_it() -> None:
    referee = hall()
    switch(referee, TIDE)
    assert not referee.publish(with_plan()), "the same catalogue again changes nothing"
    named = with_plan()
    renamed = named.model_copy(update={"hall": named.hall.model_copy(update={"notice": "今天"})})
    assert referee.publish(renamed)
    assert referee.run(lambda tx: tx.catalog()) == renamed.under(TIDE)
    without = named.model_copy(update={"windows": named.windows[:1]})
    assert referee.publish(without)
    assert referee.run(lambda tx: tx.catalog()) == without


def test_what_was_forecast_and_what_then_happened_stand_in_the_journal() -> None:
    """Two came within the hour and were called after four and nine minutes; one came later."""
    referee = hall()
    kiosk, clerk = referee.kiosk(), referee.clerk(1)
    seq = switch(referee, TIDE).seq
    for waits in (240, 540):
        kiosk.issue("alpha")
        kiosk.push()
        referee.pass_time(waits)
        ticket = referee.do(clerk, commands.CallNext(request_id=referee.ids())).ticket
        assert ticket is not None
        referee.do(clerk, commands.StartService(request_id=referee.ids(), ticket=ticket.id))
        referee.do(clerk, commands.FinishService(request_id=referee.ids(), ticket=ticket.id))
    referee.pass_time(HOUR)
    kiosk.issue("alpha")
    kiosk.push()
    referee.run(lambda tx: tick(tx, referee.moment))
    assert not switches(referee)[0].judged_at, "too early to say"
    referee.pass_time(HOUR)
    for _ in range(2):
        referee.run(lambda tx: tick(tx, referee.moment))
    (found,) = switches(referee)
    assert (found.seq, found.staff) == (seq, "9001")
    assert (waits_of(found.as_is), waits_of(found.expected)) == (AS_IS, EXPECTED)
    assert waits_of(found.happened) == (PlanWait(group="alpha", minutes=9),)
    with referee.store.read() as reader:
        assert check(reader).differences == ()
        kinds = [entry.fact.body.kind for entry in reader.entries()]
    assert kinds.count("window_plan_judged") == 1


def test_a_clerk_switches_no_plan() -> None:
    referee = hall()
    clerk = referee.clerk(1)
    assert referee.do(clerk, commands.SwitchPlan(request_id=referee.ids(), plan=TIDE)).refusal is Refusal.NOT_ALLOWED
