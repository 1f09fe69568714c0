"""QML is linted with the types of the Python viewmodels, and a wrong name is really reported."""

import subprocess
import sys
from pathlib import Path

from installer.workshop import qml_lint
from installer.workshop.steps import BIN

ROOT = Path(__file__).parents[2]


def test_all_qml_is_clean() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "installer.workshop.qml_lint"],
        cwd=ROOT, capture_output=True, text=True, timeout=110, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_name_no_viewmodel_has_is_reported(tmp_path: Path) -> None:
    qml_lint.generate("installer.rehearsal.panel", [ROOT / "installer/rehearsal/panel/twins.py"])
    wrong = tmp_path / "Wrong.qml"
    wrong.write_text(
        "import QtQuick\nimport installer.rehearsal.panel\n"
        "Item { id: page; required property TwinActs acts; property string words: page.acts.sayd }\n"
    )
    lint: list[str | Path] = [BIN / "pyside6-qmllint", "-W", "0", "-I", qml_lint.BUILD, "-I", ROOT, wrong]
    result = subprocess.run(lint, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode != 0
    assert "sayd" in result.stdout + result.stderr
