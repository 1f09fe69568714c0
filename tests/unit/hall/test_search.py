import pytest

from hall.catalog import Service
from hall.search import next_keys, search


def service(name: str, initials: tuple[str, ...], aliases: tuple[str, ...] = ()) -> Service:
    return Service(
        id=f"s{abs(hash(name))}", group="social", name=name, name_en=name, department="人社局",
        initials=initials, aliases=aliases,
    )  # fmt: skip


CARD = service("社保卡申领", ("sbksl", "blsbk"), ("补领社保卡",))
LOST = service("社保卡挂失", ("sbkgs",))
PENSION = service("养老待遇申领", ("yldysl",), ("退休工资",))
ALL = (PENSION, CARD, LOST)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sbk", [CARD, LOST]),
        ("SBKG", [LOST]),
        ("s b k s", [CARD]),
        ("sl", [PENSION, CARD]),
        ("社保卡", [CARD, LOST]),
        ("退休", [PENSION]),
        ("zzz", []),
        ("", []),
    ],
)
def test_what_is_typed_finds_what_is_meant(query: str, found: list[Service]) -> None:
    assert [match.service for match in search(ALL, query)] == found


def test_the_part_that_matched_is_marked() -> None:
    match = search(ALL, "kgs")[0]
    assert LOST.name[match.start : match.start + match.length] == "卡挂失"


def test_only_keys_that_lead_somewhere_are_live() -> None:
    assert next_keys(ALL, "sbk") == {"s", "g"}
    assert next_keys(ALL, "zzz") == frozenset()
