"""Plays a recorded conversation back: the program must say what was said then, and hears what was heard.

A recording is text, one line per direction: `> AA AA …` went out, `< AA AA …` came in (hexadecimal, spaces free),
`#` begins a comment. Recordings hold no personal data: `devices capture` redacts before it writes.
"""

from collections import deque
from collections.abc import Sequence

from devices.errors import DeviceGarbled
from devices.transports.memory import MemoryTransport

Said = tuple[str, bytes]  # `>` and what went out, or `<` and what came in
_IN_A_LINE = 32


def recording_of(conversation: Sequence[Said], comment: str) -> str:
    """A conversation as text that ReplayTransport plays back; what came in is wrapped, what went out is not."""
    lines = [f"# {line}" for line in comment.splitlines()]
    for direction, data in conversation:
        step = _IN_A_LINE if direction == "<" else len(data)
        lines += [f"{direction} {data[at : at + step].hex(' ').upper()}" for at in range(0, len(data), step or 1)]
    return "\n".join([*lines, ""])


class ReplayTransport(MemoryTransport):
    """A device made of a recording; silent once it has been played.

    Args:
        recording: Text as described above.

    Raises:
        ValueError: A line that is neither; the message has its number.
    """

    def __init__(self, recording: str, address: str = "replay") -> None:
        super().__init__(self._next_answer, address)
        self._lines = deque(_parsed(recording))

    @property
    def finished(self) -> bool:
        """Whether everything recorded has been said."""
        return not self._lines

    def open(self) -> None:
        """See Transport; what the device said unasked at the start arrives."""
        super().open()
        self.arrive(self._incoming())

    def _next_answer(self, said: bytes) -> bytes:
        if self._lines:
            expected = self._lines.popleft()[1]
            if said != expected:
                raise DeviceGarbled(f"与录音不符：应发 {expected.hex(' ')}，实发 {said.hex(' ')}")
        return self._incoming()

    def _incoming(self) -> bytes:
        heard = b""
        while self._lines and self._lines[0][0] == "<":
            heard += self._lines.popleft()[1]
        return heard


def _parsed(recording: str) -> list[Said]:
    lines = []
    for number, line in enumerate(recording.splitlines(), 1):
        text = line.partition("#")[0].strip()
        if not text:
            continue
        if text[0] not in "<>":
            raise ValueError(f"录音第 {number} 行应以 < 或 > 开头")
        lines.append((text[0], bytes.fromhex(text[1:])))
    return lines
