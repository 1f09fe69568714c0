"""What stands on a slip reaches the paper: read back by a reader of its own, or seen dot by dot in the picture."""

import unicodedata
from random import Random

import pytest
from PIL import Image, ImageChops

from devices.printer import (
    PAPER_58,
    PAPER_80,
    Align,
    BigNumber,
    Columns,
    Cut,
    Element,
    Logo,
    Paper,
    Profile,
    Slip,
    Text,
    cells,
)
from devices.printer.escpos import encode
from devices.printer.ink import KNIFE_GAP, Strip
from devices.printer.layout import CELL_HEIGHT, Line, fit
from tests.support.plain_reading import Drawn, read_plainly

SAMPLE = "：（3）①℃￥·㛃𬱖"
EVERYDAY = "社保卡申领不动产登记一二三号窗口请坐下等，。：；！？（）《》“”…—·①②℃￥％ＡＢ"
# The last four: Extension H and I, which came after this Python, and one of the private characters of old cards.
RARE = "㛃𬱖㐂𠮷€½é\U0002ebf0\U00031350\U000323b0\ue863"
LATIN = "ABCxyz 0123456789-/.()"
HOSTILE = "\x10\x1b\x1d\x04\x05\x00\x07\x7f\x9b\r\t\u200b\ufeff"


def texts(random: Random) -> str:
    """A text as halls write them, now and then with what should not be in it."""
    alphabet = EVERYDAY * 6 + LATIN * 4 + random.choice(["", RARE, HOSTILE, RARE + HOSTILE])
    return "".join(random.choice(alphabet) for _ in range(random.choice([1, 5, 20, 60])))


def invented_slip(random: Random) -> Slip:
    elements: list[Element] = []
    for _ in range(random.randint(1, 8)):
        size, bold = random.randint(1, 3), random.random() < 0.5
        match random.randrange(4):
            case 0:
                elements.append(BigNumber(f"{random.choice('ABC')}{random.randint(1, 1999):03}"))
            case 1:
                elements.append(Columns((texts(random), texts(random)), size, bold))
            case _:
                elements.append(Text(texts(random), size, bold, random.choice(list(Align))))
    return Slip((*elements, Cut()))


def said(slip: Slip) -> str:
    """Everything that a slip says, without spaces and without what no paper should show."""
    parts: list[str] = []
    for element in slip.elements:
        match element:
            case Text() | BigNumber():
                parts.append(element.text)
            case Columns():
                parts += element.cells
            case _:
                pass
    shown = unicodedata.normalize("NFC", "".join(parts))
    return "".join("".join(shown.split()).translate(dict.fromkeys(map(ord, HOSTILE))).split())


def seen(line: Line, paper: Paper) -> Image.Image:
    """A line set by the other half of the house, which draws for the twin's paper."""
    strip = Strip(paper.dots)
    x = (paper.dots - line.dots) // 2 if line.centred else 0
    bottom = max(CELL_HEIGHT * run.size for run in line.runs)
    for run in line.runs:
        for cluster in cells.clusters(run.text):
            width = cells.width(cluster)
            top = KNIFE_GAP + bottom - CELL_HEIGHT * run.size
            strip.character(cluster, x, top, cells=width, size=(run.size, run.size), bold=run.bold)
            x += width * 12 * run.size
    strip.advance(line.height)
    picture = ImageChops.invert(strip.cut(strip.y).convert("L"))
    return picture.crop((0, KNIFE_GAP, picture.width, picture.height))


def unlike(picture: Image.Image, other: Image.Image) -> float:
    """Dots that differ, as a share of the black ones."""
    assert picture.size == other.size
    one, two = (image.convert("L").point(lambda level: 255 * (level > 0)) for image in (picture, other))
    return ImageChops.difference(one, two).histogram()[255] / max(1, one.histogram()[255])


