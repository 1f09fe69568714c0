"""The twin of a serial QR engine on a pseudo-terminal: codes can be held before it."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any, ClassVar, Literal, Self

from devices.errors import ActRefused
from devices.simulation import Acts, Faults, SerialTwin
from devices.simulation.line_faults import NAMED, SPLIT_S, LineFaults

_SUFFIXES = {"cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "none": b""}
_ACKNOWLEDGEMENT = bytes.fromhex("02 00 00 01 00 33 31")


class ScannerSimulator(SerialTwin):
    """The scanner and the hand that holds codes before it.

    Acts: `show` (`text` with optional `encoding` utf-8 or gb18030, or `bytes_hex`; optional `suffix` cr, lf, crlf or
    none, `aim` such as `]Q1`, `acknowledged` for the command-mode answer before the code, `times`), `fault` (see
    devices.simulation.line_faults), `mend`, and those of every serial twin.

    Args:
        baud: The rate it sends at; None sends at whatever rate the program has set.
        link: A stable path for its tty.
        suffix: What ends a code unless the act says otherwise.
    """

    kind: ClassVar[str] = "scanner"
    usual_baud: ClassVar[int] = 9600
    faults: ClassVar[Faults] = {**NAMED, **SerialTwin.faults}

    def __init__(self, *, baud: int | None = usual_baud, link: Path | None = None, suffix: str = "cr") -> None:
        super().__init__(lambda _: None, baud=baud, link=link)
        self._suffix = suffix
        self._faults = LineFaults()
        self._shown = 0

    @classmethod
    def add_options(cls, parser: ArgumentParser) -> None:
        """`--link`, `--baud` and `--suffix`."""
        super().add_options(parser)
        parser.add_argument("--suffix", choices=sorted(_SUFFIXES), default="cr", help="每个码之后的结束符")

    @classmethod
    def from_options(cls, options: Namespace) -> Self:
        """See Simulator."""
        return cls(baud=options.baud, link=options.link, suffix=options.suffix)

    def hands(self) -> Acts:
        """See the class and SerialTwin."""
        return {"show": self._show, "fault": self._faults.arrange, "mend": self._faults.clear}

    def state(self) -> dict[str, Any]:
        """How many codes were shown."""
        return {"shown": self._shown}

    def _show(
        self,
        *,
        text: str | None = None,
        bytes_hex: str | None = None,
        encoding: Literal["utf-8", "gb18030"] = "utf-8",
        suffix: Literal["cr", "lf", "crlf", "none"] | None = None,
        aim: str = "",
        acknowledged: bool = False,
        times: int = 1,
    ) -> dict[str, Any]:
        if (text is None) == (bytes_hex is None):
            raise ActRefused("show 需要 text（文字）或 bytes_hex（十六进制字节）其中之一")
        try:
            code = bytes.fromhex(bytes_hex) if bytes_hex is not None else (text or "").encode(encoding)
            prefix = aim.encode("ascii")
        except ValueError as wrong:
            raise ActRefused("bytes_hex 应为十六进制，aim 应为 ASCII 字符") from wrong
        sent = prefix + code + _SUFFIXES[suffix or self._suffix]
        for _ in range(times):
            for part, data in enumerate(self._faults.spoil((_ACKNOWLEDGEMENT if acknowledged else b"") + sent)):
                self._line.send(data, after_s=part * SPLIT_S)
        self._shown += times
        return {"bytes": len(sent)}
