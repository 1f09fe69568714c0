"""`./onewindow check`: lint, format, types, import contracts, QML."""

import sys

from installer.workshop.steps import BIN, run


def main(argv: list[str]) -> int:
    """Run every check, also after one has failed."""
    del argv
    python = sys.executable
    return run(
        {
            "ruff": [str(BIN / "ruff"), "check", "."],
            "format": [str(BIN / "ruff"), "format", "--check", "."],
            "mypy": [python, "-m", "mypy", "."],
            "contracts": [str(BIN / "lint-imports")],
            "qml": [python, "-m", "installer.workshop.qml_lint"],
        }
    )
