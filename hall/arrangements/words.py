"""What the hall says to everybody: notices 公告 on boards and kiosks, and its own words on the slip."""

import re
from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from hall.arrangements.part import Part, rearranged
from hall.catalog import Catalog
from hall.personal import tells_who

LONGEST_NOTICE, LONGEST_SLIP = 300, 120
LONGEST_SENTENCE = 80
"""Two lines at the foot of a board; more would take the room of the calls."""


class Notices(Part):
    """The hall's notice in both languages; a board shows it sentence by sentence."""

    part: Literal["notices"] = "notices"
    notice: str = Field(default="", max_length=LONGEST_NOTICE)
    notice_en: str = Field(default="", max_length=2 * LONGEST_NOTICE)

    def as_in(self, catalog: Catalog) -> "Notices":
        """As it stands."""
        return Notices(notice=catalog.hall.notice, notice_en=catalog.hall.notice_en)

    def within(self, catalog: Catalog) -> Catalog:
        """Put in place."""
        return rearranged(catalog, hall={"notice": self.notice, "notice_en": self.notice_en})

    def troubles(self, _: Catalog) -> Iterator[str]:
        """Nobody's number goes on a wall, and each sentence is read at one look."""
        yield from _public("公告", self.notice, self.notice_en)
        for sentence in sentences(self.notice):
            if len(sentence) > LONGEST_SENTENCE:
                yield f"「{sentence[:10]}…」这一句太长：请分成几句，每句以句号结束、不超过 {LONGEST_SENTENCE} 个字"


class SlipText(Part):
    """The words at the foot of a slip; None: the notice stands there, empty: nothing does."""

    part: Literal["slip"] = "slip"
    note: str | None = Field(default=None, max_length=LONGEST_SLIP)

    def as_in(self, catalog: Catalog) -> "SlipText":
        """As it stands."""
        return SlipText(note=catalog.hall.slip_note)

    def within(self, catalog: Catalog) -> Catalog:
        """Put in place."""
        return rearranged(catalog, hall={"slip_note": self.note})

    def troubles(self, _: Catalog) -> Iterator[str]:
        """Nobody's number goes on every slip."""
        yield from _public("取号单", self.note or "")


def sentences(notice: str) -> list[str]:
    """What a board shows of a notice, one after the other."""
    return [sentence for sentence in re.split("(?<=。)", notice) if sentence]


def _public(where: str, *texts: str) -> Iterator[str]:
    if any(map(tells_who, texts)):
        yield f"{where}谁都看得到，不要写手机号、证件号；大厅的电话请写总机或热线"
