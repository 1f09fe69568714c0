"""The citizen's rating page, live, under a session that can do nothing but rate."""

import random
import threading
from collections.abc import Callable

from hall.clock import Clock
from hall.rating import Level
from hall.wire.commands import Rate
from hall.wire.hello import DeviceKind
from hall.wire.replies import Reply
from hall.wire.views import RatingPage
from queue_server.link.clock import new_id
from queue_server.link.errors import ServerAway
from queue_server.link.find import Finder
from queue_server.link.follow import Follower
from queue_server.link.live import LiveSocket
from queue_server.link.server_link import PATIENCE_S, ServerLink, connect


class RatingLink:
    """The rating page's way to the server: a session of its own that can do nothing but rate.

    Args:
        finder: Where the server is.
        hall_key: The hall's secret, to prove the device.
        device: The page's own device name.
        window: The window's number.
        clock: The machine's clock.
        on_page: Gets what there is to rate at each change.
        on_state: Gets whether the page is live and, if not, what a person can do.
        jitter: Source of numbers from 0 to 1 for the pauses between tries.
    """

    def __init__(
        self,
        finder: Finder,
        hall_key: bytes,
        device: str,
        window: int,
        clock: Clock,
        *,
        on_page: Callable[[RatingPage], None],
        on_state: Callable[[bool, str], None],
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._finder = finder
        self._hall_key = hall_key
        self._device = device
        self._window = window
        self._clock = clock
        self._incarnation = new_id()
        self._closed = threading.Event()
        self._link: ServerLink | None = None
        self._follower = Follower(
            "rating-link",
            open_socket=self._open,
            on_text=lambda text: on_page(RatingPage.model_validate_json(text)),
            on_state=on_state,
            jitter=jitter,
        )

    def start(self) -> None:
        """Begin to follow, and to look for the server if need be."""
        self._follower.start()

    def rate(self, ticket: str, level: Level, *, patience_s: float = PATIENCE_S) -> Reply:
        """The citizen's press, once however often it has to be sent. Waits for the network.

        Raises:
            ServerAway: If there is no server, or no answer in time.
            LinkError: Any other branch.
        """
        link = self._link
        if link is None:
            raise ServerAway("the rating page has no server")
        return link.command(
            Rate(request_id=new_id(), ticket=ticket, level=level), patience_s=patience_s, cancel=self._closed
        )

    def close(self) -> None:
        """Stop; the program ends."""
        self._closed.set()
        self._follower.stop()
        if self._link is not None:
            self._link.close()

    def _open(self) -> LiveSocket:
        link = connect(self._finder, self._clock, self._closed)
        try:
            link.hello(
                self._hall_key,
                device=self._device,
                kind=DeviceKind.RATING,
                incarnation=self._incarnation,
                boot_id=self._clock.now().boot_id,
                window=self._window,
            )
            socket = LiveSocket(link.address, "/api/rating/live", link.session)
        except BaseException:
            link.close()
            raise
        before, self._link = self._link, link
        if before is not None:
            before.close()
        return socket
