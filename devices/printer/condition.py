"""How the printer twin is: its paper and its troubles, and what it says of them by the tables of the manuals."""

from dataclasses import dataclass

_WELL = 0x12  # the fixed bits of a DLE EOT answer
_AUTOMATIC = 0x10  # the fixed bits of the first byte of Automatic Status Back


@dataclass
class Condition:
    """What people and wear have done to the machine.

    Attributes:
        paper: `ok`, `near_end` or `out`.
        dots_left: Paper on the roll until it is out, None for enough.
        slips_left: Cuts until it is out, None for enough.
        cover_open: The cover.
        offline: Switched off line by its panel.
        feeding: Somebody holds the feed button down.
        cutter_jammed: The knife stands still.
        hot: The head cools down.
        broken: It needs service.
        silent: It prints and answers nothing.
        lies: It says that all is well whatever happens, and prints on no paper if there is none.
        slow_s: Pause before each cut.
    """

    paper: str = "ok"
    dots_left: int | None = None
    slips_left: int | None = None
    cover_open: bool = False
    offline: bool = False
    feeding: bool = False
    cutter_jammed: bool = False
    hot: bool = False
    broken: bool = False
    silent: bool = False
    lies: bool = False
    slow_s: float = 0.0

    @property
    def standing(self) -> bool:
        """Whether it cannot print now."""
        return self._troubled and not self.lies

    @property
    def prints_on_nothing(self) -> bool:
        """Whether the head moves and no paper comes out."""
        return self.lies and self._troubled

    def use_up(self, dots: int, *, cut: bool) -> bool:
        """Take paper off the roll; whether this was its end."""
        if self.dots_left is not None:
            self.dots_left -= dots
        if self.slips_left is not None and cut:
            self.slips_left -= 1
        if (self.dots_left is None or self.dots_left > 0) and self.slips_left != 0:
            return False
        self.paper, self.dots_left, self.slips_left = "out", None, None
        return True

    def answer(self, request: int) -> int:
        """The answer to DLE EOT of this number."""
        if self.lies:
            return _WELL
        fault = self.cutter_jammed or self.hot or self.broken
        bits = {
            1: 0x08 * self._troubled | 0x40 * self.feeding,
            2: 0x04 * self.cover_open | 0x08 * self.feeding | 0x20 * (self.paper == "out") | 0x40 * fault,
            3: self._fault_bits,
            4: {"ok": 0, "near_end": 0x0C, "out": 0x6C}[self.paper],
        }
        return _WELL | bits.get(request, 0)

    def automatic(self) -> bytes:
        """The four bytes of Automatic Status Back."""
        if self.lies:
            return bytes([_AUTOMATIC, 0, 0, 0])
        first = _AUTOMATIC | 0x08 * self._troubled | 0x20 * self.cover_open | 0x40 * self.feeding
        return bytes([first, self._fault_bits, self.echo(), 0])

    def echo(self) -> int:
        """The answer to GS r 1; its bits are those of the paper in Automatic Status Back."""
        return 0 if self.lies else {"ok": 0x00, "near_end": 0x03, "out": 0x0F}[self.paper]

    @property
    def _troubled(self) -> bool:
        ways = (self.cover_open, self.offline, self.feeding, self.cutter_jammed, self.hot, self.broken)
        return self.paper == "out" or any(ways)

    @property
    def _fault_bits(self) -> int:
        return 0x08 * self.cutter_jammed | 0x20 * self.broken | 0x40 * self.hot
