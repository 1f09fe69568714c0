"""Power cut between visits: kiosk and server killed with signal 9, started again, and no number comes twice."""

from pathlib import Path

import pytest

from hall.facts import TicketIssued
from installer.hall_api import HallApi
from installer.rehearsal.demo import OFFSCREEN
from installer.rehearsal.processes import Crew, Program
from installer.rehearsal.stage import Stage

SERVICE = "social_card_first"


def issue(kiosk: Program) -> str:
    number: str = kiosk.ask("number", service=SERVICE)["number"]
    return number


@pytest.mark.parametrize("server_alive", [True, False])
def test_numbers_rise_over_kills_of_kiosk_and_server(tmp_path: Path, *, server_alive: bool) -> None:
    numbers = []
    with Crew(tmp_path / "logs", OFFSCREEN) as crew:
        stage = Stage(tmp_path, crew)
        _, manager = stage.init_hall()
        stage.start_twins()
        server = stage.start_server()
        for _ in range(3):
            kiosk = crew.start("kiosk", "kiosk", "--config", str(stage.settings), "--headless")
            numbers += [issue(kiosk), issue(kiosk)]
            kiosk.kill()
            server.kill()
            if server_alive:
                server = stage.start_server()
        if not server_alive:
            stage.start_server()
        kiosk = crew.start("kiosk", "kiosk", "--config", str(stage.settings), "--headless")
        numbers.append(issue(kiosk))
        printed = {line["ticket"] for line in [kiosk.hear("paper")]}
        api = HallApi(stage.address, manager.staff, manager.pin)
        issued: list[TicketIssued] = []
        while not printed <= {body.ticket for body in issued}:
            issued = [body for entry in api.journal() if isinstance(body := entry.fact.body, TicketIssued)]
    assert numbers == [f"A{n:03}" for n in range(1, 8)]
    assert sorted(body.n for body in issued) == list(range(1, 8))
