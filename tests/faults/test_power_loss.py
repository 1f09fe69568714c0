"""The plug is pulled at any write of kiosk and server: whatever anybody was told is still there, once."""

from random import Random
from typing import Any
from unittest import mock

import pytest

from installer.rehearsal.faults.disk import Disk, Step
from installer.rehearsal.faults.images import SECTOR, Left, Platter, place
from installer.rehearsal.faults.power_loss import power_loss
from installer.rehearsal.faults.scratch import scratch
from queue_server.link.ledger import database as ledger
from queue_server.store import Store
from queue_server.store import connections as store
from tests.support.referee import Ids

IMAGES = 500


def test_five_hundred_power_cuts_lose_nothing_that_was_told() -> None:
    report = power_loss(IMAGES, seed=1)
    assert report.breaches == []
    assert int(report.figures["images"]) >= IMAGES
    assert all(int(report.figures[f"unsynced_{left}"]) > IMAGES // 10 for left in Left)


@pytest.mark.parametrize(
    ("settings", "synchronous"),
    [(ledger.SETTINGS, 1), (ledger.SETTINGS, 2), (store._WRITER, 1)],
    ids=["ledger NORMAL", "ledger FULL without EXTRA", "store NORMAL"],
)
def test_with_weaker_settings_the_losses_are_seen(settings: dict[str, Any], synchronous: int) -> None:
    with mock.patch.dict(settings, synchronous=synchronous):
        report = power_loss(150, seed=5)
    assert any("told" in breach or "applied" in breach or "answer" in breach for breach in report.breaches)


@pytest.mark.parametrize("left", [Left.NONE, Left.ALL])
def test_a_hall_whose_making_was_cut_short_can_be_made(left: Left) -> None:
    with scratch() as folder:
        first = folder / "first"
        first.mkdir()
        with Disk(first) as disk:
            Store.open(first / "hall.db", "test-hall", new_id=Ids()).close()
            steps = list(disk.steps)
        platter = Platter()
        for count, step in enumerate(steps):
            platter.follow(step)
            cut = folder / f"cut-{count}"
            cut.mkdir()
            place(platter.image(left, Random(count)), str(first), cut)
            Store.open(cut / "hall.db", "test-hall", new_id=Ids()).close()


def follow(*steps: Step) -> Platter:
    platter = Platter()
    for step in steps:
        platter.follow(step)
    return platter


def test_unsynced_writes_and_names_are_forgotten() -> None:
    platter = follow(Step("create", "/d/a"), Step("write", "/d/a", 0, b"old"), Step("sync", "/d/a"))
    assert platter.image(Left.NONE, Random(1)) == {}
    platter.follow(Step("sync_folder", "/d"))
    platter.follow(Step("write", "/d/a", 0, b"new"))
    assert platter.image(Left.NONE, Random(1)) == {"/d/a": b"old"}
    assert platter.image(Left.ALL, Random(1)) == {"/d/a": b"new"}
    platter.follow(Step("delete", "/d/a"))
    assert platter.image(Left.NONE, Random(1)) == {"/d/a": b"old"}
    assert platter.image(Left.ALL, Random(1)) == {}


def test_a_torn_write_ends_at_a_sector() -> None:
    platter = follow(Step("create", "/d/a"), Step("sync_folder", "/d"), Step("write", "/d/a", 24, b"x" * 4096))
    found = {platter.image(Left.PREFIX, Random(seed)).get("/d/a", b"") for seed in range(200)}
    torn = [content for content in found if 0 < content.count(b"x") < 4096]
    assert torn
    assert all(len(content.rstrip(b"x").rstrip(b"\0")) == 0 for content in torn)
    assert all(content.find(b"x") % SECTOR in (0, 24) for content in torn)


def test_a_machine_that_kept_its_power_keeps_its_writes() -> None:
    platter = follow(Step("create", "/d/kiosk/a"), Step("write", "/d/kiosk/a", 0, b"kept"))
    assert platter.image(Left.NONE, Random(1), "/d/kiosk/") == {"/d/kiosk/a": b"kept"}
