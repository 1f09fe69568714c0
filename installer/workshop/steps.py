"""Runs the workshop's tools one after another and says at the end which failed."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def run(steps: dict[str, list[str]], *, env: dict[str, str] | None = None) -> int:
    """Run each named command from the root; returns 0 if all passed, else 1."""
    failed = []
    for name, command in steps.items():
        print(f"── {name}", flush=True)
        if subprocess.run(command, cwd=ROOT, env=env, check=False).returncode != 0:
            failed.append(name)
    if failed:
        print(f"未通过 / failed: {', '.join(failed)}", file=sys.stderr, flush=True)
    return 1 if failed else 0
