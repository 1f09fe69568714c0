"""Real programs in two networks: the kiosk's cable is pulled, programs are stopped for a while; nothing is lost."""

import threading
from pathlib import Path

from tests.support.bare_hall import bare_hall, paused
from tests.support.networks import two_networks


def test_a_pulled_cable_stops_no_number_and_loses_none(tmp_path: Path) -> None:
    with (
        two_networks() as nets,
        bare_hall(
            tmp_path,
            host="0.0.0.0",
            address_for_kiosk=nets.address_for_kiosk,
            address_for_test=nets.address_for_test,
            server_within=nets.within(nets.server),
            kiosk_within=nets.within(nets.kiosk),
        ) as hall,
    ):
        hall.issue(3)
        hall.until_all_arrived()
        nets.pull()
        hall.issue(20)
        while not all(hall.issue()):  # until the kiosk has noticed, it says nothing wrong but less
            pass
        assert all(hall.issue(3))
        nets.plug()
        hall.issue(2)
        entries = hall.until_all_arrived()
        hall.numbers_rise(entries)


def test_server_and_kiosk_stopped_for_a_while(tmp_path: Path) -> None:
    with bare_hall(tmp_path) as hall:
        hall.issue(3)
        hall.until_all_arrived()
        with paused(hall.server):
            hall.issue(20)
            pause()
            hall.issue(5)
        hall.until_all_arrived()
        with paused(hall.kiosk):
            pause()
        hall.issue(5)
        hall.numbers_rise(hall.until_all_arrived())


def pause() -> None:
    """The fault itself is that time passes."""
    threading.Event().wait(3)
