"""The strip of paper under the print head of the picture: characters and dots put on it, sheets cut off it."""

from PIL import Image, ImageDraw

from devices.printer.fonts import chinese_font

EM = 24  # dots of a character's height
KNIFE_GAP = 40  # dots of paper between the head and the knife; the white at the top of every slip
_WHITE, _BLACK = 1, 0
_FIRST_LENGTH = 1024
_BASELINE = 0.88  # under the top of the em box


class Strip:
    """Paper of a fixed width that grows as it is printed on; `y` is where the head stands."""

    def __init__(self, dots: int) -> None:
        self.dots = dots
        self.y = KNIFE_GAP
        self._canvas = Image.new("1", (dots, _FIRST_LENGTH), _WHITE)

    @property
    def inked(self) -> bool:
        """Whether anything is on the paper since the last cut."""
        return self._canvas.point(lambda dot: not dot, "1").getbbox() is not None

    def advance(self, dots: int) -> None:
        """Feed the paper."""
        self.y += dots

    def character(self, character: str, x: int, y: int, *, cells: int, size: tuple[int, int], bold: bool) -> None:
        """Set one character in its cells; parts below the base line may reach under the cell.

        Args:
            character: What to draw.
            x: Left edge, dots.
            y: Upper edge, dots.
            cells: Its width in half-width cells before enlarging.
            size: Multiples of width and height.
            bold: Emphasised.
        """
        if character.isspace():
            return
        width, height = size
        em = EM * height
        font = chinese_font(em, bold=bold)
        tile = Image.new("1", (em * cells // 2, em * 5 // 4))
        left = round((tile.width - font.getlength(character)) / 2)
        ImageDraw.Draw(tile).text((left, round(_BASELINE * em)), character, 1, font, anchor="ls")
        if width != height:
            tile = tile.resize((tile.width * width // height, tile.height), Image.Resampling.NEAREST)
        self._grow(y + tile.height)
        self._canvas.paste(_BLACK, (x, y), tile)

    def dots_of(self, picture: Image.Image, align: int) -> None:
        """Put a picture (1 is black) down at the head and feed past it; what is too wide is lost.

        Args:
            picture: Two colours.
            align: 0 left, 1 centre, 2 right.
        """
        x = max(0, (self.dots - picture.width) * align // 2)
        self._grow(self.y + picture.height)
        self._canvas.paste(_BLACK, (x, self.y), picture)
        self.y += picture.height

    def cut(self, at: int) -> Image.Image:
        """Cut at a height and give the upper part; the head stands a knife's gap below the new edge."""
        self._grow(at)
        sheet = self._canvas.crop((0, 0, self.dots, at))
        rest = self._canvas.crop((0, at, self.dots, self._canvas.height))
        self._canvas = Image.new("1", (self.dots, max(_FIRST_LENGTH, rest.height)), _WHITE)
        self._canvas.paste(rest, (0, 0))
        self.y = KNIFE_GAP
        return sheet

    def _grow(self, length: int) -> None:
        if length > self._canvas.height:
            longer = Image.new("1", (self.dots, max(length, self._canvas.height * 2)), _WHITE)
            longer.paste(self._canvas, (0, 0))
            self._canvas = longer
