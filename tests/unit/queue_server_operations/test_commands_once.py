"""A command is carried out once, whoever repeats it, and no ticket is claimed twice."""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from hall.wire import commands
from hall.wire.commands import Command
from hall.wire.replies import Refusal, Reply
from queue_server.operations.commands import carry_out
from queue_server.operations.errors import ReusedRequestError
from queue_server.store import check
from queue_server.store.records import Session
from tests.support.referee import HALL_KEY, Referee
from tests.support.visit import Visit


class TestOnce:
    """A retry changes nothing and gets the same answer."""

    def test_the_same_request_gets_the_same_answer(self) -> None:
        visit = Visit()
        visit.kiosk.issue()
        visit.kiosk.push()
        command = commands.CallNext(request_id="d" * 32)
        first = visit.referee.do(visit.clerk, command)
        visit.miss()
        before = visit.referee.run(lambda tx: tx.head_seq())
        assert visit.referee.do(visit.clerk, command) == first
        assert visit.referee.run(lambda tx: tx.head_seq()) == before

    def test_a_refusal_is_repeated_too(self) -> None:
        visit = Visit()
        visit.on(commands.Hold)
        command = commands.CallNext(request_id="d" * 32)
        assert visit.referee.do(visit.clerk, command).refusal is Refusal.NOBODY_WAITING
        visit.on(commands.PutBack)
        assert visit.referee.do(visit.clerk, command).refusal is Refusal.NOBODY_WAITING

    def test_a_request_id_is_for_one_command_of_one_person(self) -> None:
        visit = Visit()
        visit.referee.do(visit.clerk, commands.CallNext(request_id="d" * 32))
        with pytest.raises(ReusedRequestError):
            visit.referee.do(visit.clerk, commands.Pause(request_id="d" * 32))
        with pytest.raises(ReusedRequestError):
            visit.referee.do(visit.referee.clerk(3, "1003"), commands.CallNext(request_id="d" * 32))


def test_eight_threads_claim_no_ticket_twice(tmp_path: Path) -> None:
    referee = Referee(tmp_path / "hall.db")
    kiosk = referee.kiosk()
    for _ in range(180):
        kiosk.issue()
    kiosk.push()
    catalog = referee.run(lambda tx: tx.catalog())
    window = catalog.windows[0]
    referee.publish(
        catalog.model_copy(
            update={"windows": tuple(window.model_copy(update={"number": n, "name": str(n)}) for n in range(1, 9))}
        )
    )
    clerks = [referee.clerk(number, f"10{number:02}") for number in range(1, 9)]

    def ask(clerk: Session, command: Command) -> Future[Reply]:
        return referee.store.write(lambda tx: carry_out(tx, referee.moment, clerk, command, HALL_KEY))

    def work(clerk: Session) -> list[str]:
        called: list[str] = []
        while True:
            command = commands.CallNext(request_id=referee.ids())
            first, again = ask(clerk, command), ask(clerk, command)
            reply = first.result()
            assert again.result() == reply
            if reply.refusal is Refusal.NOBODY_WAITING:
                return called
            assert reply.ticket is not None
            called.append(reply.ticket.id)
            ask(clerk, commands.StartService(request_id=referee.ids(), ticket=reply.ticket.id))
            finish = ask(clerk, commands.FinishService(request_id=referee.ids(), ticket=reply.ticket.id))
            assert finish.result().done

    with ThreadPoolExecutor(8) as pool:
        called = [ticket for tickets in pool.map(work, clerks) for ticket in tickets]
    assert len(called) == len(set(called)) == 180
    with referee.store.read() as reader:
        assert check(reader).differences == ()
    referee.store.close()
