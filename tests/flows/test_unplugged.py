"""A reader, scanner or printer that goes away: the kiosk stands, the manager is told, and it comes back by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hall.facts import HealthChanged
from installer.hall_api import HallApi
from installer.rehearsal.demo import OFFSCREEN
from installer.rehearsal.processes import Crew, Program
from installer.rehearsal.stage import Stage, Twin

PARTS = {"id_card": ("unplug", "plug"), "scanner": ("unplug", "plug"), "printer": ("paper", "paper")}


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[HallApi, dict[str, Twin], Program]]:
    folder: Path = tmp_path_factory.mktemp("unplugged")
    with Crew(folder / "logs", OFFSCREEN) as crew:
        stage = Stage(folder, crew)
        _, manager = stage.init_hall()
        twins = stage.start_twins()
        stage.start_server()
        kiosk = crew.start("kiosk", "kiosk", "--config", str(stage.settings), "--headless")
        yield HallApi(stage.address, manager.staff, manager.pin), twins, kiosk


@pytest.mark.parametrize("part", PARTS)
def test_the_manager_sees_it_go_and_come_back(hall: tuple[HallApi, dict[str, Twin], Program], part: str) -> None:
    api, twins, kiosk = hall
    control = twins[part].control
    heard = Heard(api, part)
    heard.until("online")
    go, back = PARTS[part]
    control.act(go, **({"state": "out"} if part == "printer" else {}))
    gone = heard.until("missing", "fault", "attention")
    assert gone.problem
    assert gone.advice
    assert "number" in kiosk.ask("number", service="social_card_first", paper=False)  # the kiosk stands
    now = next(device for device in api.hall().devices if device.part == part)
    assert (now.state, now.problem) == (gone.state, gone.problem)
    assert gone.problem == ("打印纸已用完" if part == "printer" else "没有接上")
    assert (now.seen, now.paper) == (now.since, "没有纸" if part == "printer" else "")  # it worked until now
    control.act(back, **({"state": "ok"} if part == "printer" else {}))
    heard.until("online")


class Heard:
    """What the journal says of one part, read on from where it was left."""

    def __init__(self, api: HallApi, part: str) -> None:
        self._api = api
        self._part = part
        self._seq = 0

    def until(self, *states: str) -> HealthChanged:
        """Wait until the part is in one of these states; the test's own time limit ends a wait in vain."""
        while True:
            for entry in self._api.journal(after=self._seq):
                self._seq = entry.seq
                body = entry.fact.body
                if isinstance(body, HealthChanged) and body.part == self._part and body.state in states:
                    return body
