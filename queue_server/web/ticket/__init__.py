"""The citizen's phone page: one ticket by the code on its slip, drawn whole by the server, read without a script."""

from pathlib import Path

PARTS = Path(__file__).parent / "parts"
