"""Every question finds its answer through an index, so that old tickets cost nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from queue_server.store import Store, questions
from queue_server.store.questions import Question
from tests.support.referee import HALL_ID, Ids

NAMES = sorted(name for name, value in vars(questions).items() if isinstance(value, Question))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("questions") / "hall.db", HALL_ID, new_id=Ids()) as store:
        yield store


@pytest.mark.parametrize("name", NAMES)
def test_a_question_searches_and_never_scans(store: Store, name: str) -> None:
    text = getattr(questions, name).text
    values = (HALL_ID, *["0"] * (text.count("?") - 1))
    plan = [row[3] for row in store._database.execute_sql(f"EXPLAIN QUERY PLAN {text}", values)]
    assert plan
    harmless = ("SEARCH", "USE TEMP B-TREE FOR ORDER BY", "CORRELATED SCALAR SUBQUERY")
    assert all(step.startswith(harmless) for step in plan), plan


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("LIVE_TICKETS", "ticket_live"),
        ("LIVE_BEFORE", "ticket_live"),
        ("WAITING", "ticket_live"),
        ("ACTIVE_AT", "ticket_active"),
        ("TICKET_OF_NUMBER", "ticket_number"),
    ],
)
def test_tickets_are_found_by_the_index_made_for_it(store: Store, name: str, index: str) -> None:
    text = getattr(questions, name).text
    values = (HALL_ID, *["0"] * (text.count("?") - 1))
    plan = [row[3] for row in store._database.execute_sql(f"EXPLAIN QUERY PLAN {text}", values)]
    assert f"USING INDEX {index}" in plan[0], plan


def test_the_folder_of_the_hall_holds_only_its_own_files(tmp_path: Path) -> None:
    with Store.open(tmp_path / "hall.db", HALL_ID, new_id=Ids()):
        names = {path.name for path in tmp_path.iterdir()}
    assert names == {"hall.db", "hall.db-wal", "hall.db-shm", "hall.db.lock", "hall.db.watermark"}
