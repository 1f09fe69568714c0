"""Feeds random and damaged bytes to one codec and counts what comes of it; the codecs stand in `fuzzing.py`.

Every case is made from the seed, the codec's name and its own number, so that a failure can be played again; the bytes
themselves are never printed.
"""

import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from types import FrameType

from devices.errors import DeviceError
from hall.errors import InputError

Pieces = Sequence[bytes]  # as they arrive, one after another

_LONGEST_RANDOM = 400
_LONGEST_CASE_S = 10.0
_CHANGES = (0, 0, 1, 2, 5)  # how many of them a right input gets


@dataclass(frozen=True)
class Target:
    """One codec.

    Attributes:
        kind: The kind of device.
        name: The codec, in a word or two.
        valid: Makes right bytes, to be damaged.
        eat: Hands the bytes over as a driver would; returns a value or None, raises DeviceError or InputError.
    """

    kind: str
    name: str
    valid: Callable[[Random], bytes]
    eat: Callable[[Pieces], object]


@dataclass
class Tally:
    """What became of the bytes."""

    fed: int = 0
    cases: int = 0
    values: int = 0
    errors: Counter[str] = field(default_factory=Counter)  # by their stable code
    failures: list[str] = field(default_factory=list)  # other exceptions, and cases that did not end


def fuzz(target: Target, least: int, seed: int, longest_case_s: float = _LONGEST_CASE_S) -> Tally:
    """Feed at least so many bytes to one codec.

    Args:
        target: The codec.
        least: How many bytes.
        seed: Of all randomness.
        longest_case_s: A case that takes longer is a failure: it hangs. Only noticed on the main thread, and where
            the system has alarms.
    """
    tally = Tally()
    while tally.fed < least:
        random = Random(f"{seed} {target.kind} {target.name} {tally.cases}")
        data = _case(target, random)
        try:
            with _ending_within(longest_case_s):
                tally.values += target.eat(_cut(data, random)) is not None
        except (DeviceError, InputError) as named:
            tally.errors[named.code] += 1
        except Exception as unnamed:  # what this tool is there to find
            tally.failures.append(f"第 {tally.cases} 例 {type(unnamed).__name__}")
        tally.cases += 1
        tally.fed += max(1, len(data))
    return tally


class _HangError(Exception):
    """A case did not come to an end."""


@contextmanager
def _ending_within(seconds: float) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGALRM"):
        yield
        return

    def give_up(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise _HangError

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _case(target: Target, random: Random) -> bytes:
    """Random bytes, or right ones that were damaged: the latter reach further in."""
    if random.random() < 0.3:
        return random.randbytes(random.randrange(_LONGEST_RANDOM))
    data = bytearray(target.valid(random))
    for _ in range(random.choice(_CHANGES)):
        at = random.randrange(len(data) + 1)
        match random.randrange(5):
            case 0:
                data[at : at + 1] = random.randbytes(1)
            case 1:
                data[at : at + random.randrange(1, 20)] = b""
            case 2:
                data[at:at] = random.randbytes(random.randrange(1, 20))
            case 3:
                data[at:at] = data[at : at + random.randrange(1, 40)]
            case 4:
                data[at:at] = bytes([random.choice((0x00, 0x0A, 0x1B, 0x1D, 0xAA, 0xFF))]) * random.randrange(1, 9)
    return bytes(data)


def _cut(data: bytes, random: Random) -> Pieces:
    """As a line might bring them: all at once, or in pieces of any length."""
    borders = sorted(random.randrange(len(data) + 1) for _ in range(random.choice((0, 0, 1, 3, 9))))
    return [data[start:end] for start, end in zip([0, *borders], [*borders, len(data)], strict=True)]
