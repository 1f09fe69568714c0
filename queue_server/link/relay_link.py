"""The hall's way out to its relay: one signed request, one signed answer. The relay never calls the hall."""

import httpx
from pydantic import ValidationError

from hall.wire.relay import ADDRESS, SIGNATURE, RelayAnswer, RelayPush, is_signed, sign_answer, sign_push
from queue_server.link.errors import ServerAway, ServerGarbled

_TIMEOUT = httpx.Timeout(8.0, connect=4.0)
_OK = 200


class RelayLink:
    """A client of one relay; used by one thread at a time.

    Args:
        address: `https://HOST`.
        key: The relay's key.
        transport: Another way to it than the network, for tests.
    """

    def __init__(self, address: str, key: bytes, transport: httpx.BaseTransport | None = None) -> None:
        secure = address.startswith("https:")
        self._key = key
        self._client = httpx.Client(
            base_url=address,
            timeout=_TIMEOUT,
            trust_env=False,
            transport=transport,
            verify=secure,
            follow_redirects=False,
        )

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def send(self, push: RelayPush) -> RelayAnswer:
        """Tell, and hear what citizens wish.

        Raises:
            ServerAway: If nothing answers, or only to say: later.
            ServerGarbled: If what answers is not our relay.
        """
        body = push.model_dump_json().encode()
        signature = sign_push(self._key, body)
        try:
            headers = {SIGNATURE: signature, "Content-Type": "application/json"}
            answer = self._client.post(ADDRESS, content=body, headers=headers)
        except httpx.HTTPError as error:
            raise ServerAway(f"the relay does not answer: {type(error).__name__}") from None
        if answer.status_code != _OK:
            raise ServerAway(f"the relay answered with status {answer.status_code}")
        if not is_signed(answer.headers.get(SIGNATURE, ""), sign_answer(self._key, signature, answer.content)):
            raise ServerGarbled("the answer does not carry the relay's signature")
        try:
            return RelayAnswer.model_validate_json(answer.content)
        except ValidationError:
            raise ServerGarbled("the relay answers in another way than ours does") from None
