"""The kept summaries of days against the journal, figure by figure, and against the plain counts of a day."""

from datetime import date

from hall.rating import Level
from hall.statistics import DayFigures
from hall.tally import Tally
from hall.visits import GroupHalves, Subject, Visits
from queue_server.operations.summaries import bring_up_to_date, stored_days, stored_halves
from tests.support.referee import Referee


class Told:
    """A clock that shows a referee's moment."""

    def __init__(self, referee: Referee) -> None:
        self.now = lambda: referee.moment


def summed_as_the_journal_says(referee: Referee) -> None:
    """Bring the summaries up to date and compare every figure of every day and subject."""
    bring_up_to_date(referee.store, Told(referee), lambda: True, now=True)
    with referee.store.read() as reader:
        kept = stored_days(reader, date.min, date.max)
        entries = list(reader.entries())
        visits = Visits()
        for entry in entries:
            visits.add(entry)
        offset = reader.catalog().hall.offset_minutes
        assert kept == visits.days(offset)
        halves = stored_halves(reader, date.min, date.max)
        assert halves == visits.half_hours(offset)
    for day, subjects in kept.items():
        figures = DayFigures(day)
        for entry in entries:
            figures.add(entry)
        _half_hours_add_up_to_hours(halves.get(day, {}), subjects[Subject.GROUP])
        for subject in Subject:
            whole = Tally()
            for hours in subjects[subject].values():
                for tally in hours.values():
                    whole.merge(tally)
            counts = figures.groups.values()
            assert whole.arrivals == sum(each.issued for each in counts)
            assert whole.finished == sum(each.finished for each in counts)
            assert whole.missed == sum(each.missed for each in counts)
            assert whole.cancelled == sum(each.cancelled for each in counts)
            assert whole.waits.count == sum(each.first_calls for each in counts)
            assert whole.waits.sum_us == sum(each.wait_us for each in counts)
            assert whole.ratings == [figures.ratings.get(level, 0) for level in sorted(Level)]


def _half_hours_add_up_to_hours(halves: GroupHalves, hours: dict[str, dict[int, Tally]]) -> None:
    assert halves.keys() == hours.keys()
    for group, by_half in halves.items():
        added: dict[int, Tally] = {}
        for half, tally in by_half.items():
            added.setdefault(half // 2, Tally()).merge(tally)
        assert added == hours[group]
