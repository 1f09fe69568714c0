"""Boards and loudspeakers: what is shown, how calls are heard, and the zones 区域 that have screens of their own."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from hall.arrangements.part import Part, rearranged, unreadable
from hall.catalog import Catalog
from hall.zones import Layout, Voice, Zone

MOST_ZONES = 20
ZoneId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=24)]


class BoardLayout(Part):
    """What the boards of the hall show, and those of zones that have no layout of their own."""

    part: Literal["layout"] = "layout"
    layout: Layout = Layout()

    def as_in(self, catalog: Catalog) -> "BoardLayout":
        """As it stands."""
        return BoardLayout(layout=catalog.hall.layout)

    def within(self, catalog: Catalog) -> Catalog:
        """Put in place."""
        return rearranged(catalog, hall={"layout": self.layout})

    def troubles(self, _: Catalog) -> Iterator[str]:
        """Any layout fits."""
        yield from ()


class Loudness(Part):
    """How calls are heard in the whole hall."""

    part: Literal["voice"] = "voice"
    voice: Voice = Voice()

    def as_in(self, catalog: Catalog) -> "Loudness":
        """As it stands."""
        return Loudness(voice=catalog.hall.voice)

    def within(self, catalog: Catalog) -> Catalog:
        """Put in place."""
        return rearranged(catalog, hall={"voice": self.voice})

    def troubles(self, _: Catalog) -> Iterator[str]:
        """Any voice fits."""
        yield from ()


class ZonePart(Part):
    """One zone, `/board/zone/ID`; None: there is none of that id."""

    part: Literal["zone"] = "zone"
    id: ZoneId
    zone: Zone | None = None

    @property
    def key(self) -> str:
        """Each zone has one."""
        return f"{self.part}:{self.id}"

    def as_in(self, catalog: Catalog) -> "ZonePart":
        """As it stands."""
        return ZonePart(id=self.id, zone=next((each for each in catalog.hall.zones if each.id == self.id), None))

    def within(self, catalog: Catalog) -> Catalog:
        """Put in place; a new one comes last."""
        zones = {each.id: each for each in catalog.hall.zones} | ({} if self.zone is None else {self.id: self.zone})
        if self.zone is None:
            zones.pop(self.id, None)
        return rearranged(catalog, hall={"zones": tuple(zones.values())})

    def troubles(self, catalog: Catalog) -> Iterator[str]:
        """Its windows and groups are there, and nobody else has its name."""
        if self.zone is None:
            return
        if self.zone.id != self.id or {*self.zone.groups} - {group.id for group in catalog.groups}:
            yield "区域里有大厅没有的业务类别，请刷新这一页再改"
        if {*self.zone.windows} - {window.number for window in catalog.windows}:
            yield "区域里有大厅没有的窗口，请刷新这一页再改"
        yield from unreadable(self.zone.name)
        if any(each.name == self.zone.name and each.id != self.id for each in catalog.hall.zones):
            yield f"已经有一个区域叫{self.zone.name}，请改一个名称"
        if len(self.within(catalog).hall.zones) > MOST_ZONES:
            yield f"最多 {MOST_ZONES} 个区域"
