"""I3, I9, I10 and I11: what must hold when the faults have stopped and the hall has had its minute of rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from installer.rehearsal.hall_sim.broadcast import compose
from installer.rehearsal.hall_sim.hall import CANARY_NAME, CANARY_NOTE, CANARY_NUMBER
from installer.rehearsal.hall_sim.oracle.violation import expect
from queue_server.operations import views
from queue_server.operations.undo import UNDO_US
from queue_server.store import check

if TYPE_CHECKING:
    from installer.rehearsal.hall_sim.kiosk import KioskNode
    from installer.rehearsal.hall_sim.world import World

_HOLDERS_TOO_LONG = """SELECT count(*) FROM holder JOIN ticket ON ticket.id = holder.ticket
    AND ticket.hall_id = holder.hall_id WHERE ticket.ended_at <= ?"""

_HOLDERS_OF_THE_GONE = "SELECT count(*) FROM holder JOIN ticket ON ticket.id = holder.ticket WHERE ticket.live = 0"


_USED_TWICE = """SELECT booking FROM ticket WHERE booking IS NOT NULL AND state <> 'cancelled'
    AND flags NOT LIKE '%booking_doubted%' GROUP BY booking HAVING count(*) > 1"""


_NOTES_WRITTEN_DOWN = """SELECT (SELECT count(*) FROM journal WHERE instr(fact_json, ?1))
    + (SELECT count(*) FROM answer WHERE instr(command, ?1))"""
_NOTES_TOO_LONG = "SELECT count(*) FROM note JOIN ticket ON ticket.id = note.ticket WHERE ticket.ended_at <= ?"


def look(world: World) -> None:
    """Look at the whole hall at a quiet point.

    Raises:
        ViolatedError: If a promise is broken.
    """
    store = world.server.store
    assert store is not None
    with store.read() as reader:
        found = check(reader)
        expect(found.chain_ok, "I9", f"the chain does not hold: {found.differences[:1]}")
        expect(found.tables_agree, "I9", f"tables and journal differ: {found.differences[:1]}")
        for window in world.windows:
            if window.line is not None:
                now = compose(reader, world.server.clock, window.number)
                expect(window.desk == now, "I11", f"the screen of window {window.number} is not the server's")
        day = views.look(reader, world.server.clock.now()).day
        served = {ticket.id: ticket.state.value for ticket in reader.live_tickets() if ticket.day == day}
    for kiosk in world.kiosks:
        _kiosk(world, kiosk, served)
    _tickets(world)
    _nobody_is_written_down(world)


def _kiosk(world: World, kiosk: KioskNode, served: dict[str, str]) -> None:
    expect(kiosk.ledger is not None, "I11", f"{kiosk.name} does not run")
    assert kiosk.ledger is not None
    expect(kiosk.online, "I11", f"{kiosk.name} has not come back: {sorted(kiosk.troubles)}")
    expect(kiosk.ledger.unsent_count() == 0, "I11", f"{kiosk.name} has {kiosk.ledger.unsent_count()} unsent facts")
    known = {ticket.id: ticket.state.value for ticket, _ in kiosk.ledger.live_tickets(world.today())}
    ahead = (kiosk.ledger.state.last_day or world.today()) > world.today()
    # A clock that ran ahead turned the page before midnight, and days never turn back.
    expect(ahead or known == served, "I11", f"{kiosk.name} has another picture of the hall than the server")
    lost = [ticket for ticket in world.oracle.numbers.of_disk(kiosk.home.disk) if ticket not in world.oracle.journal]
    expect(not lost, "I3", f"{len(lost)} numbers of {kiosk.name} are not in the server")


def _tickets(world: World) -> None:
    """Everything that anybody saw is in the server once: as a ticket, or kept apart as printed twice and told."""
    oracle, rows = world.oracle, world.server.disk.rows
    tickets = {ticket for (ticket,) in rows("SELECT id FROM ticket")}
    doubled = {ticket for (ticket,) in rows("SELECT ticket FROM doubled")}
    for ticket, (_, number) in oracle.numbers.seen.items():
        if ticket not in oracle.numbers.lost_with_disk:
            expect((ticket in tickets) + (ticket in doubled) == 1, "I3", f"{number} is not in the server once")
    waiting = oracle.visits.called_by_hand()
    expect(not waiting, "I6", f"{waiting} were called by hand, and wait as if nobody had called them")
    visits = oracle.visits
    stuck = [each.number for each in visits.visits.values() if visits.has_no_end(each, world.today())]
    expect(not stuck, "I11", f"{stuck} are of a day that is over, or of a group that is down, and have no end")
    expect(not rows(_USED_TWICE), "I4", "an appointment is used by two numbers and nobody is told")
    for (_, number), pair in oracle.numbers.doubles.items():
        expect(doubled & set(pair), "I1", f"{number} was printed twice and nobody is told")


def _nobody_is_written_down(world: World) -> None:
    images = [world.server.disk.image(), *(kiosk.home.disk.image() for kiosk in world.kiosks)]
    for image in images:
        expect(CANARY_NUMBER.encode() not in image, "I10", "an ID number stands on a disk")
        expect(CANARY_NAME.encode() not in image, "I10", "a name stands on a disk")
    ((written,),) = world.server.disk.rows(_NOTES_WRITTEN_DOWN, (CANARY_NOTE,))
    expect(written == 0, "I10", "a clerk's word for a colleague stands in the journal or with a command")
    until = world.server.clock.now().wall_us - UNDO_US - 2 * world.beat_us
    ((late,),) = world.server.disk.rows(_HOLDERS_TOO_LONG, (until,))
    expect(late == 0, "I10", f"{late} holders are kept after their visit")
    ((late,),) = world.server.disk.rows(_NOTES_TOO_LONG, (until,))
    expect(late == 0, "I10", f"{late} notes are kept after their visit")
    for kiosk in world.kiosks:
        ((late,),) = kiosk.home.disk.rows(_HOLDERS_OF_THE_GONE)
        expect(late == 0, "I10", f"{kiosk.name} keeps {late} holders after their visit")
