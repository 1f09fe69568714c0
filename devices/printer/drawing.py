"""Parts of a slip drawn as dots: what the printer's own type cannot say, the QR code, rules."""

import segno
from PIL import Image, ImageDraw

from devices.printer import cells
from devices.printer.fonts import chinese_font
from devices.printer.layout import CELL_HEIGHT, QR_GAP, QR_SIDE, RULE_HEIGHT, Line, QrBlock, Run
from devices.printer.profile import DOTS_PER_CELL, Paper
from devices.printer.slip import Logo

WHITE, BLACK = 1, 0  # of a two-colour picture
_LEAST_MODULE = 5  # dots; finer codes fail on worn print heads and old phones
_ASCENT = 0.88  # baseline under the top of the em box, the measure of Chinese type


def draw_line(line: Line, paper: Paper) -> Image.Image:
    """A line of type as wide as the paper, with the white under it.

    Raises:
        FontError: No Chinese typeface is installed.
    """
    picture = _blank(paper.dots, line.height)
    _type(picture, line, left=(paper.dots - line.dots) // 2 if line.centred else 0, top=0)
    return picture


def draw_qr(block: QrBlock, paper: Paper) -> Image.Image:
    """A QR code at the left margin with its words beside it, or in the middle when there are none.

    Raises:
        FontError: No Chinese typeface is installed.
    """
    code = qr_picture(block.data)
    side = code.width
    words_height = sum(line.height for line in block.lines)
    picture = _blank(paper.dots, max(side, words_height))
    left = paper.margin if block.lines else (paper.dots - side) // 2
    picture.paste(code, (left, (picture.height - side) // 2))
    top = (picture.height - words_height) // 2
    for line in block.lines:
        _type(picture, line, left=paper.margin + side + QR_GAP, top=top)
        top += line.height
    return picture


def qr_rows(data: str) -> tuple[str, ...]:
    """The code's modules as texts of 0 and 1, row by row, for paper and screen alike (ISO/IEC 18004, level M)."""
    return tuple("".join("01"[bool(dark)] for dark in row) for row in segno.make(data, micro=False, error="m").matrix)


def qr_picture(data: str) -> Image.Image:
    """The code alone, without a quiet zone: the paper around it is white."""
    rows = qr_rows(data)
    modules = len(rows)
    scale = max(_LEAST_MODULE, QR_SIDE // modules)
    small = Image.new("1", (modules, modules))
    small.putdata([BLACK if module == "1" else WHITE for row in rows for module in row])
    return small.resize((modules * scale, modules * scale), Image.Resampling.NEAREST)


def draw_rule(paper: Paper) -> Image.Image:
    """A line from margin to margin."""
    picture = _blank(paper.dots, RULE_HEIGHT)
    picture.paste(BLACK, (paper.margin, 0, paper.dots - paper.margin, RULE_HEIGHT))
    return picture


def draw_logo(logo: Logo, paper: Paper) -> Image.Image:
    """A given picture in the middle of the paper."""
    inverted = bytes(byte ^ 0xFF for row in logo.rows for byte in row)
    picture = _blank(paper.dots, len(logo.rows))
    picture.paste(Image.frombytes("1", (logo.width, len(logo.rows)), inverted), ((paper.dots - logo.width) // 2, 0))
    return picture


def _blank(width: int, height: int) -> Image.Image:
    return Image.new("1", (width, height), WHITE)


def _type(picture: Image.Image, line: Line, *, left: int, top: int) -> None:
    """Set a line's characters cell by cell, all standing on the bottom of the tallest, as a printer sets them."""
    pen = ImageDraw.Draw(picture)
    bottom = top + max((CELL_HEIGHT * run.size for run in line.runs), default=0)
    for run in line.runs:
        em = CELL_HEIGHT * run.size
        font = chinese_font(em, bold=run.bold)
        for cluster in cells.clusters(run.text):
            advance = cells.width(cluster) * DOTS_PER_CELL * run.size
            centre = left + (advance - font.getlength(cluster)) / 2
            pen.text((round(centre), bottom - em + round(_ASCENT * em)), cluster, BLACK, font, anchor="ls")
            left += advance


def warm_up(paper: Paper) -> None:
    """Load the typeface and the code maker now, so that the first citizen does not wait for them.

    Raises:
        FontError: No Chinese typeface is installed.
    """
    draw_qr(QrBlock("OW1", (Line((Run("一窗通"), Run("一窗通", 2, bold=True))),)), paper)
