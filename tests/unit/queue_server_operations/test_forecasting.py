"""What was said of waits is kept, learned from, and judged by the waits that came."""

from dataclasses import replace

from hall.facts import TicketCancelled, TicketIssued
from hall.ticket import CancelReason, TicketClass
from hall.waiting import Wait, WaitKind
from hall.wire import commands
from hall.wire.views import ForecastAccuracy
from installer.forecast import in_words
from queue_server.forecast.outlook import Foretold, NewcomerOutlook, Outlook, Said
from queue_server.operations import forecasting
from queue_server.operations.tick import FORECASTS_KEPT_US, tick
from queue_server.operations.views import desk, hall_now, waits
from queue_server.store.records import Forecast
from tests.support.referee import Referee

SAID = Said(ahead=3, p20=300.0, p50=600.0, p90=1500.0, wait=Wait(kind=WaitKind.RANGE, low=5, high=25))


def foretold(referee: Referee, ticket: str, nth: int = 0, group: str = "alpha", said: Said = SAID) -> Foretold:
    return Foretold(
        ticket=ticket,
        nth=nth,
        at=referee.moment.wall_us,
        group=group,
        ticket_class=TicketClass.ORDINARY,
        said=said,
        features=(1.25,) * 11,
    )


def keep(referee: Referee, *foretold: Foretold) -> None:
    referee.run(lambda tx: forecasting.keep(tx, foretold))


def accuracy(referee: Referee) -> ForecastAccuracy:
    with referee.store.read() as reader:
        return forecasting.accuracy(reader, referee.moment)


def issued(referee: Referee, group: str = "alpha") -> TicketIssued:
    kiosk = referee.kiosk(f"kiosk-{group}-{referee.ids()[-3:]}")
    body = kiosk.issue(group)
    kiosk.push()
    return body


def called_after(referee: Referee, minutes: float, group: str = "alpha", window: int = 1) -> None:
    """A ticket of which `SAID` was said at issue, and its call."""
    ticket = issued(referee, group).ticket
    keep(referee, foretold(referee, ticket, group=group))
    referee.pass_time(minutes * 60)
    clerk = referee.clerk(window)
    assert referee.do(clerk, commands.CallNext(request_id=referee.ids())).ticket
    referee.do(clerk, commands.StartService(request_id=referee.ids(), ticket=ticket))
    referee.pass_time(30)
    referee.do(clerk, commands.FinishService(request_id=referee.ids(), ticket=ticket))


def test_the_share_kept_and_the_error_are_told_by_week_and_group() -> None:
    referee = Referee()
    for minutes in (10, 20, 26):
        called_after(referee, minutes)
    called_after(referee, 2, "beta", window=2)
    (week,) = accuracy(referee).weeks
    alpha, beta = week.groups
    assert (alpha.name, alpha.tickets, alpha.inside, alpha.late) == ("甲类", 3, 0.6667, 0.3333)
    assert alpha.mae_us == (0 + 10 + 16) * 60_000_000 // 3
    assert (beta.tickets, beta.inside, beta.late) == (1, 0, 0)
    assert (week.all.tickets, week.all.inside, week.all.late) == (4, 0.5, 0.25)
    assert week.first_day.weekday() == 0


def test_weeks_stand_apart_the_latest_first() -> None:
    referee = Referee()
    called_after(referee, 10)
    referee.pass_time(8 * 86_400)
    called_after(referee, 30)
    latest, before = accuracy(referee).weeks
    assert latest.first_day > before.first_day
    assert (latest.all.late, before.all.late) == (1, 0)


def test_only_ranges_said_at_issue_of_tickets_that_were_called_are_judged() -> None:
    referee = Referee()
    waiting = issued(referee)
    keep(referee, foretold(referee, waiting.ticket))
    assert accuracy(referee).weeks == ()
    referee.do(referee.clerk(), commands.CallNext(request_id=referee.ids()))
    later = foretold(referee, waiting.ticket, nth=1)
    may_not = SAID.model_copy(update={"wait": Wait(kind=WaitKind.MAY_NOT)})
    keep(referee, later, foretold(referee, issued(referee).ticket, said=may_not))
    (week,) = accuracy(referee).weeks
    assert week.all.tickets == 1


