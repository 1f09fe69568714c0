"""Yesterday's backup at noon, with the real programs: nothing printed is lost, nobody uncertain is called by itself."""

from pathlib import Path

from hall.facts import TicketIssued
from hall.wire.commands import CallNext, Confirm, FinishService, StartService
from hall.wire.replies import Refusal, Reply
from hall.wire.views import HallNow
from installer import backup
from installer.hall_api import HallApi
from installer.rehearsal.demo import OFFSCREEN
from installer.rehearsal.processes import Crew, Program
from installer.rehearsal.stage import Stage
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.server_link import ServerLink

SERVICE, WINDOW = "social_card_first", 5


def take(kiosk: Program) -> str:
    """A number; its slip is out."""
    number: str = kiosk.ask("number", service=SERVICE)["number"]
    kiosk.hear("paper")
    return number


def call(link: ServerLink) -> Reply:
    return link.command(CallNext(request_id=new_id()))


def serve(link: ServerLink) -> str:
    """The next citizen, from the call to the end."""
    called = call(link).ticket
    assert called is not None
    for command in (StartService, FinishService):
        assert link.command(command(request_id=new_id(), ticket=called.id)).done
    return called.number


def numbers(api: HallApi) -> list[str]:
    bodies = (entry.fact.body for entry in api.journal())
    return sorted(f"{body.prefix}{body.n:03}" for body in bodies if isinstance(body, TicketIssued))


def waited_for(api: HallApi, count: int) -> HallNow:
    """The hall once the kiosk has told so many numbers again."""
    while len(numbers(api)) < count:
        pass
    return api.hall()


def test_a_backup_restored_at_noon(tmp_path: Path) -> None:
    with Crew(tmp_path / "logs", OFFSCREEN) as crew:
        stage = Stage(tmp_path, crew)
        clerk, manager = stage.init_hall()
        stage.start_twins()
        server = stage.start_server()
        kiosk = crew.start("kiosk", "kiosk", "--config", str(stage.settings), "--headless")
        printed = [take(kiosk), take(kiosk)]
        api = HallApi(stage.address, manager.staff, manager.pin)
        waited_for(api, 2)
        with ServerLink(stage.address, SystemClock()) as window:
            window.sign_in(clerk.staff, clerk.pin, WINDOW)
            assert serve(window) == printed[0]
            api.back_up()
            printed.append(take(kiosk))
            waited_for(api, 3)
            assert serve(window) == printed[1]  # this the backup does not know
        server.kill()
        printed.append(take(kiosk))  # the kiosk gives numbers as before
        assert backup.main(["restore", "--folder", str(stage.hall.root)]) == 0
        stage.start_server()
        api = HallApi(stage.address, manager.staff, manager.pin)
        hall = waited_for(api, 4)
        assert numbers(api) == printed == ["A001", "A002", "A003", "A004"]
        assert hall.recovery is not None
        assert sorted(ticket.number for ticket in hall.uncertain) == printed[1:]
        with ServerLink(stage.address, SystemClock()) as window:
            window.sign_in(clerk.staff, clerk.pin, WINDOW)
            assert call(window).refusal is Refusal.NOBODY_WAITING
            fresh = take(kiosk)
            waited_for(api, 5)
            assert serve(window) == fresh == "A005"
            with ServerLink(stage.address, SystemClock()) as desk:
                desk.sign_in(manager.staff, manager.pin, None)
                assert desk.command(Confirm(request_id=new_id())).done
            assert [serve(window) for _ in printed[1:]] == printed[1:]
        assert api.hall().uncertain == ()
        checked = api.check()
        assert checked.chain_ok
        assert checked.tables_agree