def come_back(slip: Slip, paper: Paper) -> int:
    """Check every line of a slip on the paper; how many of them are drawn."""
    lines = [part for part in fit(slip, Profile(paper)) if isinstance(part, Line)]
    found = read_plainly(encode(slip, Profile(paper)))
    assert len(found) == len(lines)
    assert "".join("".join(run.text for line in lines for run in line.runs).split()) == said(slip)
    drawn = 0
    for line, on_paper in zip(lines, found, strict=True):
        if isinstance(on_paper, Drawn):
            drawn += 1
            assert unlike(on_paper.picture, seen(line, paper)) < 0.05
        else:
            assert on_paper == "".join(run.text for run in line.runs)
    return drawn


@pytest.mark.parametrize("paper", [PAPER_80, PAPER_58], ids=["80", "58"])
def test_a_hundred_invented_slips_come_back(paper: Paper) -> None:
    random = Random(20261126)
    drawn = [come_back(invented_slip(random), paper) for _ in range(100)]
    assert sum(map(bool, drawn)) > 10
    assert drawn.count(0) > 10


@pytest.mark.parametrize("paper", [PAPER_80, PAPER_58], ids=["80", "58"])
@pytest.mark.parametrize("size", [1, 2, 4])
def test_the_sample_of_hard_characters_comes_back(paper: Paper, size: int) -> None:
    assert come_back(Slip((Text(SAMPLE, size), Cut())), paper) > 0
    assert come_back(Slip((Text(SAMPLE.replace("㛃𬱖", ""), size), Cut())), paper) == 0
    assert come_back(Slip((Text("欧阳" + SAMPLE * 6, size), Cut())), paper) > 0


@pytest.mark.parametrize("rare", ["\U0002ebf0", "\U00031350", "\U000323b0", "\ue863"])
def test_a_name_keeps_a_character_that_nobody_knows(rare: str) -> None:
    (line,) = (part for part in fit(Slip((Text(f"张{rare}"), Cut())), Profile()) if isinstance(part, Line))
    assert "".join(run.text for run in line.runs).strip() == f"张{rare}"
    (drawn,) = read_plainly(encode(Slip((Text(f"张{rare}"), Cut())), Profile()))
    assert isinstance(drawn, Drawn)
    second = (24 + 24, 0, 24 + 48, drawn.picture.height)  # behind the margin and the first character
    assert drawn.picture.crop(second).getbbox() is not None


def test_another_character_would_be_seen() -> None:
    for right, wrong in (("㛃", "𬱖"), ("𬱖", "㐂"), ("王㛃", "王㐂")):
        (drawn,) = (
            part for part in read_plainly(encode(Slip((Text(right, 2), Cut())), Profile())) if isinstance(part, Drawn)
        )
        (line,) = (part for part in fit(Slip((Text(wrong, 2), Cut())), Profile()) if isinstance(part, Line))
        assert unlike(drawn.picture, seen(line, PAPER_80)) > 0.1


@pytest.mark.parametrize("byte", [0x04, 0x05, 0x10, 0x1B, 0x1C, 0x1D, 0x7F, 0x9B])
def test_a_control_byte_in_a_name_never_reaches_the_printer(byte: int) -> None:
    name = f"王{chr(byte)}小{chr(byte)}{chr(0x40)}明"
    elements = Text(name), Text(name + "㛃", 2), Columns((name, name)), BigNumber("A001", (name,))
    on_paper = read_plainly(encode(Slip((*elements, Cut())), Profile()))
    assert on_paper[0] == "  王小@明"


def test_a_logo_is_on_the_paper_dot_for_dot() -> None:
    random = Random(5)
    rows = tuple(bytes(random.randrange(256) for _ in range(25)) for _ in range(60))
    (drawn,) = read_plainly(encode(Slip((Logo(200, rows), Cut())), Profile()))
    assert isinstance(drawn, Drawn)
    left = (576 - 200) // 2
    assert drawn.picture.crop((left, 0, left + 200, 60)).tobytes() == b"".join(rows)
