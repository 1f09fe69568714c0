"""Invented appointments of the sample hall: a card to lay and a number to type, once a day, and in no real hall."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from devices.id_card.people import invented_person
from hall.clock import Moment
from hall.identity import holder_of
from installer.hall_init.__main__ import SAMPLE, main
from installer.hall_init.catalogue import read_catalogue
from installer.hall_init.first_bookings import NotSampleError, invite
from installer.rehearsal.invited import SEED
from queue_server.operations.catalog import publish_catalog
from queue_server.store import Store
from tests.support.booked import BookedHall
from tests.support.referee import HALL_KEY, Ids
from tests.support.tickets import MINUTE, NINE

Capture = pytest.CaptureFixture[str]
MORNING = Moment(wall_us=NINE + 15 * MINUTE, mono_us=5_000_000, boot_id="b" * 32)


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Store]:
    catalog = read_catalogue(SAMPLE)
    with Store.open(tmp_path / "hall.db", catalog.hall.id, new_id=Ids()) as store:
        store.write(lambda tx: publish_catalog(tx, MORNING, catalog)).result()
        yield store


def test_a_newcomer_can_check_in_at_once_and_a_second_time_adds_nothing(sample: Store) -> None:
    made = sample.write(lambda tx: invite(tx, MORNING, HALL_KEY)).result()
    token = holder_of(invented_person(Random(SEED)), HALL_KEY).token
    with sample.read() as reader:
        assert made[0] in reader.bookings_of(token)
        early = reader.catalog().hall.booking.early_minutes
    assert 0 < made[0].slot_at - MORNING.wall_us <= early * MINUTE  # so: at once
    assert len({booking.day for booking in made}) >= 3
    assert len({booking.number for booking in made}) == len(made)
    assert sample.write(lambda tx: invite(tx, MORNING, HALL_KEY)).result() == []


def test_no_real_hall_gets_invented_people() -> None:
    hall = BookedHall()
    with pytest.raises(NotSampleError):
        hall.run(lambda tx: invite(tx, hall.moment, HALL_KEY))
    assert hall.run(lambda tx: tx.bookings_on(hall.today)) == []


def test_the_verb_says_which_card_to_lay_and_what_to_type(tmp_path: Path, capsys: Capture) -> None:
    assert main(["init", str(tmp_path / "data")]) == 0
    capsys.readouterr()
    assert main(["seed", str(tmp_path / "data"), "--invite"]) == 0
    told = capsys.readouterr().out
    assert f"--lay resident --seed {SEED}" in told
    assert "OWB:" in told
    assert main(["seed", str(tmp_path / "data"), "--invite"]) == 0
    assert "没有新放预约" in capsys.readouterr().out
