"""How a window's devices are, from the window to the manager's page, over the real server."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from hall.facts import HealthChanged
from hall.wire.health import HealthReport, PartHealth
from hall.wire.hello import DeviceKind
from hall.wire.sync import FeedItem
from queue_server.link.clock import SystemClock
from queue_server.link.find import Finder
from queue_server.link.health_link import HealthLink
from tests.support.served_hall import ServedHall, served

WELL = PartHealth(part="call_pad", state="online")
PULLED = PartHealth(part="led_display", state="missing", problem="未连接", advice="请检查数据线是否插好")


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedHall]:
    with served(tmp_path_factory.mktemp("hall")) as running:
        yield running


def key_of(hall: ServedHall) -> bytes:
    return bytes.fromhex(hall.settings.hall_key.read_text())


@contextmanager
def telling(hall: ServedHall, window: int) -> Iterator[HealthLink]:
    link = HealthLink(Finder(hall.address), key_of(hall), window, SystemClock(), jitter=lambda: 0.0)
    link.start()
    try:
        yield link
    finally:
        link.close()


def until_told(hall: ServedHall, device: str, part: str, state: str, after: int = 0) -> HealthChanged:
    """The first entry of the journal that says so."""
    with hall.kiosk("kiosk-watch").socket(f"/api/feed?after={after}") as feed:
        while True:
            text = feed.recv(20)
            assert isinstance(text, str)
            if '"kind":"entry"' not in text:
                continue
            body = FeedItem.model_validate_json(text).entry.fact.body
            if isinstance(body, HealthChanged) and (body.device, body.part, body.state) == (device, part, state):
                return body


def shown(hall: ServedHall, device: str) -> dict[str, tuple[str, str]]:
    now = hall.manager().get("/api/hall").json()["devices"]
    return {each["part"]: (each["state"], each["problem"]) for each in now if each["device"] == device}


def test_the_manager_reads_what_a_window_tells_of_its_devices(hall: ServedHall) -> None:
    with telling(hall, 1) as link:
        link.tell(WELL)
        link.tell(PULLED)
        body = until_told(hall, "window-1", "led_display", "missing")
        assert (body.problem, body.advice) == ("未连接", "请检查数据线是否插好")
        until_told(hall, "window-1", "call_pad", "online")
        assert shown(hall, "window-1") == {"call_pad": ("online", ""), "led_display": ("missing", "未连接")}
        link.tell(PartHealth(part="led_display", state="online"))
        until_told(hall, "window-1", "led_display", "online")
    assert shown(hall, "window-1")["led_display"] == ("online", "")


def test_a_window_whose_session_was_ended_introduces_itself_again(hall: ServedHall) -> None:
    with telling(hall, 2) as link:
        link.tell(WELL)
        until_told(hall, "window-2", "call_pad", "online")
        hall.window(2)  # a newer session of the same name ends the link's
        link.tell(PULLED)
        until_told(hall, "window-2", "led_display", "missing")


def test_telling_the_same_again_records_nothing(hall: ServedHall) -> None:
    window = hall.window(3)
    body = HealthReport(parts=(WELL, PULLED)).model_dump_json()
    for _ in range(3):
        assert window.http("POST", "/api/health", content=body).status_code == 204
    journal = hall.manager().get("/api/journal?after=0").text
    assert journal.count('"device":"window-3"') == 2


class LateFinder(Finder):
    """Finds nobody at first."""

    tries = 0

    def address(self, cancel: threading.Event) -> str | None:
        self.tries += 1
        return super().address(cancel) if self.tries > 2 else None


def test_a_window_that_finds_no_server_tells_it_later(hall: ServedHall) -> None:
    link = HealthLink(LateFinder(hall.address), key_of(hall), 1, SystemClock(), jitter=lambda: 0.0)
    link.start()
    try:
        link.tell(PartHealth(part="rating_pad", state="fault", problem="故障"))
        until_told(hall, "window-1", "rating_pad", "fault")
    finally:
        link.close()


@pytest.mark.parametrize("kind", [DeviceKind.KIOSK, DeviceKind.RATING])
def test_only_a_window_tells_it_this_way(hall: ServedHall, kind: DeviceKind) -> None:
    caller = hall.kiosk() if kind is DeviceKind.KIOSK else hall.rating(1)
    body = HealthReport(parts=(WELL,)).model_dump_json()
    assert caller.http("POST", "/api/health", content=body).status_code == 403
