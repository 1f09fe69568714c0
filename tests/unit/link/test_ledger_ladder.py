"""Every earlier schema of the ledger climbs to the present one with all that stood in it, or stays as it was."""

from datetime import timedelta
from pathlib import Path

import apsw
import pytest

from hall.facts import TicketIssued
from hall.ticket import TicketState
from queue_server.link.errors import LedgerUnwritable
from queue_server.link.ledger import JobState, database
from queue_server.link.ledger.database import FILE
from queue_server.link.ledger.schema import LADDER
from tests.support.ledgers import HOLDER, issue, item, open_ledger, plan, welcome
from tests.support.tickets import DAY, NINE, entry

GOLDEN = Path(__file__).parents[2] / "golden" / "ledger"
WEEK = 9 * 86_400_000_000


@pytest.fixture(params=range(1, len(LADDER)))
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A data folder as the program of an earlier schema left it."""
    file = apsw.Connection(str(tmp_path / FILE))
    file.execute((GOLDEN / f"schema-{request.param}.sql").read_text(encoding="utf-8"))
    file.close()
    return tmp_path


def version_of(folder: Path) -> int:
    file = apsw.Connection(str(folder / FILE))
    found = int(file.pragma("user_version"))
    file.close()
    return found


def test_there_is_a_file_of_every_earlier_schema() -> None:
    assert sorted(path.name for path in GOLDEN.iterdir()) == [f"schema-{n}.sql" for n in range(1, len(LADDER))]


def test_nothing_is_lost_and_counting_goes_on(folder: Path) -> None:
    with open_ledger(folder) as ledger:
        state = ledger.state
        assert (state.lane, state.last_seq, state.acked, state.replaces, state.next_plan) == (2, 6, 2, None, None)
        assert [(s.fact.lane_seq, s.fact.body.kind) for s in ledger.unsent()] == [
            (3, "ticket_issued"),
            (4, "slip_printed"),
            (5, "health_changed"),
            (6, "ticket_issued"),
        ]
        assert ledger.unsent()[0].holder == HOLDER
        assert {t.number: t.state for t, _ in ledger.live_tickets(DAY)} == {
            "A001": TicketState.CALLED,
            "A004": TicketState.WAITING,
            "A007": TicketState.WAITING,
            "A050": TicketState.WAITING,
            "B001": TicketState.WAITING,
        }
        assert [job.state for job in ledger.jobs(*JobState)] == ["printed", "sent", "issued", "issued"]
        assert ledger.catalog() is not None
        assert issue(ledger).number == "A052"
        assert issue(ledger, day=DAY + timedelta(days=2)).number == "A001"
    assert version_of(folder) == len(LADDER)


def test_what_was_acknowledged_stays_a_week_more(folder: Path) -> None:
    with open_ledger(folder) as ledger:
        ledger.tidy(NINE + WEEK)
        ledger.apply_welcome(welcome(highwater=2))
        ledger.tidy(NINE + WEEK // 2)
        ledger.apply_welcome(welcome(highwater=1, epoch="f" * 32))
        assert [s.fact.lane_seq for s in ledger.unsent()] == [2, 3, 4, 5, 6]


def test_it_lives_where_it_was_found_from_then_on(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    open_ledger(folder).close()
    copy = tmp_path_factory.mktemp("copy")
    (copy / FILE).write_bytes((folder / FILE).read_bytes())
    with open_ledger(folder) as ledger, open_ledger(copy) as other:
        assert (ledger.lane, other.lane, other.state.replaces) == (2, None, 2)


def test_the_servers_word_on_the_time_counts_where_it_had_not_told_yet(folder: Path) -> None:
    with open_ledger(folder, welcome(plan=plan(), highwater=2)) as ledger:
        seventh = ledger.unsent()[0].fact
        ledger.apply_feed([item(entry(3, seventh.body, at=NINE + 77, lane=2, lane_seq=3))])
        assert isinstance(seventh.body, TicketIssued)
        heard = ledger.ticket(seventh.body.ticket)
        assert heard is not None
        assert heard.issued_at == NINE + 77


def test_a_disk_that_stops_on_the_way_leaves_the_file_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (folder / FILE).read_bytes()
    broken = (*LADDER[:-1], (*LADDER[-1], "INSERT INTO no_such_table VALUES (1)"))
    monkeypatch.setattr(database, "LADDER", broken)
    with pytest.raises(LedgerUnwritable):
        open_ledger(folder)
    monkeypatch.undo()
    assert (folder / FILE).read_bytes() == before
    with open_ledger(folder) as ledger:
        assert ledger.unsent_count() == 4
