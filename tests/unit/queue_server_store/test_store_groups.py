"""Groups of operations: one commit for many, each alone in its failure, answered only when durable."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from hall.clock import Moment
from hall.errors import BugError
from hall.facts import WindowOpened, WindowPaused
from hall.ticket import TicketState
from hall.wire.sync import FeedItem
from queue_server.store import Store, Transaction, check
from queue_server.store.errors import ClosedError, ConflictError, DiskError
from queue_server.store.records import Meta
from tests.support.referee import HALL_ID, Ids, Referee


@pytest.fixture
def referee(tmp_path: Path) -> Iterator[Referee]:
    referee = Referee(tmp_path / "hall.db")
    yield referee
    referee.store.close()


def hold_writer(store: Store) -> threading.Event:
    """Occupy the writer, so that what is written meanwhile forms one group."""
    entered, go_on = threading.Event(), threading.Event()

    def wait(_: Transaction) -> None:
        entered.set()
        assert go_on.wait(30)

    store.write(wait)
    assert entered.wait(30)
    return go_on


def test_a_failing_operation_rolls_back_alone(referee: Referee) -> None:
    def fail(transaction: Transaction) -> None:
        transaction.record(WindowOpened(window=2, clerk="1002"), referee.moment)
        raise ValueError("second thoughts")

    with referee.store.read() as reader:
        before = reader.head_seq()
    go_on = hold_writer(referee.store)
    first = referee.store.write(lambda tx: tx.record(WindowOpened(window=1, clerk="1001"), referee.moment))
    second = referee.store.write(fail)
    third = referee.store.write(lambda tx: tx.record(WindowPaused(window=1, clerk="1001"), referee.moment))
    go_on.set()
    assert (first.result().seq, third.result().seq) == (before + 1, before + 2)
    with pytest.raises(ValueError, match="second thoughts"):
        second.result()
    with referee.store.read() as reader:
        assert reader.window(2).clerk is None
        assert check(reader).differences == ()


@pytest.mark.parametrize(("most_at_once", "commits"), [(256, [3]), (2, [2, 1]), (1, [1, 1, 1])])
def test_no_more_than_so_many_share_a_commit(tmp_path: Path, most_at_once: int, commits: list[int]) -> None:
    heard: list[list[FeedItem]] = []
    with Store.open(tmp_path / "hall.db", HALL_ID, new_id=Ids(), most_at_once=most_at_once) as store:
        go_on = hold_writer(store)
        store.on_commit(heard.append)
        moment = Moment(wall_us=1, mono_us=1, boot_id="b" * 32)
        bodies = [WindowOpened(window=window, clerk="1001") for window in (1, 2, 3)]
        opened = [store.write(partial(Transaction.record, body=body, moment=moment)) for body in bodies]
        go_on.set()
        assert [future.result(30).seq for future in opened] == [1, 2, 3]
    assert [len(items) for items in heard] == commits


def test_the_order_of_waiting_forgets_what_was_rolled_back(referee: Referee) -> None:
    kiosk = referee.kiosk()
    kiosk.issue()
    kiosk.push()
    clerk = referee.clerk(1)

    def call_and_fail(transaction: Transaction) -> None:
        ticket = next(transaction.waiting())
        transaction.move(ticket, ticket.model_copy(update={"state": TicketState.CALLED, "window": 1}))
        assert len(transaction.order) == 0
        raise ValueError

    with pytest.raises(ValueError):
        referee.run(call_and_fail)
    assert referee.run(lambda tx: [ticket.number for ticket in tx.order]) == ["A001"]
    assert clerk.window == 1


def test_an_answer_comes_after_the_commit_and_after_the_listeners(referee: Referee) -> None:
    heard: list[FeedItem] = []
    referee.store.on_commit(heard.extend)
    entry = referee.store.write(lambda tx: tx.record(WindowOpened(window=1, clerk="1001"), referee.moment)).result()
    assert [item.entry for item in heard] == [entry]
    with referee.store.read() as reader:
        assert reader.head_seq() == entry.seq


def test_a_listener_that_fails_harms_nobody(referee: Referee, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_: list[FeedItem]) -> None:
        raise RuntimeError

    heard: list[FeedItem] = []
    referee.store.on_commit(fail)
    referee.store.on_commit(heard.extend)
    referee.run(lambda tx: tx.record(WindowOpened(window=1, clerk="1001"), referee.moment))
    assert len(heard) == 1
    assert "store.listener_failed" in caplog.text


def test_a_reader_keeps_its_picture_while_the_writer_goes_on(referee: Referee) -> None:
    with referee.store.read() as reader:
        before = reader.head_seq()
        referee.store.write(lambda tx: tx.record(WindowOpened(window=1, clerk="1001"), referee.moment)).result()
        assert reader.head_seq() == before
    with referee.store.read() as reader:
        assert reader.head_seq() == before + 1


def test_a_full_disk_fails_the_group_whole_and_the_store_goes_on(referee: Referee) -> None:
    database = referee.store._database
    pages = database.pragma("page_count")
    database.pragma("max_page_count", pages)
    with referee.store.read() as reader:
        before = reader.head()
    go_on = hold_writer(referee.store)
    big = referee.store.write(lambda tx: tx.put(Meta("big", "x" * 1_000_000)))
    small = referee.store.write(lambda tx: tx.record(WindowOpened(window=1, clerk="1001"), referee.moment))
    go_on.set()
    with pytest.raises(DiskError):
        big.result()
    outcome = small.exception()
    with referee.store.read() as reader:
        assert (reader.head() == before) == isinstance(outcome, DiskError)
    database.pragma("max_page_count", 1 << 30)
    referee.run(lambda tx: tx.record(WindowOpened(window=2, clerk="1002"), referee.moment))
    with referee.store.read() as reader:
        assert check(reader).chain_ok


def test_a_broken_constraint_is_our_own_bug(referee: Referee) -> None:
    kiosk = referee.kiosk()
    kiosk.issue()
    kiosk.push()

    def twice(transaction: Transaction) -> None:
        ticket = next(transaction.waiting())
        transaction.move(None, ticket.model_copy(update={"id": transaction.new_id()}))

    with pytest.raises(ConflictError):
        referee.run(twice)
    assert referee.run(lambda tx: len(tx.order)) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ticket SET n = n + 1",
        "UPDATE ticket SET lane = 7",
        "UPDATE ticket SET prefix = 'Z', day = '2020-01-01'",
        "DELETE FROM ticket",
        "DELETE FROM lane",
        "DELETE FROM number_plan",
        "DELETE FROM journal",
        "UPDATE journal SET at = 0",
    ],
)
def test_the_file_itself_keeps_what_nobody_may_share(referee: Referee, statement: str) -> None:
    """A defect of ours, or a hand in the database: numbers, lanes and plans stay."""
    kiosk = referee.kiosk()
    kiosk.issue()
    kiosk.push()
    with pytest.raises(ConflictError, match=r"never|stays"):
        referee.run(lambda tx: tx._database.execute_sql(statement))


def test_what_sqlite_says_is_told_as_one_of_our_errors(referee: Referee) -> None:
    with pytest.raises(BugError, match="no such table"):
        referee.run(lambda tx: tx._database.execute_sql("SELECT * FROM nowhere"))
    with pytest.raises(DiskError), referee.store.read() as reader:
        reader._database.execute_sql("DELETE FROM meta")
    with referee.store.read() as reader:
        assert reader.head_seq() > 0


def test_an_operation_may_not_begin_another(referee: Referee) -> None:
    def nested(transaction: Transaction) -> None:
        transaction.record(WindowOpened(window=1, clerk="1001"), referee.moment)
        with pytest.raises(BugError):
            referee.run(lambda tx: tx.head_seq())

    referee.run(nested)
    assert referee.run(lambda tx: tx.window(1).clerk) == "1001"


def test_many_threads_get_each_its_own_place(referee: Referee) -> None:
    def open_window(number: int) -> int:
        body = WindowOpened(window=number % 3 + 1, clerk="1001")
        return referee.store.write(lambda tx: tx.record(body, referee.moment)).result().seq

    with ThreadPoolExecutor(8) as pool:
        places = list(pool.map(open_window, range(400)))
    assert len(set(places)) == 400
    with referee.store.read() as reader:
        assert check(reader).differences == ()


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    referee = Referee(tmp_path / "other.db")
    pending = referee.store.write(lambda tx: tx.record(WindowOpened(window=1, clerk="1001"), referee.moment))
    referee.store.close()
    referee.store.close()
    assert pending.result().seq > 0
    with pytest.raises(ClosedError):
        referee.store.write(lambda tx: tx.head_seq())
    with pytest.raises(ClosedError):
        referee.store.run(lambda tx: tx.head_seq())
    with pytest.raises(ClosedError), referee.store.read():
        pass


def test_a_look_that_is_broken_off_shows_nobody_the_hall_of_then(referee: Referee) -> None:
    """Somebody stops a long look; its error, and with it what was under way, lives as long as who caught it."""
    store = referee.store
    for window in range(1, 4):
        store.run(partial(Transaction.record, body=WindowOpened(window=window, clerk="1001"), moment=referee.moment))

    def look() -> None:
        with store.read() as reader:
            entries = reader.entries()
            next(entries)
            raise ValueError("enough")

    with pytest.raises(ValueError, match="enough") as caught:
        look()
    seq = store.run(lambda tx: tx.record(WindowPaused(window=1, clerk="1001"), referee.moment)).seq
    with store.read() as reader:
        assert reader.head_seq() == seq
    assert caught.value.__traceback__
