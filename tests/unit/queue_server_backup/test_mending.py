"""A server that finds its database damaged starts all the same, from the newest good backup, and says so."""

import logging
import shutil
from pathlib import Path

import pytest

from hall.mending import RecoveryReason
from queue_server.backup.backups import backups_of
from queue_server.backup.place import Place
from queue_server.config import ServerSettings
from queue_server.link.clock import SystemClock
from queue_server.link.hall_key import read_hall_key
from queue_server.startup import StartError, prepare
from tests.support.mounts import Ballast, tiny_disk
from tests.support.served_hall import make_hall, server_process


def damage(path: Path) -> bytes:
    content = bytearray(path.read_bytes())
    for place in range(4096 * 2, len(content), 4096):
        content[place : place + 64] = b"\xff" * 64
    path.write_bytes(content)
    return bytes(content)


def backed_up(folder: Path, *, copy: bool = False) -> ServerSettings:
    """A hall on disk with two backups, the newer one cut short."""
    settings = make_hall(folder)
    if copy:
        (folder / "usb").mkdir()
        settings = settings.model_copy(update={"backup_copy": folder / "usb"})
    ready = prepare(settings)
    backups = backups_of(settings, ready.store, ready.hall_key, SystemClock())
    good = backups.make()
    newer = backups.make(daily=True)
    ready.close()
    newer.path.write_bytes(newer.path.read_bytes()[:-5])
    assert good.path != newer.path
    return settings


def test_a_damaged_database_gives_way_to_the_newest_good_backup(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = backed_up(tmp_path / "hall")
    spoilt = damage(settings.database)
    with caplog.at_level(logging.ERROR):
        ready = prepare(settings)
    with ready.store.read() as reader:
        restored = reader.restored()
        assert reader.catalog_version()
    ready.close()
    assert restored is not None
    assert restored.reason is RecoveryReason.DAMAGED
    aside = [path for path in settings.data.iterdir() if ".replaced-" in path.name]
    assert [path.read_bytes() for path in aside] == [spoilt]
    assert "store.mended" in caplog.text


def test_the_second_place_will_do(tmp_path: Path) -> None:
    settings = backed_up(tmp_path / "hall", copy=True)
    damage(settings.database)
    shutil.rmtree(settings.backup_folder)
    prepare(settings).close()


def test_an_old_backup_under_a_new_name_does_not_pass_for_the_newest(tmp_path: Path) -> None:
    """Whoever may write to the folder cannot quietly take the hall back to an earlier day."""
    settings = backed_up(tmp_path / "hall")
    good = min(settings.backup_folder.glob("*.owb"))
    forged = good.with_name(good.name.replace("-seq", "-seq9").replace("-2026", "-2027"))
    shutil.copy(good, forged)
    damage(settings.database)
    prepare(settings).close()
    place = Place(settings.backup_folder, settings.hall_id, read_hall_key(settings.hall_key))
    assert [kept.trouble for kept in place.kept(1 << 60) if kept.path == forged] == [
        f"文件被改过名：它原来叫 {good.name}"
    ]
    good.unlink()
    damage(settings.database)
    with pytest.raises(StartError):
        prepare(settings)


def test_without_a_good_backup_nothing_is_touched(tmp_path: Path) -> None:
    settings = backed_up(tmp_path / "hall")
    spoilt = damage(settings.database)
    for path in settings.backup_folder.iterdir():
        path.write_bytes(path.read_bytes()[:100])
    before = {path.name for path in settings.data.iterdir()}
    for mend in (True, False):  # the check says what the start will
        with pytest.raises(StartError, match="2 份备份都不能用。什么都没有动") as told:
            prepare(settings, mend=mend)
        assert str(settings.backup_folder) in str(told.value)  # where another one would have to go
        assert "自动换上" not in str(told.value)
    assert settings.database.read_bytes() == spoilt
    assert {path.name for path in settings.data.iterdir()} == before


def test_a_damaged_hall_that_never_had_a_backup_is_told_so(tmp_path: Path) -> None:
    settings = make_hall(tmp_path / "hall")
    damage(settings.database)
    for mend in (True, False):
        with pytest.raises(StartError, match="没有备份。什么都没有动，原文件请留着"):
            prepare(settings, mend=mend)


def test_a_full_disk_is_not_taken_for_bad_backups(tmp_path: Path) -> None:
    settings = backed_up(tmp_path / "hall")
    kept = Path(shutil.copytree(settings.backup_folder, tmp_path / "kept"))
    shutil.rmtree(settings.data)
    with tiny_disk(settings.data, 512) as disk:
        settings.database.write_bytes(b"no database" * 1000)
        elsewhere = settings.model_copy(update={"backup_copy": kept})
        Ballast(disk).load()
        for mend in (True, False):
            with pytest.raises(StartError, match=r"备份换不上.*磁盘已满"):
                prepare(elsewhere, mend=mend)


def test_a_backup_of_another_key_is_not_taken(tmp_path: Path) -> None:
    settings = backed_up(tmp_path / "hall")
    spoilt = damage(settings.database)
    settings.hall_key.write_text("ab" * 32)
    with pytest.raises(StartError):
        prepare(settings)
    assert settings.database.read_bytes() == spoilt


def test_a_check_only_tells(tmp_path: Path) -> None:
    settings = backed_up(tmp_path / "hall")
    spoilt = damage(settings.database)
    before = {path.name for path in settings.data.iterdir()}
    with pytest.raises(StartError, match="自动换上最近一份好备份"):
        prepare(settings, mend=False)
    assert settings.database.read_bytes() == spoilt
    assert {path.name for path in settings.data.iterdir()} == before


def test_a_database_that_is_gone_points_to_the_backups(tmp_path: Path) -> None:
    settings = backed_up(tmp_path / "hall")
    settings.database.unlink()
    with pytest.raises(StartError, match="onewindow backup restore"):
        prepare(settings)


def test_the_real_server_mends_itself_and_goes_on(tmp_path: Path) -> None:
    settings = backed_up(tmp_path / "hall")
    damage(settings.database)
    with server_process(tmp_path / "hall") as hall:
        made = hall.manager().http("POST", "/api/backups").raise_for_status().json()
        assert made["seq"] > 0
        drilled = hall.manager().http("POST", "/api/backups/drill").raise_for_status().json()
        assert drilled["faults"] == []
        devices = hall.manager().get("/api/hall").json()["devices"]
        told = {(device["device"], device["part"]): device["state"] for device in devices}
        assert told["server", "backup"] == told["server", "backup_drill"] == "online"
