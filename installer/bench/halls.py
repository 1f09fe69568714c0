"""A hall of its own for one subject: a folder, the programs as real processes, and a sure end of both."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hall.catalog import Catalog
from hall.facts import JournalEntry
from installer.hall_api import HallApi
from installer.hall_init.folder import FirstPin
from installer.rehearsal.processes import Crew, Program
from installer.rehearsal.stage import Stage, Twin
from queue_server.operations.accounts import Role

WINDOWS = 20
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}


@dataclass(frozen=True, slots=True)
class BenchHall:
    """A hall that is open at any hour, with its twins running and its server not yet started."""

    stage: Stage
    crew: Crew
    twins: dict[str, Twin]
    manager: FirstPin

    @property
    def folder(self) -> Path:
        """Where everything of it lies, on the disk that is measured."""
        return self.stage.folder

    @property
    def hall_key(self) -> bytes:
        """The hall's secret, for devices that prove themselves."""
        return bytes.fromhex(self.stage.hall.hall_key.read_text("ascii"))

    def clerks(self, count: int) -> list[tuple[int, FirstPin]]:
        """Window and account of so many clerks; only while the server is not running."""
        numbers = [window.number for window in self.stage.catalog.windows[:count]]
        return [(number, self.stage.hall.renew_pin(f"{300 + number:04}", (Role.CLERK,))) for number in numbers]

    def start_server(self, *, shared_commits: bool = True) -> Program:
        """The server, once it is ready; without shared commits every request gets one of its own."""
        if shared_commits:
            return self.stage.start_server()
        server = self.crew.start("server", "installer.bench.lone_commits", str(self.stage.settings))
        server.hear("address")
        return server

    def headless_kiosk(self) -> Program:
        """A kiosk without a screen, with everything else real; its durations go to `stage.metrics`."""
        metrics = str(self.stage.metrics)
        return self.crew.start(
            "kiosk", "kiosk", "--config", str(self.stage.settings), "--headless", "--metrics", metrics
        )

    def journal(self, after: int = 0) -> list[JournalEntry]:
        """Every entry of the server's journal after a place, read through its API as a manager does."""
        return list(self.manager_api().journal(after))

    def head_seq(self) -> int:
        """Where the running server's journal ends now."""
        return self.manager_api().hall().seq

    def manager_api(self) -> HallApi:
        """A manager's hand on the running server."""
        return HallApi(self.stage.address, self.manager.staff, self.manager.pin)


def with_windows(catalog: Catalog, count: int) -> Catalog:
    """The same hall with so many windows; those added serve what its first one serves."""
    known = catalog.windows
    added = (
        known[0].model_copy(update={"number": known[-1].number + place, "name": f"增设{place}号窗口"})
        for place in range(1, count - len(known) + 1)
    )
    return Catalog(hall=catalog.hall, groups=catalog.groups, services=catalog.services, windows=(*known, *added))


@contextmanager
def bench_hall(below: Path | None) -> Iterator[BenchHall]:
    """A new hall in a new folder; on leaving every process is ended and the folder gone.

    Args:
        below: Folder on the disk to measure; None takes the system's own place for temporary files.
    """
    folder = Path(tempfile.mkdtemp(prefix="onewindow-bench-", dir=below))
    try:
        with Crew(folder / "logs", OFFSCREEN) as crew:
            stage = Stage(folder, crew, small=False)
            stage.catalog = with_windows(stage.catalog, WINDOWS)
            _, manager = stage.init_hall()
            yield BenchHall(stage, crew, stage.start_twins(), manager)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
