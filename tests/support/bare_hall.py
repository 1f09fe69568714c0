"""A hall of two real programs and nothing else: the server, and one kiosk without screen and devices."""

import json
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from hall.facts import JournalEntry, TicketIssued
from installer.hall_api import HallApi
from installer.hall_init.folder import HallFolder
from installer.rehearsal.demo import OFFSCREEN
from installer.rehearsal.faults.pair import small_hall
from installer.rehearsal.faults.promises import arrived
from installer.rehearsal.processes import Crew, Program
from installer.rehearsal.stage import MANAGER, free_port
from queue_server.operations.accounts import Role

SERVICE = small_hall().services[0].id


@dataclass
class BareHall:
    """The two programs, and what the kiosk told."""

    server: Program
    kiosk: Program
    api: HallApi
    told: dict[str, str] = field(default_factory=dict)

    def issue(self, count: int = 1) -> list[bool]:
        """Numbers one after the other; whether each was given offline."""
        answers = [self.kiosk.ask("number", service=SERVICE, paper=False) for _ in range(count)]
        self.told |= {answer["ticket"]: answer["number"] for answer in answers}
        return [answer["offline"] for answer in answers]

    def until_all_arrived(self) -> list[JournalEntry]:
        """Wait until the server has everything told, each once; the test's own time limit ends a wait in vain."""
        while True:
            entries = list(self.api.journal())
            if self.told.keys() <= {body.ticket for body in issued(entries)}:
                assert list(arrived(self.told, entries)) == []
                check = self.api.check()
                assert (check.chain_ok, check.tables_agree) == (True, True)
                return entries

    def numbers_rise(self, entries: list[JournalEntry]) -> None:
        """The numbers stand in the journal in the order in which they were given, in time as well."""
        mine = [entry for entry in entries if getattr(entry.fact.body, "ticket", None) in self.told]
        given = [entry for entry in mine if isinstance(entry.fact.body, TicketIssued)]
        assert [body.ticket for body in issued(given)] == list(self.told)
        times = [entry.at for entry in given]
        assert times == sorted(times)
        counters = [body.n for body in issued(given)]
        assert counters == sorted(set(counters))


def issued(entries: list[JournalEntry]) -> list[TicketIssued]:
    return [body for entry in entries if isinstance(body := entry.fact.body, TicketIssued)]


@contextmanager
def paused(program: Program) -> Iterator[None]:
    """Stopped by the system, as a machine that swaps or sleeps; it knows of nothing."""
    os.kill(program.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(program.pid, signal.SIGCONT)


@contextmanager
def bare_hall(
    folder: Path,
    *,
    host: str = "127.0.0.1",
    address_for_kiosk: str = "127.0.0.1",
    address_for_test: str = "127.0.0.1",
    server_within: Sequence[str] = (),
    kiosk_within: Sequence[str] = (),
) -> Iterator[BareHall]:
    """Both running, the kiosk connected once."""
    hall, port = HallFolder(folder / "hall"), free_port()
    hall.create(small_hall(), server_port=port)
    manager = hall.renew_pin(MANAGER, (Role.MANAGER,))
    settings = folder / "bare.toml"
    settings.write_text(_toml(hall, host, port, f"http://{address_for_kiosk}:{port}"), "utf-8")
    with (
        Crew(folder / "logs", OFFSCREEN, server_within) as there,
        Crew(folder / "logs", OFFSCREEN, kiosk_within) as here,
    ):
        server = there.start("server", "queue_server", "--config", str(settings), "--announce")
        server.hear("address")
        kiosk = here.start("kiosk", "kiosk", "--config", str(settings), "--headless")
        api = HallApi(f"http://{address_for_test}:{port}", manager.staff, manager.pin)
        yield BareHall(server, kiosk, api)


def _toml(hall: HallFolder, host: str, port: int, server: str) -> str:
    def text(value: object) -> str:
        return json.dumps(str(value))

    return f"""
[server]
hall_id = {text(small_hall().hall.id)}
data = {text(hall.database.parent)}
hall_key = {text(hall.hall_key)}
host = {text(host)}
port = {port}
voice = false
advertise = false

[kiosk]
name = "kiosk-1"
data = {text(hall.root / "kiosk-1")}
hall_key = {text(hall.hall_key)}
server = {text(server)}
"""
