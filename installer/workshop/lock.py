"""`./onewindow lock`: compile requirements*.in into hashed lock files without any index address. Needs uv."""

import shutil
import sys

from installer.workshop.steps import run

OPTIONS = [
    "--quiet",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-annotate",
    "--no-header",
]


def main(argv: list[str]) -> int:
    """Compile both lists; `--upgrade` takes newer versions."""
    if shutil.which("uv") is None:
        print("需要 uv / uv is needed: pip install uv", file=sys.stderr)
        return 3
    compile_ = ["uv", "pip", "compile", *OPTIONS, *argv]
    return run({name: [*compile_, f"{name}.in", "-o", f"{name}.txt"] for name in ("requirements", "requirements-dev")})
