"""A ledger that was copied or set back: its own facts never pass for acknowledged ones."""

from pathlib import Path

from tests.support.ledgers import issue, open_ledger, plan, welcome

THEIRS = "f" * 32


def test_facts_that_the_server_holds_otherwise_stay_unsent_and_the_plan_rests(tmp_path: Path) -> None:
    with open_ledger(tmp_path, welcome(plan=plan())) as ledger:
        for _ in range(3):
            issue(ledger)
        ledger.apply_welcome(welcome(plan=plan(), highwater=3).model_copy(update={"known_event": THEIRS}))
        assert [sent.fact.lane_seq for sent in ledger.unsent()] == [1, 2, 3]
        assert issue(ledger).number == "A2-001"


def test_a_copy_set_back_sends_what_it_wrote_since(tmp_path: Path) -> None:
    with open_ledger(tmp_path, welcome(plan=plan())) as ledger:
        issue(ledger)
        known = ledger.unsent()[0].fact.event_id
        ledger.apply_welcome(welcome(plan=plan(), highwater=1).model_copy(update={"known_event": known}))
        assert ledger.unsent_count() == 0
        issue(ledger)
        issue(ledger)
        ledger.apply_welcome(welcome(plan=plan(), highwater=30).model_copy(update={"known_event": THEIRS}))
        assert [sent.fact.lane_seq for sent in ledger.unsent()] == [2, 3]
