"""Whether the server's memory grows with what happens: a busy hall with boards, its resident set after each stretch."""

from collections.abc import Iterator
from contextlib import ExitStack

from installer.bench.boards import Boards
from installer.bench.figures import Against, Figure, figure
from installer.bench.flow import Flow
from installer.bench.halls import BenchHall
from installer.bench.sizes import Sizes
from installer.bench.using import resident_mb

STRETCHES, _BOARDS = 8, 20


def measure(hall: BenchHall, sizes: Sizes) -> Iterator[Figure]:
    """Stretches of the same length; the first half also fills whatever is kept on purpose."""
    flow, full = Flow(hall), 0.0
    with ExitStack() as closing:
        boards = Boards(hall.stage.address, _BOARDS, closing)
        for stretch in range(1, STRETCHES + 1):
            for _ in range(sizes.rounds):
                flow.turn()
                boards.settle()
            held = resident_mb(flow.server.pid)
            if stretch == STRETCHES // 2:
                full = held
            what, bar = f"grow: the server's memory after {hall.head_seq():,} entries", "flat: ≤ 1.05"
            against = Against(full, "half way") if full else None
            yield figure(what, held, "MB", bar if stretch == STRETCHES else "", against)
