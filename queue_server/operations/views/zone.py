"""Which windows and groups belong to a zone of the hall, what its boards show, and how loud its calls are now."""

from hall.catalog import Catalog
from hall.opening import local_time
from hall.ticket import Ticket
from hall.zones import Layout, Voice, Zone
from queue_server.operations.errors import NoSuchZoneError
from queue_server.operations.views.live import Live


class Part:
    """A zone, or the whole hall.

    Args:
        live: The hall as it stands.
        zone: The zone's id, "" for the whole hall.

    Raises:
        NoSuchZoneError: If the hall has no such zone.
    """

    def __init__(self, live: Live, zone: str) -> None:
        hall = live.catalog.hall
        self._zone = zone_of(live.catalog, zone) if zone else None
        self.name = self._zone.name if self._zone else ""
        self.voice: Voice = self._zone.voice(hall.voice) if self._zone else hall.voice
        self.layout: Layout = self._zone.shows(hall.layout) if self._zone else hall.layout
        self.volume = self.voice.volume_at(local_time(live.at, hall.offset_minutes))
        self._groups = _groups_of(live.catalog, self._zone) if self._zone else frozenset[str]()

    def waits_here(self, group: str) -> bool:
        """Whether people of a group wait in this part: it is named, or served at a window here."""
        return self._zone is None or group in self._groups

    def is_called_here(self, ticket: Ticket, window: int) -> bool:
        """Whether the call of a ticket to a window is shown and heard in this part."""
        zone = self._zone
        return zone is None or window in zone.windows or ticket.group in zone.groups


def zone_of(catalog: Catalog, zone: str) -> Zone:
    """The zone of that id.

    Raises:
        NoSuchZoneError: If the hall has no such zone.
    """
    found = next((each for each in catalog.hall.zones if each.id == zone), None)
    if found is None:
        raise NoSuchZoneError(f"大厅没有区域 {zone}")
    return found


def _groups_of(catalog: Catalog, zone: Zone) -> frozenset[str]:
    served = (group for window in catalog.windows if window.number in zone.windows for group in window.groups)
    return frozenset((*zone.groups, *served))
