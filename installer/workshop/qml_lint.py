"""Lints all QML with the types of the Python viewmodels: `python -m installer.workshop.qml_lint`.

qmllint knows a Python class only through a `.qmltypes` file, so these are generated into `.build/qml` first: one
folder for each `QML_IMPORT_NAME` found in the rooms' Python files.
"""

import re
import shutil
import subprocess
import sys
from collections import defaultdict
from importlib.metadata import distribution
from pathlib import Path

from installer.workshop.steps import BIN, ROOT

BUILD = ROOT / ".build" / "qml"
ROOMS = ("themes", "kiosk", "window_client", "installer")
_METATYPES = distribution("PySide6-Essentials").locate_file("PySide6/Qt/metatypes/qt6core_metatypes.json")
_MODULE = re.compile(r'^QML_IMPORT_NAME = "([\w.]+)"', re.MULTILINE)


def main() -> int:
    """Generate the types, then lint every QML file; 0 if there is nothing to say."""
    shutil.rmtree(BUILD, ignore_errors=True)
    for module, sources in modules().items():
        generate(module, sources)
    files = [str(path.relative_to(ROOT)) for room in ROOMS for path in sorted((ROOT / room).rglob("*.qml"))]
    lint: list[str | Path] = [BIN / "pyside6-qmllint", "-W", "0", "-I", BUILD, "-I", ROOT, *files]
    return subprocess.run(lint, cwd=ROOT, check=False).returncode


def modules() -> dict[str, list[Path]]:
    """The Python files that define QML types, by the module they define them for."""
    found: dict[str, list[Path]] = defaultdict(list)
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            match = _MODULE.search(path.read_text(encoding="utf-8"))
            if match:
                found[match[1]].append(path)
    return found


def generate(module: str, sources: list[Path]) -> None:
    """Write `qmldir` and `types.qmltypes` of one module.

    Raises:
        subprocess.CalledProcessError: If a viewmodel cannot be described; the tool's words are on standard error.
    """
    folder = BUILD.joinpath(*module.split("."))
    folder.mkdir(parents=True, exist_ok=True)
    dumps = []
    for source in sources:
        dumps.append(folder / f"{source.stem}.json")
        subprocess.run([BIN / "pyside6-metaobjectdump", "-o", dumps[-1], source], cwd=ROOT, check=True)
    subprocess.run(
        [BIN / "pyside6-qmltyperegistrar", "--import-name", module, "--major-version", "1",
         "-o", folder / "unused.cpp", "--generate-qmltypes", folder / "types.qmltypes",
         "--foreign-types", str(_METATYPES), *dumps],
        cwd=ROOT, check=True,
    )  # fmt: skip
    (folder / "qmldir").write_text(f"module {module}\ntypeinfo types.qmltypes\n")


if __name__ == "__main__":
    sys.exit(main())
