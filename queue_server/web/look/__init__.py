"""Style sheets and the mark that all pages share."""

from pathlib import Path

FOLDER = Path(__file__).parent
