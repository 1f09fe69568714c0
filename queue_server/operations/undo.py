"""Taking back the last act of a window on a ticket, by a fact that restores the ticket as it stood before."""

from hall.facts import ActUndone, JournalEntry, TicketCalled, TicketTransferred
from hall.projection import ticket_after
from hall.ticket import ACTIVE, Ticket, TicketState
from hall.wire import commands
from hall.wire.replies import Refusal
from queue_server.operations.scene import Outcome, Scene
from queue_server.store import Reader

UNDO_US = 10_000_000
_NO_ACT = ("ticket_issued", "slip_printed", "ticket_flagged", "ticket_confirmed")
_NOT_TO_UNDO = ("ticket_issued", "rating_given", "act_undone", "ticket_adopted", "outcome_recovered")


def undo(scene: Scene, command: commands.Undo) -> Outcome:
    """Take back this window's last act if it was on this ticket, within ten seconds, and nothing came after it."""
    transaction = scene.transaction
    if transaction.ticket(command.ticket) is None:
        return Refusal.UNKNOWN_TICKET
    last = undoable(transaction, scene.window.number, scene.moment.wall_us)
    if last is None or getattr(last.fact.body, "ticket", None) != command.ticket:
        return Refusal.UNDO_TOO_LATE
    before = _without(transaction, last, command.ticket) or _never_begun(scene, command.ticket)
    if before.state in ACTIVE:
        active = transaction.active_at(scene.window.number)
        if active is not None and active.id != before.id:
            return Refusal.WINDOW_BUSY
    if isinstance(last.fact.body, TicketTransferred):
        transaction.keep_note(command.ticket, "")
    return scene.record(
        ActUndone(
            ticket=command.ticket,
            window=scene.window.number,
            clerk=scene.clerk,
            undoes=last.seq,
            restores=before,
            call=last.fact.body if isinstance(last.fact.body, TicketCalled) else None,
        )
    )


def undoable(reader: Reader, window: int, now_us: int) -> JournalEntry | None:
    """The entry that an undo at this window would take back now, None if there is none."""
    answer = reader.last_answer(window)
    if answer is None or now_us - answer.at >= UNDO_US:
        return None
    entry = next(reader.entries(after=answer.seq - 1, limit=1))
    ticket = getattr(entry.fact.body, "ticket", None)
    if ticket is None or entry.fact.body.kind in _NOT_TO_UNDO:
        return None
    acts = [later for later in reader.entries_of(ticket) if later.fact.body.kind not in _NO_ACT]
    return entry if acts and acts[-1].seq == entry.seq else None


def _never_begun(scene: Scene, ticket_id: str) -> Ticket:
    """A visit that began at the window by a slip of the hand: its number stays, and nobody was served."""
    ticket = scene.transaction.ticket(ticket_id)
    assert ticket is not None  # it is the one whose act is taken back
    ended = {"state": TicketState.CANCELLED, "window": None, "ended_at": scene.moment.wall_us}
    return ticket.model_copy(update=ended)


def _without(reader: Reader, taken_back: JournalEntry, ticket_id: str) -> Ticket | None:
    """The ticket as if one entry had not been written; marks set since then stay. None: that entry made it."""
    ticket: Ticket | None = None
    for entry in reader.entries_of(ticket_id):
        if entry.seq != taken_back.seq:
            ticket = ticket_after(ticket, entry)
    return ticket
