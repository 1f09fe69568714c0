"""Vectors written by hand: lines of `name | bytes`, `#` begins a comment."""

from pathlib import Path

_GOLDEN = Path(__file__).parents[1] / "golden"


def vectors(path: str) -> dict[str, bytes]:
    """Name → bytes of a file below tests/golden."""
    lines = (line.partition("#")[0] for line in (_GOLDEN / path).read_text(encoding="utf-8").splitlines())
    pairs = (line.split("|") for line in lines if line.strip())
    return {name.strip(): bytes.fromhex(frame) for name, frame in pairs}
