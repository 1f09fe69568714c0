"""The machine's clocks and ids, and pauses that grow."""

import re

from queue_server.link.clock import SystemClock, new_id
from queue_server.link.follow import Backoff


def test_clocks_never_go_back_within_a_boot() -> None:
    clock = SystemClock()
    before, after = clock.now(), clock.now()
    assert after.mono_us >= before.mono_us > 0
    assert after.boot_id == before.boot_id == SystemClock().now().boot_id
    assert re.fullmatch("[0-9a-f]{32}", after.boot_id)


def test_ids_differ() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(re.fullmatch("[0-9a-f]{32}", each) for each in ids)


def test_pauses_double_up_to_two_seconds_and_begin_anew() -> None:
    """Never more, however long the outage: a device must be back within five seconds of its server."""
    pauses = Backoff(jitter=lambda: 1.0)
    assert [pauses.next_s() for _ in range(8)] == [0.5, 1, 2, 2, 2, 2, 2, 2]
    pauses.reset()
    assert pauses.next_s() == 0.5


def test_the_same_failure_does_not_make_devices_march() -> None:
    pauses = Backoff(jitter=lambda: 0.0)
    assert [pauses.next_s() for _ in range(3)] == [0.25, 0.5, 1]
