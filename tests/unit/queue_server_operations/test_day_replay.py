"""A past day played: things stand where they happened, it can be stopped, and it says nothing that was not so."""

from datetime import date

import pytest

from hall.clock import MINUTE_US
from hall.facts import TicketFlagged
from hall.opening import business_day
from hall.ticket import Flag
from hall.wire import commands
from hall.wire.views import GroupNow, WindowNow
from queue_server.operations.day_replay import PlayableDay, playable_day
from queue_server.operations.errors import StoppedError
from queue_server.operations.tick import tick
from queue_server.operations.views.then import hall_then
from queue_server.web.manage.replay_words import at_clock
from tests.support.played import played, played_as_statistics_say, played_as_the_live_page_says
from tests.support.referee import Referee

MINUTE = 60


def today_of(referee: Referee) -> date:
    with referee.store.read() as reader:
        return max(ticket.day for ticket in reader.live_tickets())


def read(referee: Referee, day: date) -> PlayableDay:
    with referee.store.read() as reader:
        return played(reader, day)


def group(day: PlayableDay, at: int, name: str = "alpha") -> GroupNow:
    return next(each for each in hall_then(day, at).groups if each.group == name)


def window(day: PlayableDay, at: int, number: int = 1) -> WindowNow:
    return next(each for each in hall_then(day, at).windows if each.status.number == number)


def do(referee: Referee, clerk: object, kind: type[commands.Command], **fields: object) -> None:
    assert referee.do(clerk, kind(request_id=referee.ids(), **fields)).done  # type: ignore[arg-type]


def test_a_visit_is_seen_step_by_step() -> None:
    referee = Referee()
    clerk, kiosk = referee.clerk(1), referee.kiosk()
    kiosk.issue("alpha")
    kiosk.push()
    came = referee.moment.wall_us
    referee.pass_time(4 * MINUTE)
    do(referee, clerk, commands.CallNext)
    called = referee.moment.wall_us
    day = today_of(referee)
    referee.pass_time(MINUTE)
    with referee.store.read() as reader:
        (ticket,) = list(reader.live_tickets())
    do(referee, clerk, commands.StartService, ticket=ticket.id)
    started = referee.moment.wall_us
    referee.pass_time(9 * MINUTE)
    do(referee, clerk, commands.FinishService, ticket=ticket.id)
    ended = referee.moment.wall_us
    found = read(referee, day)

    assert group(found, came - 1).issued == 0
    assert (group(found, came).waiting, group(found, came).issued) == (1, 1)
    assert group(found, called - 1).longest_wait_us == called - 1 - came
    assert group(found, called).waiting == 0
    assert group(found, called).mean_wait_us == called - came
    assert (window(found, called - 1).shown_state, window(found, called - 1).number) == ("idle", "")
    assert (window(found, called).shown_state, window(found, called).number) == ("calling", ticket.number)
    assert (window(found, started).shown_state, window(found, started).since) == ("serving", started)
    assert window(found, started).status.clerk == "1001"
    assert (group(found, ended - 1).finished, group(found, ended).finished) == (0, 1)
    assert (window(found, ended).shown_state, window(found, ended).since) == ("idle", ended)  # free since then


def test_a_number_that_a_kiosk_told_of_later_has_waited_since_it_was_taken() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    kiosk.issue("alpha", offline=True)
    taken = referee.moment.wall_us
    referee.pass_time(50 * MINUTE)
    kiosk.push()
    found = read(referee, today_of(referee))
    assert group(found, taken + MINUTE_US).waiting == 1
    assert group(found, taken + 30 * MINUTE_US).longest_wait_us == 30 * MINUTE_US


def test_what_was_taken_back_is_seen_while_it_stood_and_counts_nothing() -> None:
    referee = Referee()
    clerk, kiosk = referee.clerk(1), referee.kiosk()
    kiosk.issue("alpha")
    kiosk.push()
    referee.pass_time(MINUTE)
    do(referee, clerk, commands.CallNext)
    called = referee.moment.wall_us
    referee.pass_time(5)
    with referee.store.read() as reader:
        (ticket,) = list(reader.live_tickets())
    do(referee, clerk, commands.Undo, ticket=ticket.id)
    undone = referee.moment.wall_us
    found = read(referee, today_of(referee))
    assert (group(found, called).waiting, window(found, called).number) == (0, ticket.number)
    assert (group(found, undone).waiting, window(found, undone).number) == (1, "")
    assert group(found, undone).mean_wait_us is None
    played_as_statistics_say(referee)
    played_as_the_live_page_says(referee)


def test_what_ended_only_after_the_day_stands_at_its_end() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    kiosk.issue("alpha")
    kiosk.push()
    day = today_of(referee)
    referee.pass_time(3 * 24 * 60 * MINUTE)  # nobody was there at midnight
    referee.run(lambda tx: tick(tx, referee.moment))
    found = read(referee, day)
    last = found.replay.span[1]
    assert (at_clock(last, 480), business_day(last, 480)) == ("23:59:59", day)
    assert (group(found, last - 1).waiting, group(found, last).waiting, group(found, last).cancelled) == (1, 0, 1)
    played_as_statistics_say(referee)


def test_whoever_is_sent_on_counts_where_each_thing_happened() -> None:
    referee = Referee()
    first, second, kiosk = referee.clerk(1), referee.clerk(2, "1002"), referee.kiosk()
    kiosk.issue("alpha")
    kiosk.push()
    referee.pass_time(MINUTE)
    do(referee, first, commands.CallNext)
    with referee.store.read() as reader:
        (ticket,) = list(reader.live_tickets())
    do(referee, first, commands.StartService, ticket=ticket.id)
    do(referee, first, commands.Transfer, ticket=ticket.id, group="beta")
    sent = referee.moment.wall_us
    referee.pass_time(MINUTE)
    found = read(referee, ticket.day)
    assert (group(found, sent).issued, group(found, sent, "beta").issued) == (1, 0)
    assert (group(found, sent).waiting, group(found, sent, "beta").waiting) == (0, 1)
    do(referee, second, commands.CallNext)
    played_as_statistics_say(referee)
    played_as_the_live_page_says(referee)


def test_a_ticket_of_which_nobody_knows_is_in_no_queue() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    ticket = kiosk.issue("alpha").ticket
    kiosk.note(TicketFlagged(ticket=ticket, flag=Flag.UNCERTAIN))
    kiosk.push()
    at = referee.moment.wall_us
    assert group(read(referee, today_of(referee)), at).waiting == 0
    played_as_the_live_page_says(referee)


def test_reading_tells_how_far_it_is_and_stops_when_told() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    for _ in range(60):
        kiosk.issue("alpha")
    kiosk.push()
    day, told = today_of(referee), list[tuple[int, int]]()
    with referee.store.read() as reader:

        def go_on(done: int, total: int) -> bool:
            told.append((done, total))
            return True

        playable_day(reader, day, go_on)
        total = reader.count_of_day(day)
        assert told[0] == (0, total)
        assert [done for done, _ in told] == sorted(done for done, _ in told)
        assert told[-1][0] >= total - 25
        stops = iter([True, False])
        with pytest.raises(StoppedError):
            playable_day(reader, day, lambda _done, _total: next(stops))


def test_a_day_on_which_nothing_happened_has_nothing_to_play() -> None:
    referee = Referee()
    found = read(referee, date(2026, 1, 1))
    assert found.replay.span == (0, 0)
    assert {each.waiting for each in hall_then(found, 0).groups} == {0}
