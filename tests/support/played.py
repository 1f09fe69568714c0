"""A day played from the journal against everything else that tells of it: statistics, and the live page of now."""

from datetime import date

from hall.grouping import By
from hall.opening import business_day
from queue_server.operations.day_replay import PlayableDay, playable_day
from queue_server.operations.progress import unheard
from queue_server.operations.summaries import bring_up_to_date, table
from queue_server.operations.views.hall_now import hall_now
from queue_server.operations.views.then import HallThen, hall_then
from queue_server.store import Reader
from tests.support.referee import Referee
from tests.support.summed import Told


def played(reader: Reader, day: date) -> PlayableDay:
    """A day read to its end."""
    return playable_day(reader, day, unheard)


def played_as_statistics_say(referee: Referee) -> None:
    """The last moment of every day has the figures that statistics have of it, group by group."""
    bring_up_to_date(referee.store, Told(referee), lambda: True, now=True)
    with referee.store.read() as reader:
        days = {entry.day for entry in reader.summaries(By.GROUP.value, date.min, date.max)}
        for day in days:
            found = played(reader, day)
            _says_what_is_counted(reader, day, hall_then(found, found.replay.span[1]))


def _says_what_is_counted(reader: Reader, day: date, then: HallThen) -> None:
    counted = {key[0]: tally for key, tally in table(reader, day, day, (By.GROUP,)).rows}
    for group in then.groups:
        tally = counted.pop(group.group, None)
        if tally is None:
            assert (group.issued, group.finished, group.missed, group.cancelled) == (0, 0, 0, 0)
            continue
        assert (group.issued, group.finished) == (tally.arrivals, tally.finished)
        assert (group.missed, group.cancelled) == (tally.missed, tally.cancelled)
        assert group.mean_wait_us == tally.waits.mean_us
    assert not counted


def played_as_the_live_page_says(referee: Referee) -> None:
    """What a replay of today says of now is what the live page says, save what was left over from days before."""
    with referee.store.read() as reader:
        now = hall_now(reader, referee.moment)
        day = business_day(now.at, reader.catalog().hall.offset_minutes)
        if any(ticket.day != day for ticket in reader.live_tickets()):
            return
        then = hall_then(played(reader, day), now.at)
    for live, told in zip(now.groups, then.groups, strict=True):
        assert (told.group, told.waiting, told.longest_wait_us) == (live.group, live.waiting, live.longest_wait_us)
        assert (told.fault_since, told.chosen) == (live.fault_since, live.chosen)
    shown = {window.status.number: window for window in then.windows}
    for window in now.windows:
        if business_day(window.status.since, 480) == day:
            seen = shown[window.status.number]
            assert (seen.shown_state, seen.number) == (window.shown_state, window.number)
            assert seen.status == window.status
            assert seen.serves == window.serves
