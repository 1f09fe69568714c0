"""I1 and I2: a number belongs to one ticket for ever, and is on the disk before anybody can read it.

The oracle is the log of what people saw: numbers shown, papers begun. Numbers in plan form must also keep to a plan
that the journal says was given, and a kiosk's day never turns back.
"""

from dataclasses import dataclass, field
from datetime import date

from hall.clock import DAY_US
from hall.facts import PlanGiven, StartedWithoutTicket, TicketIssued
from installer.rehearsal.hall_sim.disk import Disk
from installer.rehearsal.hall_sim.oracle.violation import expect
from kiosk.issued import Issued
from queue_server.link.ledger import PrintJob

Printed = tuple[date, str]
WEEK_US = 7 * DAY_US
_TICKET = "SELECT 1 FROM ticket WHERE id = ? AND own = 1"
_FACT = "SELECT 1 FROM fact WHERE json_extract(body, '$.ticket') = ? AND json_extract(body, '$.kind') = 'ticket_issued'"


@dataclass
class Numbers:
    """Every number that anybody saw, and where it stands."""

    owner: dict[Printed, str] = field(default_factory=dict)
    seen: dict[str, Printed] = field(default_factory=dict)
    by_disk: dict[int, list[str]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)
    lost_with_disk: set[str] = field(default_factory=set)
    families: dict[int, int] = field(default_factory=dict)
    disk_of: dict[str, int] = field(default_factory=dict)
    doubles: dict[Printed, tuple[str, str]] = field(default_factory=dict)
    shown_at: dict[str, int] = field(default_factory=dict)
    days: dict[int, date] = field(default_factory=dict)
    plans: dict[int, list[PlanGiven]] = field(default_factory=dict)
    lanes: dict[int, set[int]] = field(default_factory=dict)
    slips: list[Issued] = field(default_factory=list)
    gone: list[Disk] = field(default_factory=list)

    def shown(self, disk: Disk, issued: Issued, now_us: int) -> None:
        """A citizen reads a number on the screen or takes the slip."""
        before = self.days.setdefault(id(disk), issued.day)
        expect(before <= issued.day, "I1", f"a kiosk turned back from {before} to {issued.day}")
        self.days[id(disk)] = issued.day
        self.shown_at[issued.ticket] = now_us
        self.disk_of.setdefault(issued.ticket, id(disk))
        self.within_plan(disk, issued)
        self.belongs((issued.day, issued.number), issued.ticket)
        if issued.ticket not in self.seen:
            self.slips.append(issued)
            self.by_disk.setdefault(id(disk), []).append(issued.ticket)
        self.seen[issued.ticket] = (issued.day, issued.number)
        expect(not disk.connection.in_transaction, "I2", f"{issued.number} is shown before it is durable")
        expect(_holds(disk, issued.ticket), "I2", f"{issued.number} is shown and is not on the disk")

    def belongs(self, printed: Printed, ticket: str) -> None:
        """A number of a day is used for a ticket, wherever that is seen.

        Two machines with one ledger may print one number each before they have spoken to anybody: nothing on earth
        can hinder that. Then it must be told (see `quiet`).
        """
        owner = self.owner.setdefault(printed, ticket)
        if owner != ticket:
            family = self.family_of(owner)
            unavoidable = family is not None and family == self.family_of(ticket)
            expect(unavoidable, "I1", f"{printed[1]} of {printed[0]} was given twice")
            self.doubles[printed] = (owner, ticket)

    def copied(self, disk: Disk, copy: Disk) -> None:
        """Two machines have one ledger from now on."""
        root = self.families.setdefault(id(disk), id(disk))
        self.families[id(copy)] = root

    def family_of(self, ticket: str) -> int | None:
        """The ledger of which the issuer's one is a copy, or that was copied; None if it never was."""
        return self.families.get(self.disk_of.get(ticket, 0))

    def issued_fact(self, body: TicketIssued | StartedWithoutTicket) -> None:
        """The server's journal says so too."""
        form = "" if body.lane is None else f"{body.lane}-"
        self.belongs((body.day, f"{body.prefix}{form}{body.n:03}"), body.ticket)

    def within_plan(self, disk: Disk, issued: Issued) -> None:
        """A number in plan form keeps to a plan that the journal says was given to this ledger, for this day."""
        number = issued.number[1:]
        if "-" not in number:
            lanes = self.lanes.get(id(disk), ())
            kept = any(_within(given, int(number), issued.day) for lane in lanes for given in self.plans.get(lane, ()))
            expect(kept, "I1", f"{issued.number} of {issued.day} is outside every plan of lanes {sorted(lanes)}")

    def paper(self, disk: Disk, job: PrintJob) -> None:
        """The first byte of a slip: its number is durable, and no job is ever begun twice."""
        expect(_holds(disk, job.ticket), "I2", "a slip begins whose number is not on the disk")
        expect(not disk.connection.in_transaction, "I2", "a slip begins before its number is durable")
        expect(job.id not in self.begun, "I2", f"job {job.copy_no} of a ticket was sent twice")
        self.begun.add(job.id)

    def after_crash(self, disk: Disk, now_us: int) -> None:
        """A kiosk starts again: everything that people saw in the last week stands on its disk."""
        for ticket in self.by_disk.get(id(disk), ()):
            if ticket not in self.lost_with_disk and now_us - self.shown_at[ticket] < WEEK_US:
                expect(_holds(disk, ticket), "I2", f"{self.seen[ticket][1]} was shown and is lost")

    def of_disk(self, disk: Disk) -> list[str]:
        """The tickets that people saw of this disk, apart from those lost through people's hands."""
        return [ticket for ticket in self.by_disk.get(id(disk), ()) if ticket not in self.lost_with_disk]

    def thrown_away(self, disk: Disk) -> None:
        """The disk is gone with everything that was not sent."""
        self.gone.append(disk)
        self.lost_with_disk.update(self.by_disk.get(id(disk), ()))

    def gone_with(self, disk: Disk) -> None:
        """The disk was set back or replaced by people: what no longer stands there is not the program's fault.

        Nor which day it was last.
        """
        self.days.pop(id(disk), None)
        for ticket in self.by_disk.get(id(disk), ()):
            if not _holds(disk, ticket):
                self.lost_with_disk.add(ticket)


def _within(given: PlanGiven, n: int, day: date) -> bool:
    plan = given.plan
    return n % plan.modulus == plan.residue and plan.first_day <= day <= plan.last_day


def _holds(disk: Disk, ticket: str) -> bool:
    """Whether the number stands there, as a ticket or, when its day is long over, as the fact that it was given."""
    return bool(disk.rows(_TICKET, (ticket,)) or disk.rows(_FACT, (ticket,)))
