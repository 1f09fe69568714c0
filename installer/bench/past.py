"""Years of finished tickets, written into a hall's database in minutes.

One life of a ticket for each window is lived through the real store; all others are copies of these with numbers, ids
and times of their own, chained as the store chains them. So `verify` and `rebuild` agree with what is made here.
"""

import json
import os
import re
import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import apsw

from hall.catalog import Catalog
from hall.clock import SECOND_US, Moment
from hall.facts import (
    Body,
    DeviceEnrolled,
    Fact,
    ServiceFinished,
    ServiceStarted,
    TicketCalled,
    TicketIssued,
    TimeQuality,
    entry_hash,
)
from hall.words import SERVER_LANE
from installer.bench.errors import BenchError
from queue_server.link.clock import new_id
from queue_server.store import Store, Transaction
from queue_server.store.records import DayCount
from queue_server.store.shelves import shelf_of

PER_DAY = 2000
BYTES_EACH = 4000
"""What one of them takes on the disk, with its four facts and all indexes; measured."""
_LANE = 1
_EVERY_US = 10 * SECOND_US
_STEP_US = 2 * SECOND_US  # between the facts of one ticket, so that the journal's times never go back
_OPENS_MINUTES = 9 * 60
_FACTS = 4
_IDS = 1 << 128
_BULK = {"journal_mode": "off", "synchronous": 0, "cache_size": -400_000}

Row = dict[str, Any]


