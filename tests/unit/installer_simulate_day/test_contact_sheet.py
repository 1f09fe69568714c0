"""The hall behind the contact sheet stands at the moment asked for, its slips open; the sheet shows every picture."""

from dataclasses import replace
from pathlib import Path

from PIL import Image

from hall.opening import local_time
from hall.slip_code import unseal
from hall.ticket import TicketState
from installer.rehearsal.contact_sheet.monday import live_until, settle, slips
from installer.rehearsal.contact_sheet.pages import PAGES
from installer.rehearsal.contact_sheet.sheet import contact_sheet
from installer.rehearsal.hall_sim.hall import HALL_ID, HALL_KEY
from installer.rehearsal.simulate_day.shape import WEEKDAY
from queue_server.link.clock import new_id
from queue_server.store import Store

SMALL = replace(WEEKDAY, citizens=40, windows=3, kiosks=1)
RED = (200, 10, 10)


def test_the_hall_stands_at_the_moment_and_every_state_has_its_slip(tmp_path: Path) -> None:
    image, wall_us = live_until(SMALL, 1, 1, 10 * 60)
    assert f"{local_time(wall_us, 480):%a %H:%M}" == "Mon 10:00"
    folder, manager = settle(tmp_path / "hall", image, wall_us, SMALL)
    assert manager.staff == "1001"
    codes = slips(folder)
    assert TicketState.FINISHED in codes
    with Store.open(folder.database, HALL_ID, new_id=new_id) as store, store.read() as reader:
        assert [zone.id for zone in reader.catalog().hall.zones] == ["east"]
        for state, code in codes.items():
            ticket = reader.ticket(unseal(code, HALL_ID, HALL_KEY).ticket)
            assert ticket is not None
            assert (ticket.state, ticket.issued_at < wall_us) == (state, True)


def test_every_picture_has_a_name_of_its_own() -> None:
    names = [page.name for page in PAGES]
    assert len(set(names)) == len(names)


def test_the_sheet_has_room_for_all(tmp_path: Path) -> None:
    pictures = [tmp_path / f"{number}.png" for number in range(5)]
    for number, path in enumerate(pictures):
        Image.new("RGB", (400, 4000 if number else 200), RED).save(path)
    contact_sheet(pictures, tmp_path / "sheet.png")
    with Image.open(tmp_path / "sheet.png") as sheet:
        found = [sheet.getpixel((16 + 5 + place % 4 * 436, 16 + 30 + place // 4 * 454)) for place in range(5)]
    assert found == [RED] * 5
