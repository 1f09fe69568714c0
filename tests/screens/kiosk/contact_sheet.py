"""All pages × themes × languages as pictures, to be looked at: `python -m tests.screens.kiosk.contact_sheet DIR`."""

import sys
from pathlib import Path

from PIL import Image

from tests.support.kiosk_screens import MANNERS, PAGES, kiosk_screen

SMALL = (360, 640)
COLUMNS = 6


def main(folder: Path) -> None:
    """One picture per page, and one sheet per theme and language."""
    folder.mkdir(parents=True, exist_ok=True)
    for manner in MANNERS:
        for english in (False, True):
            language = "en" if english else "zh"
            files = []
            with kiosk_screen(manner, english=english) as view:
                for name, events in PAGES.items():
                    view.go(*events)
                    files.append(folder / f"{manner}-{language}-{name}.png")
                    view.screen.picture().save(str(files[-1]))
            _sheet(files).save(folder / f"sheet-{manner}-{language}.png")


def _sheet(files: list[Path]) -> Image.Image:
    width, height = SMALL[0] + 8, SMALL[1] + 8
    sheet = Image.new("RGB", (COLUMNS * width, -(-len(files) // COLUMNS) * height), "#5A5A5A")
    for n, file in enumerate(files):
        with Image.open(file) as picture:
            sheet.paste(picture.convert("RGB").resize(SMALL), (n % COLUMNS * width, n // COLUMNS * height))
    return sheet


if __name__ == "__main__":
    main(Path(sys.argv[1]))
