"""Where the phone page gets its ticket at the hall itself: from a look at the hall, by the sealed code of a slip."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from hall.rating import Level
from hall.slip_code import SlipCode, unseal
from hall.wire.phone import PhoneTicket
from queue_server.api.live import View
from queue_server.api.parts import Parts
from queue_server.api.screens import Scene, live
from queue_server.operations import phone
from queue_server.operations.scene import Outcome
from queue_server.store import Transaction


class Phones:
    """Tickets by their codes. Every method raises `CodeError` for a code that the hall did not seal."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    @property
    def fresh(self) -> bool:
        """Always: this is the hall itself."""
        return True

    async def look(self, code: str) -> PhoneTicket:
        """The ticket as it is now."""
        slip = self._slip(code)

        def compose() -> PhoneTicket:
            with self._parts.look() as scene:
                return scene.phone(slip)

        return await asyncio.to_thread(compose)

    async def after(self, code: str, seen: str, seconds: float) -> PhoneTicket:
        """The ticket once it differs from the stamp that was seen, or as it is after so long."""
        slip = self._slip(code)
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                async with self._parts.live.phones.watching(slip.ticket, _of(slip)) as line:
                    while True:
                        ticket = PhoneTicket.model_validate_json(await line.take())
                        if ticket.stamp != seen:
                            return ticket
        return await self.look(code)

    async def leave(self, code: str) -> None:
        """让号; where that is not possible (any more) the page shows why."""
        slip, moment = self._slip(code), self._parts.clock.now()
        await self._write(lambda transaction: phone.leave(transaction, moment, slip))

    async def rate(self, code: str, level: Level) -> None:
        """评价, once; a second one changes nothing."""
        slip, moment = self._slip(code), self._parts.clock.now()
        await self._write(lambda transaction: phone.rate_by_code(transaction, moment, slip, level))

    def _slip(self, code: str) -> SlipCode:
        return unseal(code, self._parts.settings.hall_id, self._parts.hall_key)

    async def _write(self, act: Callable[[Transaction], Outcome]) -> None:
        await asyncio.wrap_future(self._parts.store.write(act))


def _of(slip: SlipCode) -> Callable[[Scene], View]:
    return lambda scene: live(scene.phone(slip))
