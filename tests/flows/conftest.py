"""One visit with the server alive and one with it dead, played once for all flow tests."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest

from devices.id_card.people import invented_person
from hall.facts import JournalEntry
from hall.identity import IdentityDocument

ROOT = Path(__file__).parents[2]
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


@dataclass(frozen=True)
class Played:
    """A folder in which two visits were played, one after the other."""

    folder: Path
    citizens: tuple[IdentityDocument, ...]
    summaries: tuple[dict[str, Any], ...]
    slips: tuple[bytes, ...]

    @property
    def journal(self) -> list[JournalEntry]:
        """The exported journal after both."""
        lines = (self.folder / "journal.jsonl").read_text(encoding="utf-8").splitlines()
        return [JournalEntry.model_validate_json(line) for line in lines]


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    folder = tmp_path_factory.mktemp("demo")
    citizens, summaries, slips = [], [], []
    for extra in ([], ["--server-dead"]):
        seed, citizen = unmistakable_citizen()
        command = [
            sys.executable,
            "-m",
            "installer",
            "demo",
            "--once",
            "--out",
            str(folder),
            "--seed",
            str(seed),
            *extra,
        ]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=115, check=False)
        assert result.returncode == 0, result.stdout + result.stderr
        citizens.append(citizen)
        summaries.append(json.loads((folder / "summary.json").read_text(encoding="utf-8")))
        slips.append((folder / "slip.bin").read_bytes())
    return Played(folder, tuple(citizens), tuple(summaries), tuple(slips))


def unmistakable_citizen() -> tuple[int, IdentityDocument]:
    """A person made now whose name and address stand nowhere in the repository, so that a find means something."""
    written = "".join((ROOT / name).read_text(encoding="utf-8", errors="replace") for name in TRACKED if _is_text(name))
    while True:
        seed = int.from_bytes(os.urandom(6))
        citizen = invented_person(Random(seed))
        if len(citizen.name) == 3 and citizen.name not in written and str(citizen.address) not in written:
            return seed, citizen


def _is_text(name: str) -> bool:
    return (ROOT / name).is_file() and not name.endswith((".png", ".wav"))
