"""A rule is tried in a process of its own: the figures come back whole, and the server goes on calling meanwhile."""

import asyncio
import socket
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from hall.rule import Rule, rule_of
from hall.ticket import TicketClass
from hall.wire.commands import CallNext, MarkMissed, Recall
from hall.wire.rule import RulePreview
from queue_server.operations.errors import NoPreviewError, StoppedError
from queue_server.operations.rule_preview import told, tried
from queue_server.rule_trials import RuleTrials
from tests.support.referee import small_catalog
from tests.support.served_hall import Caller, ServedHall, new_id, served

RULE = rule_of(small_catalog())
_WAITS = "import socket, sys; s = socket.create_connection(('127.0.0.1', int(sys.argv[1]))); s.recv(1)"


def _call_one(clerk: Caller) -> str:
    called = clerk.do(CallNext(request_id=new_id())).ticket
    assert called is not None
    for kind in (Recall, Recall, MarkMissed):
        clerk.do(kind(request_id=new_id(), ticket=called.id))
    return called.number


def _queue_up(hall: ServedHall) -> None:
    kiosk = hall.kiosk()
    for ticket_class in (TicketClass.ORDINARY, TicketClass.ORDINARY, TicketClass.PRIORITY):
        kiosk.issue("alpha", "alpha_one", "A", ticket_class)
    kiosk.push()


def _ask(caller: Caller, rule: Rule) -> RulePreview:
    answer = caller.http("POST", "/api/rule/preview", content=rule.model_dump_json()).raise_for_status()
    return RulePreview.model_validate_json(answer.content)


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedHall]:
    with served(tmp_path_factory.mktemp("trial") / "hall") as running:
        yield running


def test_the_process_tells_what_the_functions_find_and_only_a_manager_may_ask(hall: ServedHall) -> None:
    assert _ask(hall.manager(), RULE).day is None
    _queue_up(hall)
    clerk = hall.clerk()
    assert [_call_one(clerk) for _ in range(3)] == ["A003", "A001", "A002"]
    assert hall.parts is not None
    rows = tuple(row.model_copy(update={"minutes": 0}) for row in RULE.head_starts)
    none_first = RULE.model_copy(update={"head_starts": rows})
    with hall.parts.store.read() as reader:
        lines = told(reader, hall.parts.clock.now(), none_first)
    shown = _ask(hall.manager(), none_first)
    assert shown == tried(line.encode() for line in lines)
    everybody, *_ = shown.classes
    assert (everybody.tickets, everybody.then, everybody.now) == (3, everybody.fcfs, everybody.really)
    assert clerk.http("POST", "/api/rule/preview", content=RULE.model_dump_json()).status_code == 403


def test_a_rule_that_could_not_be_in_force_is_refused_with_all_that_is_wrong(hall: ServedHall) -> None:
    rows = tuple(row.model_copy(update={"minutes": 60}) if row.id == "elderly" else row for row in RULE.head_starts)
    wrong = RULE.model_copy(update={"head_starts": rows, "head_start_cap": 30})
    answer = hall.manager().http("POST", "/api/rule/preview", content=wrong.model_dump_json())
    assert (answer.status_code, answer.json()["code"]) == (400, "rule.unfit")
    assert "超过上限 30 分钟" in answer.json()["message"]


def test_people_are_called_while_a_rule_is_tried_and_a_trial_that_ends_without_answer_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door, ThreadPoolExecutor() as pool:
        program = (sys.executable, "-c", _WAITS, str(door.getsockname()[1]))
        with served(tmp_path / "hall", rule_trials=partial(RuleTrials, program=program)) as hall:
            _queue_up(hall)
            clerk, manager = hall.clerk(), hall.manager()
            _call_one(clerk)
            asked = pool.submit(manager.http, "POST", "/api/rule/preview", content=RULE.model_dump_json())
            trial, _ = door.accept()  # the process is at work now
            assert [_call_one(clerk) for _ in range(2)] == ["A001", "A002"]
            assert not asked.done()
            trial.close()
            answer = asked.result()
            assert (answer.status_code, answer.json()["code"]) == (503, "rule.no_preview")


def test_a_server_that_stops_does_not_wait_for_a_trial(hall: ServedHall) -> None:
    assert hall.parts is not None
    with socket.create_server(("127.0.0.1", 0)) as door:
        program = (sys.executable, "-c", _WAITS, str(door.getsockname()[1]))
        trials = RuleTrials(hall.parts.store, hall.parts.clock, program)
        ended = threading.Event()

        def try_it() -> None:
            with pytest.raises(NoPreviewError):
                asyncio.run(trials.preview(RULE))
            ended.set()

        threading.Thread(target=try_it).start()
        trial, _ = door.accept()
        trials.close()
        assert ended.wait(20)
        trial.close()


def test_a_trial_that_is_stopped_ends_with_its_process(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        program = (sys.executable, "-c", _WAITS, str(door.getsockname()[1]))
        with served(tmp_path / "hall", rule_trials=partial(RuleTrials, program=program)) as hall:
            _queue_up(hall)
            _call_one(hall.clerk())
            begun = list[socket.socket]()

            def until_it_works(_done: int, _total: int, /) -> bool:
                if not begun:
                    begun.append(door.accept()[0])
                    return True
                return False

            assert hall.parts is not None
            with pytest.raises(StoppedError):
                asyncio.run(hall.parts.rule_trials.preview(RULE, until_it_works))
            assert begun[0].recv(1) == b""  # nobody is at its other end any more
            begun[0].close()
