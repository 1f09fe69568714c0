"""Who was last heard when, and who should be there and is not: kiosks in opening hours, screens of open windows."""

from collections.abc import Iterable, Iterator

from hall.clock import MINUTE_US
from hall.opening import local_time, open_at
from hall.window import WindowState
from hall.wire.hello import DeviceKind
from hall.wire.views import GoneNow, LaneNow
from queue_server.operations.views.live import Live
from queue_server.store import Reader
from queue_server.store.records import LaneStanding, Session, SessionKind

GONE_US = 3 * MINUTE_US
"""Whoever is connected is heard every minute (`sessions.TOUCH_US`); three in a row are no accident."""


def last_heard(reader: Reader) -> dict[int, int]:
    """When each lane's issuer was last heard: at its hello, or later while it was connected."""
    heard = {standing.lane: standing.hello_at for standing in reader.every(LaneStanding)}
    for session in reader.every(Session):
        if session.kind is SessionKind.KIOSK:
            heard[session.lane] = max(heard.get(session.lane, 0), session.seen_at)
    return heard


def gone(reader: Reader, live: Live, lanes: Iterable[LaneNow]) -> tuple[GoneNow, ...]:
    """Devices that are missed now.

    A kiosk is missed by its newest lane, if nobody has given that up. A window is missed when its clerk is signed in
    and nothing of it is connected.

    Args:
        reader: The hall's store.
        live: The hall as it stands.
        lanes: The issuers as the manager sees them.
    """
    hall = live.catalog.hall
    local = local_time(live.at, hall.offset_minutes)
    if not open_at(hall.periods(hall.hours, local.date()), local):
        return ()
    newest = {
        lane.device: lane for lane in sorted(lanes, key=lambda lane: lane.lane) if not (lane.retired or lane.past)
    }
    kiosks = (GoneNow(device=lane.device, kind=DeviceKind.KIOSK, since=lane.seen) for lane in newest.values())
    return tuple(
        found for found in (*kiosks, *_windows(reader, live)) if found.since is None or live.at - found.since > GONE_US
    )


def _windows(reader: Reader, live: Live) -> Iterator[GoneNow]:
    for window in live.catalog.windows:
        number, status = window.number, live.windows[window.number]
        if status.state is WindowState.CLOSED or status.clerk is None:
            continue
        seen = [
            session.seen_at
            for session in reader.sessions_of(status.clerk, [SessionKind.CLERK])
            if session.window == number
        ]
        if seen:
            yield GoneNow(device=f"{number} 号窗口", kind=DeviceKind.WINDOW, since=max(seen), window=number)