def test_a_forecast_that_starts_anew_learns_what_came_true_and_what_still_may() -> None:
    referee = Referee()
    called_after(referee, 10)
    waiting, left = issued(referee), issued(referee)
    keep(referee, foretold(referee, waiting.ticket), foretold(referee, left.ticket))
    gone = TicketCancelled(ticket=left.ticket, reason=CancelReason.LEFT)
    referee.run(lambda tx: tx.record(gone, referee.moment))
    with referee.store.read() as reader:
        found = forecasting.learned(reader)
    assert [each.foretold.ticket for each in found if each.called_at is None] == [waiting.ticket]
    assert len(found) == 2
    assert [each.foretold.at for each in found] == sorted(each.foretold.at for each in found)
    first = found[0]
    assert first.called_at == first.foretold.at + 10 * 60_000_000
    assert first.foretold.said == SAID
    assert first.foretold.features == (1.25,) * 11


def test_the_same_note_twice_is_one_and_old_ones_go() -> None:
    referee = Referee()
    ticket = issued(referee).ticket
    keep(referee, foretold(referee, ticket), foretold(referee, ticket), foretold(referee, ticket, nth=1))
    with referee.store.read() as reader:
        kept = [said for said, _ in reader.forecasts(after=0)]
    assert {said.nth for said in kept} == {0, 1}
    assert kept[0] == replace(kept[1], nth=kept[0].nth)
    referee.pass_time(FORECASTS_KEPT_US / 1_000_000 + 1)
    referee.run(lambda tx: tick(tx, referee.moment))
    with referee.store.read() as reader:
        assert list(reader.every(Forecast)) == []


def test_screens_say_what_was_foretold_for_them_and_nothing_without_it() -> None:
    referee = Referee()
    waiting = issued(referee, "beta")
    referee.clerk(2)
    paused = SAID.model_copy(update={"wait": Wait(kind=WaitKind.PAUSED)})
    outlook = Outlook(
        at=referee.moment.wall_us,
        seq=1,
        newcomers=(
            NewcomerOutlook(group="alpha", ticket_class=TicketClass.ORDINARY, said=SAID),
            NewcomerOutlook(group="alpha", ticket_class=TicketClass.PRIORITY, said=paused),
            NewcomerOutlook(group="beta", ticket_class=TicketClass.ORDINARY, said=paused),
        ),
        tickets={waiting.ticket: SAID},
    )
    alpha, beta = waits(referee.moment, outlook).groups
    assert (alpha.ordinary, alpha.priority) == (SAID.wait, paused.wait)
    assert (beta.ordinary, beta.priority) == (paused.wait, paused.wait)
    with referee.store.read() as reader:
        seen = desk(reader, referee.moment, 2, outlook=outlook)
        assert seen.queue[0].wait == SAID.wait
        assert [each.group for each in seen.waits] == ["alpha", "beta"]
        assert desk(reader, referee.moment, 1, outlook=outlook).waits == (alpha,)
        assert hall_now(reader, referee.moment, outlook=outlook).groups[0].wait == SAID.wait
        bare = desk(reader, referee.moment, 2)
        assert (bare.waits, bare.queue[0].wait) == ((), None)
    assert waits(referee.moment, None).groups == ()


def test_the_verb_tells_each_week_in_one_line_and_its_groups_below() -> None:
    referee = Referee()
    assert "还没有" in in_words(accuracy(referee))
    called_after(referee, 20)
    called_after(referee, 26)
    first, group = in_words(accuracy(referee)).splitlines()
    assert first.endswith("2 人，50% 在所说范围内，50% 比上限还晚，与中位数平均差 13.0 分钟")
    assert group.strip().startswith("甲类：2 人")
