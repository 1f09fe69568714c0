"""What a strip shows, as a picture of its lamps. For the twin."""

from PIL import Image, ImageDraw

from devices.led_display.texts import width
from devices.printer.fonts import chinese_font

ROWS = 16  # lamps of a strip's usual type, two columns of eight for a Chinese character
CELLS = 12  # a shorter text stands in the middle of so many
_PITCH, _LAMP = 6, 4  # pixels
_OFF, _ON, _BOARD = (52, 12, 10), (255, 72, 40), (20, 8, 8)


def drawn(text: str) -> Image.Image:
    """The lamps of a strip that shows the text.

    Raises:
        FontError: No Chinese typeface is installed.
    """
    columns = 8 * max(CELLS, width(text))
    lamps = Image.new("1", (columns, ROWS))
    font = chinese_font(ROWS)
    ImageDraw.Draw(lamps).text((columns // 2, ROWS // 2), text, font=font, fill=1, anchor="mm")
    picture = Image.new("RGB", ((columns + 2) * _PITCH, (ROWS + 2) * _PITCH), _BOARD)
    pen = ImageDraw.Draw(picture)
    for row in range(ROWS):
        for column in range(columns):
            left, top = (column + 1) * _PITCH, (row + 1) * _PITCH
            lit = bool(lamps.getpixel((column, row)))
            pen.ellipse((left, top, left + _LAMP, top + _LAMP), fill=_ON if lit else _OFF)
    return picture
