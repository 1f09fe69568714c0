"""A server restored to an earlier time, as a technician does it: nothing printed is lost, no lane is given again."""

from pathlib import Path

from hall.facts import JournalEntry
from hall.mending import RecoveryReason
from hall.wire.backups import BackupNow
from queue_server.backup.restore import Target, restore
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.hall_key import read_hall_key
from tests.support.served_hall import ServedHall, WireKiosk, server_process


def numbers(hall: ServedHall) -> list[str]:
    """The tickets issued, by id, as often as they stand in the journal."""
    entries = map(JournalEntry.model_validate_json, hall.manager().get("/api/journal").text.splitlines())
    return [entry.fact.body.ticket for entry in entries if entry.fact.body.kind == "ticket_issued"]


def issue(kiosk: WireKiosk, count: int) -> list[str]:
    taken = [kiosk.issue("alpha", "alpha_one", "A").ticket for _ in range(count)]
    kiosk.push()
    return taken


def back_up(hall: ServedHall) -> BackupNow:
    answer = hall.manager().http("POST", "/api/backups").raise_for_status()
    return BackupNow.model_validate_json(answer.content)


def recoveries(hall: ServedHall) -> list[RecoveryReason]:
    """Why the server was set back, each time that it was."""
    entries = map(JournalEntry.model_validate_json, hall.manager().get("/api/journal").text.splitlines())
    return [entry.fact.body.reason for entry in entries if entry.fact.body.kind == "recovery_began"]


def test_restored_to_an_earlier_time_the_kiosk_tells_again_what_it_printed(tmp_path: Path) -> None:
    folder, incarnation = tmp_path / "hall", new_id()
    with server_process(folder) as hall:
        kiosk = hall.kiosk("kiosk-1", incarnation)
        printed = issue(kiosk, 3)
        made = back_up(hall)
        printed += issue(kiosk, 2)
        later = hall.kiosk("kiosk-2")
        assert later.welcome is not None
        printed += issue(later, 1)
        assert recoveries(hall) == []
        settings, epoch = hall.settings, later.welcome.server_epoch
    key = read_hall_key(settings.hall_key)
    target = Target(settings.database, settings.hall_id, key, new_id)
    restore(settings.backup_folder / made.name, target, SystemClock().now().wall_us, RecoveryReason.RESTORED)
    with server_process(folder) as hall:
        assert recoveries(hall) == [RecoveryReason.RESTORED]
        assert set(numbers(hall)) == set(printed[:3])
        again = hall.kiosk("kiosk-1", incarnation)
        assert again.welcome is not None
        assert kiosk.welcome is not None
        assert again.welcome.server_epoch != epoch
        assert again.welcome.lane == kiosk.welcome.lane
        again.facts = kiosk.facts
        again.push()
        assert sorted(numbers(hall)) == sorted(printed[:5])  # each once
        stranger = hall.kiosk("kiosk-3")
        assert stranger.welcome is not None
        assert stranger.welcome.lane > later.welcome.lane  # kiosk-2's lane is on paper already
    with server_process(folder) as hall:  # an ordinary start begins nothing anew
        assert recoveries(hall) == [RecoveryReason.RESTORED]


def test_a_database_set_back_by_hand_is_noticed(tmp_path: Path) -> None:
    folder, incarnation = tmp_path / "hall", new_id()
    with server_process(folder) as hall:
        printed = issue(hall.kiosk("kiosk-1", incarnation), 2)
        settings = hall.settings
    old = settings.database.read_bytes()
    with server_process(folder) as hall:
        kiosk = hall.kiosk("kiosk-2")
        issue(kiosk, 3)
    settings.database.write_bytes(old)
    with server_process(folder) as hall:
        assert recoveries(hall) == [RecoveryReason.SET_BACK]
        assert set(numbers(hall)) == set(printed)
