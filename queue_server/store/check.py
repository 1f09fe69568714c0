"""Does the journal hold together, and do the tables say what it says? Looks only, never touches."""

from datetime import date
from typing import Any

from hall.errors import BugError
from hall.facts import GENESIS, Fact, TimeQuality, entry_hash
from hall.ticket import Ticket
from hall.wire.views import JournalCheck
from queue_server.store.present import apply
from queue_server.store.questions import fact_columns
from queue_server.store.reader import Reader
from queue_server.store.records import DERIVED, Derived, Recovery
from queue_server.store.shelves import shelf_of

SHOWN = 50
"""At most so many differences are told; one is enough to call for help."""


def verify(reader: Reader) -> tuple[int, tuple[str, ...]]:
    """Follow the chain from the first entry to the last.

    Returns:
        How many entries there are, and what is wrong with them (nothing, if all is well).
    """
    chain = _Chain()
    for row in reader.journal_rows():
        chain.add(row)
    return chain.seq, tuple(chain.faults[:SHOWN])


def rebuild(reader: Reader) -> tuple[str, ...]:
    """Compute the tables anew from the journal, in memory, and compare them row by row.

    Returns:
        The differences, each naming kind and key; empty if tables and journal agree.
    """
    memory = _Memory()
    for entry in reader.entries():
        try:
            apply(memory, entry)
        except BugError as error:
            return (f"entry {entry.seq} does not follow: {error}",)
    return tuple(memory.differences(reader)[:SHOWN])


def check(reader: Reader) -> JournalCheck:
    """Both, as the manager's page and the command line show it."""
    entries, faults = verify(reader)
    differences = rebuild(reader)
    return JournalCheck(
        entries=entries, chain_ok=not faults, tables_agree=not differences, differences=(*faults, *differences)
    )


class _Chain:
    """Row after row: places without a gap, hashes that continue, columns that say what the fact says."""

    def __init__(self) -> None:
        self.seq = 0
        self.faults: list[str] = []
        self._hash = GENESIS
        self._lanes: dict[int, int] = {}

    def add(self, row: tuple[Any, ...]) -> None:
        seq, at, quality, text, prev_hash, own_hash, *columns = row
        if seq != self.seq + 1:
            self.faults.append(f"entry {seq} follows {self.seq}")
        if prev_hash != self._hash:
            self.faults.append(f"entry {seq} does not continue the chain")
        if own_hash != entry_hash(seq, at, TimeQuality(quality), text, prev_hash):
            self.faults.append(f"entry {seq} was changed after it was written")
        elif tuple(columns) != fact_columns(Fact.model_validate_json(text)):
            self.faults.append(f"entry {seq} has columns that differ from its fact")
        lane, lane_seq = columns[1:3]
        if lane_seq != self._lanes.get(lane, 0) + 1:
            self.faults.append(f"entry {seq} leaves a gap in lane {lane}")
        self.seq, self._hash, self._lanes[lane] = seq, own_hash, lane_seq


class _Memory:
    """The present kept in dictionaries."""

    def __init__(self) -> None:
        self._records: dict[type[Derived], dict[tuple[Any, ...], Derived]] = {kind: {} for kind in DERIVED}
        self._numbers: dict[tuple[date, str, int | None, int], str] = {}

    def get(self, kind: type[Any], *key: Any) -> Any:
        return self._records[kind].get(key)

    def put(self, record: Derived) -> None:
        kind: type[Any] = type(record)
        self._records[kind][shelf_of(kind).key_of(record)] = record

    def drop(self, kind: type[Any], *key: Any) -> None:
        self._records[kind].pop(key, None)

    def move(self, before: Ticket | None, after: Ticket) -> None:  # noqa: ARG002 - as the promise says
        self._numbers[after.day, after.prefix, after.lane, after.n] = after.id
        self.put(after)

    def ticket_of_number(self, day: date, prefix: str, lane: int | None, n: int) -> Ticket | None:
        ticket_id = self._numbers.get((day, prefix, lane, n))
        return None if ticket_id is None else self.get(Ticket, ticket_id)

    def last_recovery(self) -> Recovery | None:
        found: Recovery | None = self.get(Recovery, max((seq for (seq,) in self._records[Recovery]), default=0))
        return found

    def differences(self, reader: Reader) -> list[str]:
        found: list[str] = []
        for kind in DERIVED:
            expected = dict(self._records[kind])
            for record in reader.every(kind):
                key = shelf_of(kind).key_of(record)
                wanted = expected.pop(key, None)
                if wanted is None:
                    found.append(f"{kind.__name__} {key}: in the tables, not in the journal")
                elif wanted != record:
                    found.append(f"{kind.__name__} {key}: the tables differ from the journal")
            found.extend(f"{kind.__name__} {key}: in the journal, not in the tables" for key in expected)
        return found
