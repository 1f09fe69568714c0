"""Alerts at work: raised by looks at a real store, quiet once acknowledged, the same after the server came back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hall.alerts import Alert
from hall.clock import Moment
from hall.wire.commands import AcknowledgeAlert, CallNext
from hall.wire.replies import Refusal, Reply
from queue_server.api.screens import looking
from queue_server.operations.commands import carry_out
from queue_server.operations.sessions import open_session
from queue_server.store import Store, Transaction, check
from queue_server.store.records import SessionKind
from queue_server.watching import Watching
from tests.support.referee import HALL_ID, HALL_KEY, Referee

TARGET = 40


class Hall:
    """A hall in which somebody waits before an idle window, and its server's looks; `started` anew after a restart."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.referee = Referee(path)
        self.clerk = self.referee.clerk(1)
        kiosk = self.referee.kiosk()
        kiosk.issue("alpha")
        kiosk.push()
        self.start()

    def now(self) -> Moment:
        return self.referee.moment

    def start(self) -> None:
        self.watching = Watching(self.referee.store, self, looking(self.referee.store, self), TARGET)

    def restart(self) -> None:
        self.referee.store.close()
        self.referee.store = Store.open(self._path, HALL_ID, new_id=self.referee.ids)
        self.start()

    def pass_minutes(self, minutes: int) -> None:
        for _ in range(minutes):
            self.referee.pass_time(60)
            self.referee.run(self._hear_the_window)
            self.watching.look()

    def _hear_the_window(self, transaction: Transaction) -> None:
        transaction.put(self.clerk.used_at(self.now().wall_us))

    def alerts(self) -> list[Alert]:
        return self.referee.run(lambda tx: list(tx.every(Alert)))

    def kinds(self) -> list[str]:
        with self.referee.store.read() as reader:
            kinds = [entry.fact.body.kind for entry in reader.entries()]
        return [kind for kind in kinds if kind.startswith("alert_")]

    def acknowledge(self, alert: Alert, note: str) -> Reply:
        def say(transaction: Transaction) -> Reply:
            session = open_session(transaction, self.now(), SessionKind.MANAGER, "9001")[1]
            command = AcknowledgeAlert(
                request_id=self.referee.ids(),
                about=alert.about,
                subject=alert.subject,
                raised_at=alert.raised_at,
                note=note,
            )
            return carry_out(transaction, self.now(), session, command, HALL_KEY)

        return self.referee.run(say)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = Hall(tmp_path / "hall.db")
    yield hall
    hall.referee.store.close()


def test_it_rings_once_over_restarts_and_comes_back_exactly_as_it_was(hall: Hall) -> None:
    hall.pass_minutes(5)
    (alert,) = hall.alerts()
    assert (alert.about.value, alert.subject, alert.measure) == ("idle", "1", 1)
    for _ in range(3):
        hall.restart()
        assert [each.model_copy(update={"escalated_at": 0}) for each in hall.alerts()] == [alert]
        hall.pass_minutes(5)
    assert hall.kinds() == ["alert_raised", "alert_escalated"]


def test_acknowledged_with_a_note_it_is_quiet_and_the_same_after_a_rebuild(hall: Hall) -> None:
    hall.pass_minutes(4)
    (alert,) = hall.alerts()
    assert hall.acknowledge(alert, "打 13800138000 找他").refusal is Refusal.PERSONAL_WORDS
    assert hall.acknowledge(alert, "他去复印了").done
    assert hall.acknowledge(alert, "我也看到了").seq == 0, "the first word stands"
    hall.restart()
    hall.pass_minutes(15)
    (quiet,) = hall.alerts()
    assert (quiet.rings, quiet.staff, quiet.note) == (False, "9001", "他去复印了")
    with hall.referee.store.read() as reader:
        assert check(reader).tables_agree, "the tables say of alerts what the journal says"
    assert hall.acknowledge(alert.model_copy(update={"raised_at": 1}), "").refusal is Refusal.ALREADY_OVER


def test_it_is_over_once_somebody_is_called(hall: Hall) -> None:
    hall.pass_minutes(4)
    assert hall.referee.do(hall.clerk, CallNext(request_id=hall.referee.ids())).done
    hall.pass_minutes(3)
    assert hall.alerts() == []
    assert hall.kinds() == ["alert_raised", "alert_over"]
