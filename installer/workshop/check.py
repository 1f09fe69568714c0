"""`./onewindow check`: lint, format, types, import contracts, QML."""

import argparse
import sys

from installer.workshop.steps import BIN, run


def main(argv: list[str]) -> int:
    """Run every check, also after one has failed."""
    argparse.ArgumentParser(prog="onewindow check", description="代码、格式、类型、房间之间的约定、QML").parse_args(
        argv
    )
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
