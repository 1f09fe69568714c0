"""Yesterday's backup at noon, with the real programs: nothing printed is lost, nobody uncertain is called by itself."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from hall.facts import TicketIssued
from hall.wire.commands import CallNext, Command, Confirm, FinishService, StartService
from hall.wire.replies import Refusal, Reply
from hall.wire.views import HallNow
from installer import backup
from installer.hall_api import HallApi
from installer.hall_init.folder import FirstPin
from installer.rehearsal.demo import OFFSCREEN
from installer.rehearsal.processes import Crew, Program
from installer.rehearsal.stage import Stage
from queue_server.link.act_log import ActLog
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.desk_link import DeskLink
from queue_server.link.find import Finder
from queue_server.link.server_link import ServerLink

SERVICE, WINDOW = "social_card_first", 5
Send = Callable[[Command], Reply]


def take(kiosk: Program) -> str:
    """A number; its slip is out."""
    number: str = kiosk.ask("number", service=SERVICE)["number"]
    kiosk.hear("paper")
    return number


def call(send: Send) -> Reply:
    return send(CallNext(request_id=new_id()))


def serve(send: Send) -> str:
    """The next citizen, from the call to the end."""
    called = call(send).ticket
    assert called is not None
    for command in (StartService, FinishService):
        assert send(command(request_id=new_id(), ticket=called.id)).done
    return called.number


def numbers(api: HallApi) -> list[str]:
    bodies = (entry.fact.body for entry in api.journal())
    return sorted(f"{body.prefix}{body.n:03}" for body in bodies if isinstance(body, TicketIssued))


def waited_for(api: HallApi, count: int) -> HallNow:
    """The hall once the kiosk has told so many numbers again."""
    while len(numbers(api)) < count:
        pass
    return api.hall()


@contextmanager
def remembering_window(stage: Stage, clerk: FirstPin) -> Iterator[DeskLink]:
    """Window 5 as the window client runs it, with its memory on disk; its clerk is in and its desk is live."""
    live = Event()
    with ActLog(stage.folder / "window") as log:
        desk = DeskLink(
            Finder(stage.address),
            WINDOW,
            SystemClock(),
            log,
            on_desk=lambda _: None,
            on_state=lambda is_live, _: live.set() if is_live else None,
            on_signed_out=lambda: None,
        )
        desk.sign_in(clerk.staff, clerk.pin)
        assert live.wait(30)
        try:
            yield desk
        finally:
            desk.close()


def test_what_the_window_remembers_is_certain_again(tmp_path: Path) -> None:
    with Crew(tmp_path / "logs", OFFSCREEN) as crew:
        stage = Stage(tmp_path, crew)
        clerk, manager = stage.init_hall()
        stage.start_twins()
        server = stage.start_server()
        kiosk = crew.start("kiosk", "kiosk", "--config", str(stage.settings), "--headless")
        printed = [take(kiosk), take(kiosk), take(kiosk)]
        api = HallApi(stage.address, manager.staff, manager.pin)
        waited_for(api, 3)
        api.back_up()
        with remembering_window(stage, clerk) as window:
            assert serve(window.send) == printed[0]
        server.kill()
        assert backup.main(["restore", "--folder", str(stage.hall.root)]) == 0
        stage.start_server()
        api = HallApi(stage.address, manager.staff, manager.pin)
        with remembering_window(stage, clerk) as window:
            hall = api.hall()
            assert sorted(ticket.number for ticket in hall.uncertain) == printed[1:]
            assert sum(group.finished for group in hall.groups) == 1
            assert call(window.send).refusal is Refusal.NOBODY_WAITING
        assert api.check().tables_agree


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
            assert serve(window.command) == printed[0]
            api.back_up()
            printed.append(take(kiosk))
            waited_for(api, 3)
            assert serve(window.command) == printed[1]  # this the backup does not know
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
            assert call(window.command).refusal is Refusal.NOBODY_WAITING
            fresh = take(kiosk)
            waited_for(api, 5)
            assert serve(window.command) == fresh == "A005"
            with ServerLink(stage.address, SystemClock()) as desk:
                desk.sign_in(manager.staff, manager.pin, None)
                assert desk.command(Confirm(request_id=new_id())).done
            assert [serve(window.command) for _ in printed[1:]] == printed[1:]
        assert api.hall().uncertain == ()
        checked = api.check()
        assert checked.chain_ok
        assert checked.tables_agree
