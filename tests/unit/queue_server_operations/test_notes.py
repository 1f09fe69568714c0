"""A word from one clerk to the next: shown where the ticket is called, written nowhere, forgotten with the visit."""

from pathlib import Path

from hall.wire import commands
from hall.wire.views import Desk
from queue_server.link.act_log import ActLog
from queue_server.operations.tick import tick
from queue_server.operations.views import desk
from tests.support.referee import Referee
from tests.support.visit import Visit

NOTE = "原件已核对，差一份复印件"


def sent_on(referee: Referee | None = None) -> Visit:
    visit = Visit(referee)
    visit.call()
    assert visit.on(commands.Transfer, group="beta", note=NOTE).done
    return visit


def seen(visit: Visit, window: int) -> Desk:
    with visit.referee.store.read() as reader:
        return desk(reader, visit.referee.moment, window)


def test_the_colleague_who_calls_reads_it_and_nobody_else() -> None:
    visit = sent_on()
    assert NOTE not in seen(visit, 3).model_dump_json()
    visit.do(commands.CallNext, visit.referee.clerk(2, "1002"))
    here = seen(visit, 2).active
    assert here is not None
    assert here.note == NOTE
    assert NOTE not in repr(here)


def test_it_stays_when_the_one_window_it_was_meant_for_signs_out() -> None:
    visit = Visit()
    other = visit.referee.clerk(2, "1002")
    visit.call()
    assert visit.on(commands.Transfer, group="alpha", to=2, note=NOTE).done
    assert visit.do(commands.SignOut, other).done
    visit.referee.run(lambda tx: tick(tx, visit.referee.moment))
    assert visit.ticket.pinned is None
    visit.call()
    here = seen(visit, 1).active
    assert here is not None
    assert here.note == NOTE


def test_sent_on_again_it_says_what_the_last_one_says() -> None:
    visit = sent_on()
    other = visit.referee.clerk(3, "1003")
    visit.do(commands.CallNext, other)
    visit.on(commands.Transfer, other, group="alpha")
    visit.call()
    here = seen(visit, 1).active
    assert here is not None
    assert here.note == ""


def test_taken_back_nothing_was_said() -> None:
    visit = sent_on()
    assert visit.on(commands.Undo).done
    here = seen(visit, 1).active
    assert here is not None
    assert here.note == ""


def test_it_is_in_no_file_once_the_visit_is_over(tmp_path: Path) -> None:
    visit = sent_on(Referee(tmp_path / "hall.db"))
    referee, other = visit.referee, visit.referee.clerk(2, "1002")
    visit.do(commands.CallNext, other)
    for kind in (commands.StartService, commands.FinishService):
        assert visit.on(kind, other).done
    with referee.store.read() as reader:
        assert not any(NOTE in entry.model_dump_json() for entry in reader.entries())
    referee.pass_time(11)
    referee.run(lambda tx: tick(tx, referee.moment))
    referee.store.close()
    assert not any(NOTE.encode() in path.read_bytes() for path in tmp_path.iterdir())


def test_the_window_does_not_write_it_down(tmp_path: Path) -> None:
    command = commands.Transfer(request_id="a" * 32, ticket="b" * 32, group="beta", note=NOTE)
    with ActLog(tmp_path) as log:
        log.asked("1001", command)
        assert log.unanswered()[0].command == commands.as_kept(command)
    assert not any(NOTE.encode() in path.read_bytes() for path in tmp_path.iterdir())


def test_a_retry_gets_the_answer_of_the_first() -> None:
    visit = sent_on()
    visit.on(commands.Undo)
    again = commands.Transfer(request_id=visit.referee.ids(), ticket=visit.id, group="beta", note=NOTE)
    assert visit.referee.do(visit.clerk, again) == visit.referee.do(visit.clerk, again)
