"""A window where nobody is signed in notices that its server was set back and waits for what it remembers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from queue_server.link.act_log import ActLog
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.find import Finder
from queue_server.link.set_back import SetBackWatch
from tests.support.scripted_server import ScriptedServer
from tests.support.watch import Watch


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


def test_it_is_told_until_what_the_window_remembers_was_told(server: ScriptedServer, tmp_path: Path) -> None:
    owed = Watch[bool]()
    with ActLog(tmp_path) as log:
        log.known_to(server.epoch)
        watch = SetBackWatch(Finder(server.address), SystemClock(), log, owed, again_s=0.01)
        watch.start()
        server.call(lambda: setattr(server, "epoch", new_id()))
        owed.until(lambda owes: owes)
        log.known_to(server.epoch)  # somebody signed in
        owed.until(lambda owes: not owes)
        watch.close()
    assert owed.seen == [True, False]


def test_a_window_that_never_met_a_server_owes_nothing(server: ScriptedServer, tmp_path: Path) -> None:
    owed = Watch[bool]()
    with ActLog(tmp_path) as log:
        watch = SetBackWatch(Finder(server.address), SystemClock(), log, owed)
        watch._look()
        log.known_to(new_id())
        watch._look()
    assert owed.seen == [True]


def test_it_tells_whether_there_is_a_server_at_all(server: ScriptedServer, tmp_path: Path) -> None:
    away = Watch[bool]()
    with ActLog(tmp_path) as log:
        watch = SetBackWatch(Finder(server.address), SystemClock(), log, lambda _: None, away, again_s=0.01)
        watch.start()
        away.until(lambda away: not away)
        server.stop()
        away.until(lambda away: away)
        watch.close()
    assert away.seen == [False, True]
