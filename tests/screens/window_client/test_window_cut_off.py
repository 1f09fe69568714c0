"""The real program, its server gone in the middle of a visit: what was ended by hand is there afterwards, once."""

from pathlib import Path

from hall.facts import JournalEntry
from hall.mending import HandCallNoted, ServedByHand
from installer.rehearsal.stage import free_port
from tests.support.served_hall import ServedHall, server_process
from tests.support.watched import until
from tests.support.window_desk import sample_catalog
from tests.support.window_program import WINDOW, Played


def told(hall: ServedHall) -> list[ServedByHand | HandCallNoted]:
    """What the journal holds of calls by hand."""
    lines = hall.manager().get("/api/journal?after=0").text.splitlines()
    bodies = (JournalEntry.model_validate_json(line).fact.body for line in lines)
    return [body for body in bodies if isinstance(body, ServedByHand | HandCallNoted)]


def test_a_window_serves_on_while_its_server_is_gone(tmp_path: Path) -> None:
    folder, port = tmp_path / "hall", str(free_port())
    with server_process(folder, sample_catalog(), PORT=port) as hall:
        kiosk = hall.kiosk("kiosk-cut")
        first = kiosk.issue("social_insurance", "social_card_first", "A")
        kiosk.issue("social_insurance", "social_card_loss", "A")
        kiosk.push()
        window = Played(hall, tmp_path)
        try:
            window.sign_in()
            window.must(tap="call_next")
            window.must(wait="calling")
            window.must(tap="start")
            window.must(wait="serving")
        except BaseException:
            window.close()
            raise
    try:
        window.must(wait="away")
        window.must(tap="finish")
        window.must(wait="idle")
        assert window.see("by_hand") == ["等恢复连接"]
        window.must(tap="open_outage")
        window.must(tap="save_sheet")
        assert "手工叫号单" in str(window.see("sheet"))
        window.must(tap="open_by_hand")
        window.must(enter="A090")
        window.must(key="Return")
        window.must(enter="0000")
        window.must(key="Return")
        window.must(enter="0000")
        window.must(key="Return")
        until(lambda: window.see("by_hand") == ["等恢复连接"] * 2)
        with server_process(folder, sample_catalog(), PORT=port) as hall:
            window.must(wait="online")
            until(lambda: window.see("by_hand") == ["等取号机补传", "已补录"])
            served, noted = told(hall)
            assert isinstance(served, ServedByHand)
            assert (served.ticket, served.window) == (first.ticket, WINDOW)
            assert isinstance(noted, HandCallNoted)
            assert (noted.n, noted.window) == (90, WINDOW)
            window.must(tap="leave_by_hand")
            window.must(tap="call_next")
            window.must(wait="calling")
            assert window.end() == 0
    finally:
        window.close()
    assert len(list((tmp_path / "data" / "window" / str(WINDOW) / "sheets").glob("*.pdf"))) == 1
