"""The same load by turns at the server and at one that gives every request a commit of its own.

By turns and on one database, so that other work on the machine and the growing journal weigh on both sides alike.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from installer.bench import disk
from installer.bench.figures import Against, Figure, figure, quantile
from installer.bench.halls import BenchHall

CLIENTS = (1, 8, 20)


@dataclass(slots=True)
class Load:
    """What was done under load: how many requests, in how long, and the milliseconds of each."""

    seconds: float = 0.0
    ms: list[float] = field(default_factory=list)

    def add(self, other: "Load") -> None:
        """More of the same."""
        self.seconds += other.seconds
        self.ms += other.ms

    @property
    def per_second(self) -> float:
        """Requests a second."""
        return len(self.ms) / self.seconds


def compared(
    hall: BenchHall, turns: int, load: Callable[[int], Load], words: tuple[str, str, str], bar: str, peer: Against
) -> Iterator[Figure]:
    """Rows for every number of clients; the disk's own come first. Leaves a server running.

    Args:
        hall: Its server is started and stopped for each turn.
        turns: How often each of the two servers gets the load.
        load: Applies it with so many clients side by side.
        words: The subject's name, what a client is called, and what is counted.
        bar: For the rates with more than one client.
        peer: What the rates are compared with.
    """
    subject, client, counted = words
    disk_ms: list[float] = []
    found = {(shared, count): Load() for count in CLIENTS for shared in (True, False)}
    for _ in range(turns):
        for shared in (True, False):
            server = hall.start_server(shared_commits=shared)
            load(max(CLIENTS))  # a server that has just started is still finding its things
            for count in CLIENTS:
                found[shared, count].add(load(count))
                disk_ms += disk.probe(hall.folder, 20)
            server.stop()
    yield from disk.rows(subject, disk_ms)
    for count in CLIENTS:
        together, alone = found[True, count], found[False, count]
        name = f"{subject}: {count} {client}{'s' if count > 1 else ''}"
        yield figure(f"{name}, {counted}", together.per_second, "/s", bar if count > 1 else "", peer)
        yield figure(f"{name}, p50", quantile(together.ms, 0.5), "ms", "", disk.beside(disk_ms))
        yield figure(f"{name}, p95", quantile(together.ms, 0.95), "ms", "", disk.beside(disk_ms))
        shared_rate = Against(together.per_second, "with shared commits")
        yield figure(f"{name}, {counted} with a commit each", alone.per_second, "/s", "", shared_rate)
        shared_p95 = Against(quantile(together.ms, 0.95), "with shared commits")
        yield figure(f"{name}, p95 with a commit each", quantile(alone.ms, 0.95), "ms", "", shared_p95)
    hall.start_server()
