"""What one visit leaves behind, looked at with other eyes than ours: paper, code, journal, pictures, secrets."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from hall.facts import TicketIssued
from hall.slip_code import unseal
from tests.flows.conftest import ROOT, TRACKED, Played

VISIT = ["ticket_issued", "slip_printed", "ticket_called", "service_started", "service_finished", "rating_given"]
PICTURES = {
    "kiosk-home", "kiosk-greeting", "kiosk-search", "kiosk-confirm", "kiosk-number", "window-sign-in", "window-called",
    "window-serving", "window-rating", "window-rating-thanks", "window-idle", "board", "phone", "manage", "slip",
}  # fmt: skip


def test_both_visits_are_whole_and_their_numbers_differ(played: Played) -> None:
    alive, dead = played.summaries
    assert (alive["server_dead"], dead["server_dead"]) == (False, True)
    assert alive["number"] != dead["number"]
    for summary in played.summaries:
        kinds = [fact["kind"] for fact in summary["facts"]]
        assert [kind for kind in kinds if kind in VISIT] == VISIT
        assert set(summary) == {"number", "service", "window", "server_dead", "facts", "ms"}
        assert set(summary["ms"]) == {"card_to_choices", "tap_to_durable", "tap_to_first_byte", "call_to_board"}
        assert [fact["seq"] for fact in summary["facts"]] == sorted(fact["seq"] for fact in summary["facts"])


def test_the_paper_says_number_and_service_in_plain_gb18030(played: Played) -> None:
    for summary, slip in zip(played.summaries, played.slips, strict=True):
        text = text_runs(slip)
        assert summary["number"] in text
        assert summary["service"] in text
    assert "离线取号" in text_runs(played.slips[1])
    assert "离线取号" not in text_runs(played.slips[0])


def test_the_code_on_the_paper_is_the_sealed_ticket(played: Played) -> None:
    (code,) = zxingcpp.read_barcodes(Image.open(played.folder / "slip.png"))
    key = bytes.fromhex((played.folder / "hall/secrets/hall.key").read_text(encoding="ascii"))
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/t/[A-Z2-7]{90}", code.text)  # which opens the phone page
    slip = unseal(code.text, "qinghe", key)
    issued = [entry.fact.body for entry in played.journal if isinstance(entry.fact.body, TicketIssued)]
    assert slip.ticket == issued[-1].ticket
    assert f"{slip.prefix}{slip.n:03}" == played.summaries[1]["number"]


def test_a_command_shows_that_journal_and_tables_agree(played: Played) -> None:
    export = played.folder / "journal.jsonl"
    command = [
        sys.executable,
        "-m",
        "installer",
        "journal",
        "rebuild",
        str(played.folder / "hall"),
        "--export",
        str(export),
    ]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "表格与流水一致" in result.stdout
    changed = played.folder / "changed.jsonl"
    changed.write_text(export.read_text("utf-8").replace('"level":5', '"level":1'), "utf-8")
    result = subprocess.run(
        [*command[:-1], str(changed)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert result.returncode == 1
    assert "接不上链" in result.stderr


def test_every_picture_is_there(played: Played) -> None:
    assert {path.stem for path in played.folder.glob("*.png")} >= PICTURES
    for path in played.folder.glob("*.png"):
        darkest, lightest = Image.open(path).convert("L").getextrema()
        assert darkest != lightest, f"{path.name} is blank"


def test_the_citizen_is_found_nowhere(played: Played) -> None:
    """Not in the repository, the data, the logs, the journal, the slips, in none of the encodings on the way."""
    places = [path for path in played.folder.rglob("*") if path.is_file()] + [ROOT / name for name in TRACKED]
    secrets = {
        secret.encode(encoding)
        for citizen in played.citizens
        for secret in (citizen.number, citizen.name, str(citizen.address))
        for encoding in ("utf-8", "utf-16-le", "gb18030")
    }
    for path in places:
        content = path.read_bytes() if path.is_file() else b""
        assert not [secret for secret in secrets if secret in content], path


def test_facts_hold_neither_token_nor_masked_name(played: Played) -> None:
    journal = (played.folder / "journal.jsonl").read_text(encoding="utf-8")
    assert not any(citizen.masked_name in journal for citizen in played.citizens)
    assert "token" not in journal
    assert "masked" not in journal


def text_runs(slip: bytes) -> str:
    """What is text in ESC/POS bytes, by a reading of its own: commands and rasters out, GB18030 in."""
    out, place = bytearray(), 0
    while place < len(slip):
        rest = slip[place:]
        if rest[:3] == b"\x1dv0":  # raster: m xL xH yL yH data
            place += 8 + (rest[4] + 256 * rest[5]) * (rest[6] + 256 * rest[7])
        elif rest[:2] == b"\x1d(":
            place += 5 + rest[3] + 256 * rest[4]
        elif match := re.match(
            rb"\x1b@|\x1c[&.]|\x1b[adEMtJ23G!].?|\x1d[!BarL].|\x1dV[\x00\x01]|\x1dV[AB].|\x1c[!W].|\x1cS..",
            rest,
            re.DOTALL,
        ):
            place += match.end()
        else:
            out += rest[:1]
            place += 1
    return out.decode("gb18030", errors="replace")


@pytest.mark.parametrize("file", ["kiosk.log", "server.log", "window.log"])
def test_the_programs_had_nothing_to_complain_about(played: Played, file: str) -> None:
    log = Path(played.folder / "logs" / file).read_text(encoding="utf-8")
    assert not re.findall(r"^.*(?:Traceback|ERROR|qml:|\.qml:).*$", log, re.MULTILINE)