def fill(database: Path, catalog: Catalog, count: int) -> None:
    """Add so many finished tickets of the days before today; the server must not be running.

    Args:
        database: A hall's database in which no issuer has a lane yet.
        catalog: The hall's catalogue.
        count: How many; at least one for each window.

    Raises:
        BenchError: If the disk has too little room.
    """
    free = shutil.disk_usage(database.parent).free
    if free < 2 * count * BYTES_EACH:
        raise BenchError(f"磁盘只剩 {free / 1e9:.0f} GB，造 {count} 个号要 {2 * count * BYTES_EACH / 1e9:.0f} GB")
    lived = len(catalog.windows)
    calendar = _Calendar(datetime.now(UTC).date() - timedelta(days=2 + count // PER_DAY), catalog.hall.offset_minutes)
    with Store.open(database, catalog.hall.id, new_id=new_id) as store:
        store.run(lambda transaction: _live(transaction, catalog, calendar))
    connection = apsw.Connection(str(database))
    try:
        for pragma, value in _BULK.items():
            connection.pragma(pragma, value)
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        with connection:
            for name, _ in guards:
                connection.execute(f"DROP TRIGGER {name}")
            _Copies(connection, calendar, lived, count).write()
            for _, text in guards:
                connection.execute(str(text))
    finally:
        connection.close()
    descriptor = os.open(database, os.O_RDWR)
    os.fsync(descriptor)  # nothing of it is left to be written while something is measured
    os.close(descriptor)


@dataclass(frozen=True, slots=True)
class _Calendar:
    """Which ticket was taken when."""

    first: date
    offset_minutes: int

    def day(self, place: int) -> date:
        return self.first + timedelta(days=place // PER_DAY)

    def number(self, place: int) -> int:
        return place % PER_DAY + 1

    def issued_us(self, place: int) -> int:
        opens = datetime.combine(self.day(place), datetime.min.time(), UTC) + timedelta(
            minutes=_OPENS_MINUTES - self.offset_minutes
        )
        return int(opens.timestamp()) * SECOND_US + place % PER_DAY * _EVERY_US


def _live(transaction: Transaction, catalog: Catalog, calendar: _Calendar) -> None:
    """One ticket for each window, from issued to finished."""
    boot = new_id()
    start = calendar.issued_us(0)
    enrolled = DeviceEnrolled(device="past", device_kind="kiosk", device_lane=_LANE, incarnation=new_id())
    transaction.record(enrolled, Moment(wall_us=start, mono_us=start, boot_id=boot))
    for place, (window, group) in enumerate(zip(catalog.windows, cycle(catalog.groups), strict=False)):
        ticket, clerk, at = new_id(), f"{300 + window.number:04}", calendar.issued_us(place)
        issued = TicketIssued(
            ticket=ticket,
            day=calendar.day(place),
            service=next(catalog.services_of(group.id)).id,
            group=group.id,
            prefix=group.prefix,
            n=calendar.number(place),
        )
        fact = Fact(
            event_id=new_id(), lane=_LANE, lane_seq=place + 1, wall_us=at, mono_us=at, boot_id=boot, body=issued
        )
        transaction.append(fact, at, TimeQuality.EXACT)
        later: tuple[Body, ...] = (
            TicketCalled(ticket=ticket, window=window.number, clerk=clerk, call_no=1),
            ServiceStarted(ticket=ticket, window=window.number, clerk=clerk),
            ServiceFinished(ticket=ticket, window=window.number, clerk=clerk),
        )
        for step, body in enumerate(later, 1):
            moment = at + step * _STEP_US
            transaction.record(body, Moment(wall_us=moment, mono_us=moment, boot_id=boot))


class _Mould:
    """One life as the store wrote it: facts with their texts left open where copies differ, and the rows made of it."""

    def __init__(self, connection: apsw.Connection, ticket: str) -> None:
        self.facts = [(row, _opened(row["fact_json"])) for row in _rows(connection, "journal", "ticket", ticket)]
        (self.ticket,) = _rows(connection, "ticket", "id", ticket)
        (self.served,) = _rows(connection, "served", "ticket", ticket)


class _Copies:
    """Writes the copies, day by day."""

    def __init__(self, connection: apsw.Connection, calendar: _Calendar, lived: int, count: int) -> None:
        self._connection = connection
        self._calendar = calendar
        self._lived = lived
        self._count = count
        tickets = connection.execute("SELECT ticket FROM journal WHERE kind = 'ticket_issued' ORDER BY seq").fetchall()
        self._moulds = [_Mould(connection, str(ticket)) for (ticket,) in tickets]
        ((self._seq, self._hash),) = connection.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1")
        ((self._server_seq,),) = connection.execute("SELECT max(lane_seq) FROM journal WHERE lane = ?", (SERVER_LANE,))
        self._journal: list[Row] = []
        self._tickets: list[Row] = []
        self._served: list[Row] = []

    def write(self) -> None:
        """All of them, what is counted of each day, and how far the lane has come."""
        hall_id, last = self._moulds[0].ticket["hall_id"], max(self._count, self._lived)
        for start in range(0, last, PER_DAY):
            places = range(start, min(start + PER_DAY, last))
            for place in places:
                if place >= self._lived:
                    self._copy(place, self._mould(place))
            for table, rows in (("journal", self._journal), ("ticket", self._tickets), ("served", self._served)):
                self._insert(table, rows)
            shelf = shelf_of(DayCount)
            for group, times in Counter(self._mould(place).ticket["group"] for place in places).items():
                counts = DayCount(
                    self._calendar.day(start),
                    group,
                    issued=times,
                    finished=times,
                    first_calls=times,
                    wait_us=times * _STEP_US,
                )
                self._connection.execute(shelf.replace, shelf.row(hall_id, counts))
        self._connection.execute(
            "UPDATE lane SET highwater = ?, last_at = ?", (last, self._calendar.issued_us(last - 1))
        )

    def _mould(self, place: int) -> _Mould:
        return self._moulds[place % self._lived]

    def _copy(self, place: int, mould: _Mould) -> None:
        at, ticket = self._calendar.issued_us(place), _spread(place, self._count)
        day, number = self._calendar.day(place).isoformat(), self._calendar.number(place)
        for step, (row, text) in enumerate(mould.facts):
            moment = at + step * _STEP_US
            if step:
                self._server_seq += 1
            own = {
                "event_id": _spread(place * _FACTS + step, self._count * _FACTS),
                "ticket": ticket,
                "lane_seq": self._server_seq if step else place + 1,
                "wall_us": moment,
                "mono_us": moment,
                "day": day,
                "n": number,
            }
            fact = text % own
            self._seq += 1
            chained = entry_hash(self._seq, moment, TimeQuality.EXACT, fact, self._hash)
            self._journal.append(
                row
                | {
                    "seq": self._seq,
                    "event_id": own["event_id"],
                    "lane_seq": own["lane_seq"],
                    "ticket": ticket,
                    "at": moment,
                    "wall": moment,
                    "mono": moment,
                    "fact_json": fact,
                    "prev_hash": self._hash,
                    "hash": chained,
                }
            )
            self._hash = chained
        ended = at + (_FACTS - 1) * _STEP_US
        self._tickets.append(
            mould.ticket
            | {
                "id": ticket,
                "day": day,
                "n": number,
                "issuer_seq": place + 1,
                "issued_at": at,
                "effective_at": at,
                "called_at": at + _STEP_US,
                "started_at": at + 2 * _STEP_US,
                "ended_at": ended,
                "changed_at": ended,
            }
        )
        self._served.append(mould.served | {"ticket": ticket, "day": day, "at": ended, "seq": self._seq})

    def _insert(self, table: str, rows: list[Row]) -> None:
        if rows:
            places = ", ".join("?" * len(rows[0]))
            self._connection.executemany(
                f"INSERT INTO {table} VALUES ({places})",  # noqa: S608 - names of our own tables
                (tuple(row.values()) for row in rows),
            )
        rows.clear()


def _rows(connection: apsw.Connection, table: str, column: str, value: str) -> list[Row]:
    """Whole rows of a table in its own order, by the names of its columns."""
    found = connection.execute(f"SELECT * FROM {table} WHERE {column} = ?", (value,))  # noqa: S608
    return [dict(zip([name for name, *_ in found.description], row, strict=True)) for row in found]


def _opened(text: str) -> str:
    """A fact's text with places for what a copy has of its own."""
    fact: dict[str, Any] = json.loads(text.replace("%", "%%"))
    for name in ("lane_seq", "wall_us", "mono_us"):
        fact[name] = f"%({name})d"
    fact["event_id"], fact["body"]["ticket"] = "%(event_id)s", "%(ticket)s"
    if "n" in fact["body"]:
        fact["body"] |= {"day": "%(day)s", "n": "%(n)d"}
    whole = json.dumps(fact, ensure_ascii=False, separators=(",", ":"))
    return re.sub(r'"(%\(\w+\)d)"', r"\1", whole)


def _spread(place: int, count: int) -> str:
    """Ids that rise, so that they are written fast, and lie apart, so that a new one falls anywhere among them."""
    return f"{(2 * place + 1) * (_IDS // (2 * count + 2)):032x}"
