"""A service made on a page is found by its initials; where they cannot be made it is made all the same, and told."""

import asyncio
import sys

import pytest

from hall.arrangements import Holidays, MadeGroup, NewGroup, NewService
from hall.catalog import Service, ServiceGroup
from queue_server.web.manage.settings.findable import findable

CARD = Service(id="card", group="k", name="社保卡申领", name_en="Card", department="局", aliases=("-补卡",))
BANK = Service(id="bank", group="k", name="银行开户", name_en="Account", department="局")
GROUP = ServiceGroup(id="k", prefix="K", name="社保", name_en="Cards", icon="file")


def test_every_service_of_a_new_part_gets_its_initials_and_nothing_else_changes() -> None:
    made = asyncio.run(findable(NewGroup(id="k", made=MadeGroup(group=GROUP, services=(CARD, BANK), windows=(1,)))))
    assert isinstance(made, NewGroup)
    assert made.made is not None
    assert [service.initials[0] for service in made.made.services] == ["sbksl", "yhkh"]
    assert "bk" in made.made.services[0].initials
    assert made.made.services[1].model_copy(update={"initials": ()}) == BANK
    gone, other = NewService(id="card"), Holidays()
    assert [asyncio.run(findable(part)) for part in (gone, other)] == [gone, other]


def test_without_them_it_is_made_all_the_same_and_the_log_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    part = NewService(id="card", made=CARD)
    assert asyncio.run(findable(part)) == part
    assert "settings.initials" in caplog.text
    assert CARD.name not in caplog.text
