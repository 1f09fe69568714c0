"""The ledger's file: settings that hold, one process, what is damaged or newer is refused and left as it is."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import apsw
import pytest

from hall.clock import DAY_US
from hall.wire.sync import Pushed
from queue_server.link.errors import (
    LedgerDamaged,
    LedgerInUse,
    LedgerNewer,
    LedgerUnwritable,
)
from queue_server.link.ledger import Ledger
from queue_server.link.ledger.database import FILE
from queue_server.link.ledger.schema import LADDER
from tests.support.ledgers import HOLDER, issue, moment, open_ledger, plan, welcome
from tests.support.tickets import DAY, NINE


def numbers(ledger: Ledger, count: int) -> list[str]:
    return [issue(ledger).number for _ in range(count)]


class TestFile:
    @pytest.mark.parametrize(
        ("pragma", "value"),
        [("journal_mode", "delete"), ("synchronous", 3), ("secure_delete", 1), ("foreign_keys", 1), ("mmap_size", 0)],
    )
    def test_is_opened_so_that_a_commit_survives_a_power_cut(
        self, tmp_path: Path, pragma: str, value: int | str
    ) -> None:
        with open_ledger(tmp_path) as ledger:
            database: Any = ledger._database
            assert database.execute_sql(f"PRAGMA {pragma}").fetchone() == (value,)

    def test_a_second_ledger_on_the_folder_is_refused(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path), pytest.raises(LedgerInUse) as refused:
            open_ledger(tmp_path)
        assert "已有程序在运行" in refused.value.advice
        open_ledger(tmp_path).close()

    def test_a_damaged_file_is_kept_and_named(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome()) as ledger:
            numbers(ledger, 20)
        path = tmp_path / FILE
        content = bytearray(path.read_bytes())
        content[4096:12288] = b"\x5a" * 8192
        path.write_bytes(content)
        for _ in range(2):
            with pytest.raises(LedgerDamaged):
                open_ledger(tmp_path)
        assert path.read_bytes() == content

    @pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\x00"])
    def test_something_else_is_not_touched(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / FILE).write_bytes(content)
        with pytest.raises(LedgerDamaged):
            open_ledger(tmp_path)
        assert (tmp_path / FILE).read_bytes() == content

    def test_another_programs_database_is_not_touched(self, tmp_path: Path) -> None:
        other = apsw.Connection(str(tmp_path / FILE))
        other.execute("CREATE TABLE recipe (name TEXT)")
        other.close()
        with pytest.raises(LedgerDamaged, match="不是取号端的记录文件"):
            open_ledger(tmp_path)

    def test_a_later_version_is_not_opened(self, tmp_path: Path) -> None:
        open_ledger(tmp_path).close()
        later = apsw.Connection(str(tmp_path / FILE))
        later.execute(f"PRAGMA user_version = {len(LADDER) + 1}")
        later.close()
        with pytest.raises(LedgerNewer):
            open_ledger(tmp_path)

    def test_a_disk_that_takes_no_more_loses_that_act_only(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome(plan=plan(1, 0))) as ledger:
            first = issue(ledger)
            database: Any = ledger._database
            pages = database.execute_sql("PRAGMA page_count").fetchone()[0]
            database.execute_sql(f"PRAGMA max_page_count = {pages}").fetchone()
            with pytest.raises(LedgerUnwritable), ledger.transaction() as tx:
                tx.add_print_job(first.id, "x" * 100_000, moment())
            database.execute_sql("PRAGMA max_page_count = 100000").fetchone()
            assert issue(ledger).number == "A002"

    def test_a_full_disk_makes_it_forget_nothing_that_is_unsent(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome(plan=plan(1, 0))) as ledger:
            numbers(ledger, 3)
            ledger.apply_pushed(Pushed(highwater=1, plan=plan(1, 0)))
            database: Any = ledger._database
            pages = database.execute_sql("PRAGMA page_count").fetchone()[0]
            database.execute_sql(f"PRAGMA max_page_count = {pages}").fetchone()
            with pytest.raises(LedgerUnwritable):
                numbers(ledger, 10_000)
            written = ledger.state.last_seq
            ledger.tidy(NINE + 30 * DAY_US)
            assert [s.fact.lane_seq for s in ledger.unsent(10_000)] == list(range(2, written + 1))
            assert written >= 3

    def test_holds_no_token_once_the_visit_is_over(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome()) as ledger:
            issue(ledger)
            assert HOLDER.token.encode() in (tmp_path / FILE).read_bytes()
            issue(ledger, day=DAY + timedelta(days=1), holder=None)
        left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert HOLDER.token.encode() not in left
