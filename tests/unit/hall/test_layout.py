"""What a board shows: as it always was until a manager says otherwise, the hall's but for zones with their own."""

from typing import Any

from hall.arrangements import BoardLayout, ZonePart, parts_of
from hall.catalog import Catalog
from hall.zones import Layout, Zone
from tests.support.referee import small_catalog

QUIET, BARE = Layout(clerk=False), Layout(ready=0)


def zoned(*zones: Zone, **hall: Any) -> Catalog:
    catalog = small_catalog()
    return catalog.model_copy(update={"hall": catalog.hall.model_copy(update={"zones": zones, **hall})})


def test_a_hall_with_zones_keeps_the_version_it_had_before_there_were_layouts() -> None:
    zone = Zone(id="one", name="一号区", windows=(1,), volume=40)
    assert zoned(zone).version == "e7946698f840a121"
    assert zoned(zone.model_copy(update={"layout": BARE})).version != "e7946698f840a121"
    assert zoned(zone, layout=BARE).version != "e7946698f840a121"


def test_a_zone_shows_what_the_hall_does_until_it_has_a_layout_of_its_own() -> None:
    zone = Zone(id="one", name="一号区", windows=(1,))
    assert zone.shows(BARE) == BARE
    assert zone.model_copy(update={"layout": QUIET}).shows(BARE) == QUIET


def test_the_screen_over_a_window_follows_its_zone_the_first_of_several_else_the_hall() -> None:
    first, second = Zone(id="one", name="一", windows=(1,)), Zone(id="two", name="二", windows=(1, 2), layout=QUIET)
    catalog = zoned(first, second, layout=BARE)
    assert [catalog.hall.layout_over(window) for window in (1, 2, 3)] == [BARE, QUIET, BARE]


def test_the_hall_s_layout_and_a_zone_s_are_parts_that_are_put_in_place_and_taken_out_again() -> None:
    catalog = zoned(Zone(id="one", name="一号区", windows=(1,)))
    assert BoardLayout() in list(parts_of(catalog))
    own = ZonePart(id="one", zone=Zone(id="one", name="一号区", windows=(1,), layout=QUIET))
    for part in (BoardLayout(layout=BARE), own):
        changed = part.within(catalog)
        assert not list(part.troubles(catalog))
        assert part.as_in(changed) == part
        assert part.as_in(catalog).within(changed).version == catalog.version
