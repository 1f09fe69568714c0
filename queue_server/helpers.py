"""What processes of our own beside the server have in common: how they find our code, and that calls come first."""

import os
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_NICE = 10


def environment(**more: str) -> dict[str, str]:
    """The server's own, with which `python -m queue_server.…` works in any folder."""
    paths = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH", "")]))
    return os.environ | {"PYTHONPATH": paths} | more


def step_back() -> None:
    """Called by the helper itself: on a machine with few cores calls come first."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
