"""A service made on a page gets what one in the files gets from their reader: initials by which citizens find it."""

import asyncio
import logging
import subprocess
import sys

from hall.arrangements import Arrangement, MadeGroup, NewGroup, NewService
from hall.catalog import Service
from queue_server.helpers import environment

log = logging.getLogger("onewindow.server.settings")
_PATIENCE_S = 30
_SPELL = "-m", "queue_server.operations.initials"


async def findable(part: Arrangement) -> Arrangement:
    """A new part with the initials of its services; any other part as it is."""
    match part:
        case NewService(made=Service() as service):
            return part.model_copy(update={"made": await asyncio.to_thread(_spelt, service)})
        case NewGroup(made=MadeGroup() as made):
            services = [await asyncio.to_thread(_spelt, service) for service in made.services]
            return part.model_copy(update={"made": made.model_copy(update={"services": tuple(services)})})
        case _:
            return part


def _spelt(service: Service) -> Service:
    """Without them it is still found by its name and under its group, so that nothing is refused for want of them."""
    words = [sys.executable, *_SPELL, service.name, *service.aliases]
    try:
        spelt = subprocess.run(words, capture_output=True, env=environment(), check=True, timeout=_PATIENCE_S)
    except (OSError, subprocess.SubprocessError) as error:
        log.error("settings.initials %s：事项没有拼音首字母，按名称查得到", type(error).__name__)
        return service
    return service.model_copy(update={"initials": tuple(spelt.stdout.decode("ascii").split())})
