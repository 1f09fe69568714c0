"""I7 and I8: facts reach the server without a gap, and nothing that is not there is ever deleted on a device."""

from dataclasses import dataclass, field
from typing import Any

from installer.rehearsal.hall_sim.disk import Disk
from installer.rehearsal.hall_sim.oracle.violation import expect

WEEK_US = 7 * 24 * 3_600_000_000
_FACTS = "SELECT count(*), coalesce(max(lane_seq), 0) FROM fact"
_STATE = "SELECT acked, highwater, lane, server_epoch, incarnation, session_no FROM device"


@dataclass
class Written:
    """What one ledger has written so far (event → true time), and how far it believed to be acknowledged."""

    events: dict[str, int] = field(default_factory=dict)
    found: tuple[int, int] = (0, 0)
    acked: int = 0
    life: tuple[str, int | None] = ("", None)
    session_no: int | None = None
    set_back: bool = False


@dataclass
class Lines:
    """Every lane at the server, every ledger's outbox."""

    marks: dict[int, int] = field(default_factory=dict)
    events: dict[str, tuple[int, int]] = field(default_factory=dict)
    ledgers: dict[int, Written] = field(default_factory=dict)
    sessions: dict[int, int] = field(default_factory=dict)
    written_at: dict[str, int] = field(default_factory=dict)

    def hear(self, entry: Any) -> None:
        """One more entry of the journal: the next of its lane, and an event that was not there."""
        fact = entry.fact
        mark = self.marks.get(fact.lane, 0)
        expect(fact.lane_seq == mark + 1, "I7", f"place {fact.lane_seq} follows {mark} in lane {fact.lane}")
        expect(fact.event_id not in self.events, "I7", f"an event of lane {fact.lane} stands in the journal twice")
        self.marks[fact.lane] = fact.lane_seq
        self.events[fact.event_id] = (fact.lane, fact.lane_seq)

    def welcomed(self, lane: int, session_no: int) -> None:
        """The server let a device in: older sessions of its lane may write nothing from now on."""
        self.sessions[lane] = max(session_no, self.sessions.get(lane, 0))

    def acknowledged(self, lane: int, session_no: int, highwater: int) -> None:
        """The server answers a push: exactly as far as its journal goes, and only to the newest session."""
        expect(session_no >= self.sessions.get(lane, 0), "I7", f"an old session of lane {lane} still writes")
        mark = self.marks.get(lane, 0)
        expect(highwater == mark, "I7", f"{highwater} acknowledged where the journal has {mark} of lane {lane}")

    def ledger(self, disk: Disk, now_us: int, epoch: str) -> None:
        """Something was committed on a device: nothing unsent may be missing, nothing young either."""
        written = self.ledgers.setdefault(id(disk), Written())
        ((count, last),) = disk.rows(_FACTS)
        found = (count, last)
        row = (disk.rows(_STATE) or [(0, 0, None, "", "", 0)])[0]
        acked, highwater, lane, known_epoch, incarnation, session_no = row
        if written.life[0] and (written.life[0] != incarnation or written.life[1] not in (None, lane)):
            self._new_life(written, found)
        written.life = (incarnation, lane)
        if found != written.found:
            self._compare(disk, written, found, now_us)
        expect(acked >= written.acked, "I7", "a device's acknowledged place fell")
        written.acked = acked
        if session_no != written.session_no:
            written.set_back = written.set_back and written.session_no is None
            written.session_no = session_no
        if known_epoch == epoch and lane is not None and not written.set_back:
            mark = self.marks.get(lane, 0)
            expect(highwater <= mark, "I7", f"a device believes {highwater} of lane {lane}, the server has {mark}")

    def server_set_back(self) -> None:
        """What devices believe of the server may be too much, until each has said hello again."""
        for written in self.ledgers.values():
            written.set_back = True

    def forget(self, disk: Disk) -> None:
        """People changed the disk: begin anew with what stands there, which may believe too much of the server."""
        self.ledgers[id(disk)] = Written(set_back=True)

    def _new_life(self, written: Written, found: tuple[int, int]) -> None:
        """A ledger goes on under another lane: all its facts become events of their own, told from the first again."""
        expect(found[0] >= len(written.events), "I8", "a new life of a ledger has fewer facts than the one before")
        written.events, written.found, written.acked = {}, (0, 0), 0

    def _compare(self, disk: Disk, written: Written, found: tuple[int, int], now_us: int) -> None:
        """Every fact ever written stands in the file, or is in the journal and a week old. Places may close a gap."""
        last = written.found[1]
        for (event,) in disk.rows("SELECT event_id FROM fact WHERE lane_seq > ?", (last,)):
            written.events.setdefault(event, self.written_at.setdefault(event, now_us))
        written.found = found
        if len(written.events) == found[0]:
            return
        now = {event for (event,) in disk.rows("SELECT event_id FROM fact")}
        for event in written.events.keys() - now:
            expect(event in self.events, "I8", "a device deleted a fact that the server does not have")
            expect(now_us - written.events[event] >= WEEK_US, "I8", "a device deleted a fact before its week was over")
        written.events = {event: written.events.get(event, now_us) for event in sorted(now)}
