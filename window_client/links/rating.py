"""The rating link on a worker thread. Its session can rate and nothing else; no clerk's session can."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from hall.clock import Clock
from hall.rating import Level
from hall.wire.replies import Reply
from hall.wire.views import RatingPage
from queue_server.link.errors import LinkError
from queue_server.link.find import Finder
from queue_server.link.rating_link import RatingLink

_log = logging.getLogger("onewindow.window.rating")


class Rating:
    """Follows what may be rated, and sends a citizen's press.

    Args:
        finder: Where the server is.
        hall_key: The hall's secret, to prove the device.
        window: The window's number.
        clock: The machine's clock.
        on_page: Gets what there is to rate at each change.
        on_online: Gets whether that is live.
        on_reply: Gets the answer to a press, None if there is none.
    """

    def __init__(
        self,
        finder: Finder,
        hall_key: bytes,
        window: int,
        clock: Clock,
        *,
        on_page: Callable[[RatingPage], None],
        on_online: Callable[[bool], None],
        on_reply: Callable[[Reply | None], None],
    ) -> None:
        self._on_reply = on_reply
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="rating")
        self._link = RatingLink(
            finder,
            hall_key,
            f"rating-{window}",
            window,
            clock,
            on_page=on_page,
            on_state=lambda live, _: on_online(live),
        )

    def start(self) -> None:
        """Begin to follow."""
        self._link.start()

    def rate(self, ticket: str, level: Level) -> None:
        """Send a press; returns at once."""
        self._worker.submit(self._rate, ticket, level)

    def close(self) -> None:
        """Stop; the program ends."""
        self._link.close()
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _rate(self, ticket: str, level: Level) -> None:
        reply: Reply | None = None
        try:
            reply = self._link.rate(ticket, level)
        except LinkError as error:
            _log.warning("%s a rating was not kept", error.code)
        except Exception as error:  # a defect must not leave the citizen before a dead page
            _log.error("bug %s while rating", type(error).__name__)
        self._on_reply(reply)
