"""The hall's way out to a city's own channel: signed requests to the one address that the settings name.

A redirect is not followed: the hall speaks to nobody whom its technician did not write down.
"""

import httpx

from hall.clock import SECOND_US, Clock
from hall.wire.webhook import EVENT, SIGNATURE, TIMESTAMP, NearNews, sign
from queue_server.link.errors import ServerAway

_TIMEOUT = httpx.Timeout(5.0, connect=3.0)


class WebhookLink:
    """A client of one address; used by one thread at a time.

    Args:
        address: `https://HOST/PATH`.
        key: The webhook's key.
        clock: The hall's clock.
        transport: Another way to it than the network, for tests.
    """

    def __init__(self, address: str, key: bytes, clock: Clock, transport: httpx.BaseTransport | None = None) -> None:
        self._address = address
        self._key = key
        self._clock = clock
        self._client = httpx.Client(
            timeout=_TIMEOUT,
            trust_env=False,
            transport=transport,
            verify=address.startswith("https:"),
            follow_redirects=False,
        )

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def send(self, news: NearNews) -> None:
        """Tell it once.

        Raises:
            ServerAway: Unless the other end says, by a status of success, that it has it.
        """
        body = news.model_dump_json().encode()
        now = self._clock.now().wall_us // SECOND_US
        headers = {
            "Content-Type": "application/json",
            EVENT: news.event_id,
            TIMESTAMP: str(now),
            SIGNATURE: sign(self._key, now, body),
        }
        try:
            answer = self._client.post(self._address, content=body, headers=headers)
        except httpx.HTTPError as error:
            raise ServerAway(f"the webhook does not answer: {type(error).__name__}") from None
        if not answer.is_success:
            raise ServerAway(f"the webhook answered with status {answer.status_code}")
