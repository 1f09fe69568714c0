"""A window that starts without its server has the last list to read by: numbers and items, nobody's name."""

from pathlib import Path

from hall.ticket import TicketState
from tests.support.window_desk import LONG_NAME, desk, served_here, shown
from window_client.links.last_list import FILE, LastList

NAME = "欧阳**"


def test_the_last_list_is_there_after_a_start_without_a_name_in_the_file(tmp_path: Path) -> None:
    waiting = tuple(shown(n).model_copy(update={"masked_name": NAME}) for n in (1, 2))
    missed = (shown(7, name=LONG_NAME, state=TicketState.MISSED).model_copy(update={"masked_name": NAME}),)
    here = served_here().model_copy(update={"masked_name": NAME})
    LastList(tmp_path).keep(desk(here, waiting, missed=missed))
    found = LastList(tmp_path).read()
    assert found is not None
    assert [each.number for each in (*found.queue, *found.missed)] == ["A001", "A002", "A007"]
    assert found.missed[0].service_name == LONG_NAME
    assert found.active is None
    assert "**" not in (tmp_path / FILE).read_text("utf-8")


def test_a_newer_list_takes_the_place_and_the_same_is_not_written_again(tmp_path: Path) -> None:
    kept = LastList(tmp_path)
    kept.keep(desk(queue=(shown(1),)))
    kept.keep(desk(queue=(shown(2),)))
    found = kept.read()
    assert found is not None
    assert [each.number for each in found.queue] == ["A002"]
    (tmp_path / FILE).unlink()
    kept.keep(desk(queue=(shown(2),)))
    assert not (tmp_path / FILE).exists()


def test_without_a_readable_file_there_is_no_list(tmp_path: Path) -> None:
    assert LastList(tmp_path).read() is None
    (tmp_path / FILE).write_text("cut sho")
    assert LastList(tmp_path).read() is None


def test_a_disk_that_does_not_take_it_harms_nothing(tmp_path: Path) -> None:
    LastList(tmp_path / "nowhere").keep(desk())
    assert LastList(tmp_path / "nowhere").read() is None
