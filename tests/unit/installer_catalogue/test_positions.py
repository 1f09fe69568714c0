"""Every value tomllib reads has a line, and it is the right one."""

import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer.hall_init.catalogue.positions import Path, positions

TEXT = """# a comment with [[service]] in it
[hall]
name = "a # b = [ { ]" # "c"
"quoted key" = 'it "is" # quoted'

[[service]]
id = "one"
notes = \"\"\"
[[service]]
id = "not a block"\"\"\"\"
aliases = [
    "x", # ] first
    'y]',

    "z",
]
[service.guide]
fee.amount = 3

[[service]]
id = "two"
  [service.guide]
  materials = [
    { name = "m1", size = { wide = 1 } }, { name = "m2" },
    { name = "m3", copies = 2 },
  ]
  [[service.guide.links]]
  url = '''
many
lines'''
  [[service.guide.links]]
  url = "last"
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("hall",), 2),
        (("hall", "name"), 3),
        (("hall", "quoted key"), 4),
        (("service", 0), 6),
        (("service", 0, "id"), 7),
        (("service", 0, "notes"), 8),
        (("service", 0, "aliases"), 11),
        (("service", 0, "aliases", 1), 13),
        (("service", 0, "aliases", 2), 15),
        (("service", 0, "guide", "fee", "amount"), 18),
        (("service", 1), 20),
        (("service", 1, "guide"), 22),
        (("service", 1, "guide", "materials", 0, "size", "wide"), 24),
        (("service", 1, "guide", "materials", 1, "name"), 24),
        (("service", 1, "guide", "materials", 2, "copies"), 25),
        (("service", 1, "guide", "links", 1, "url"), 32),
    ],
)
def test_the_line_of(path: Path, line: int) -> None:
    assert positions(TEXT)[path] == line


def paths(value: object, here: Path = ()) -> Iterator[Path]:
    """The paths of all that tomllib read."""
    if here:
        yield here
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*here, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths(inner, (*here, index))


def test_no_path_is_missing_or_too_many() -> None:
    assert set(positions(TEXT)) == set(paths(tomllib.loads(TEXT)))


PIECES = [
    "[a]", "[[b]]", "[b.c]", "[[b.d]]", "[a.'x y']", "k = 1", "k.l = 2", '"q\\"=" = [1, [2, # c\n "]"], {z = [\n3]}]',
    'm = """one\n"two" # [x]\\\n\\""""', "n = ''", 'p = ""', "t = 1979-05-27 07:32:00Z", "u = { v.w = 'a' , x = [ ] }",
    "f = -1e3", "h = '''\n'x''''", "# comment ] } \"", "", "  ", "o = true # end", "r = [\n[],\n\n[{}, ], ]",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_whatever_tomllib_accepts_is_placed_whole(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    found = positions(text)
    assert set(found) == set(paths(content))
    assert all(1 <= line <= text.count("\n") + 1 for line in found.values())


@given(st.text(alphabet="ab[]{}=.,\"'#\n\\ 1"))
def test_any_accepted_scribble_is_placed_whole(text: str) -> None:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert set(positions(text)) == set(paths(content))
