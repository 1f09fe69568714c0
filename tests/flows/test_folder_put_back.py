"""The server's whole data folder is replaced by an older copy: noticed before anybody is called or let in."""

import shutil
from pathlib import Path

from hall.wire.replies import Refusal
from installer.hall_api import HallApi
from installer.rehearsal.demo import OFFSCREEN
from installer.rehearsal.processes import Crew, Program
from installer.rehearsal.stage import Stage
from queue_server.link.clock import SystemClock
from queue_server.link.server_link import ServerLink
from tests.flows.test_set_back import WINDOW, call, serve, take, waited_for


def kiosk_of(stage: Stage, name: str) -> Program:
    settings = stage.settings.with_name(f"{name}.toml")
    settings.write_text(stage.settings.read_text("utf-8").replace("kiosk-1", name), "utf-8")
    return stage.crew.start(name, "kiosk", "--config", str(settings), "--headless")


def test_nobody_gets_a_number_twice_and_nobody_served_is_called(tmp_path: Path) -> None:
    with Crew(tmp_path / "logs", OFFSCREEN) as crew:
        stage = Stage(tmp_path, crew)
        clerk, manager = stage.init_hall()
        stage.start_twins()
        data, old = stage.hall.database.parent, tmp_path / "old"
        first = kiosk_of(stage, "kiosk-1")
        server = stage.start_server()
        printed = [take(first), take(first), take(first)]
        waited_for(HallApi(stage.address, manager.staff, manager.pin), 3)
        server.stop()
        shutil.copytree(data, old)
        server = stage.start_server()
        second = kiosk_of(stage, "kiosk-2")
        printed += [take(second), take(second)]
        waited_for(HallApi(stage.address, manager.staff, manager.pin), 5)
        with ServerLink(stage.address, SystemClock()) as window:
            window.sign_in(clerk.staff, clerk.pin, WINDOW)
            served = [serve(window.command) for _ in printed]
        assert sorted(served) == sorted(printed)
        for program in (first, second, server):
            program.stop()

        data.rename(tmp_path / "newer")
        shutil.copytree(old, data)
        stage.start_server()
        with ServerLink(stage.address, SystemClock()) as window:
            window.sign_in(clerk.staff, clerk.pin, WINDOW)
            assert call(window.command).refusal is Refusal.NOBODY_WAITING
        third = kiosk_of(stage, "kiosk-3")
        printed += [take(third), take(third), take(third)]
        api = HallApi(stage.address, manager.staff, manager.pin)
        assert api.hall().recovery is not None
        kiosk_of(stage, "kiosk-1")
        kiosk_of(stage, "kiosk-2")
        hall = waited_for(api, len(printed))
        assert len(set(printed)) == len(printed)
        assert hall.doubles == ()
        assert api.check().tables_agree
