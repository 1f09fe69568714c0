"""What a clerk can do, one function per command: check by the rules of the hall, then record the fact."""

from collections.abc import Callable
from typing import Any

from hall.calling import CallReason, effective_after_return
from hall.facts import (
    ServiceFinished,
    ServiceStarted,
    TicketCancelled,
    TicketHeld,
    TicketMissed,
    TicketRecalled,
    TicketReturned,
    TicketTransferred,
    WindowClosed,
    WindowPaused,
    WindowResumed,
)
from hall.ticket import Ticket, TicketState
from hall.window import WindowState
from hall.wire import commands
from hall.wire.replies import Refusal
from queue_server.operations.adopting import adopt
from queue_server.operations.auto_call import auto_call_off, auto_call_on
from queue_server.operations.by_hand import enter_by_hand
from queue_server.operations.scene import Outcome, Scene
from queue_server.operations.services import next_service, start_without_ticket
from queue_server.operations.system_fault import declare_fault, end_fault
from queue_server.operations.undo import undo
from queue_server.store.records import Session

_S = TicketState


def call_next(scene: Scene, _: commands.CallNext) -> Outcome:
    """The first in order whom this window may serve."""
    refusal = scene.cannot_call()
    if refusal is not None:
        return refusal
    choice = scene.transaction.order.next_for(scene.window)
    return Refusal.NOBODY_WAITING if choice is None else scene.call(choice.ticket, choice.reason)


def call_ticket(scene: Scene, command: commands.CallTicket) -> Outcome:
    """A named waiting ticket, out of order, for a reason that stays with the call."""
    refusal = scene.cannot_call()
    if refusal is not None:
        return refusal
    ticket = scene.here_or_aside(command.ticket, _S.WAITING)
    if isinstance(ticket, Refusal):
        return ticket
    return scene.call(ticket, CallReason(counts_from=ticket.effective_at, chosen=True, words=command.reason))


def recall(scene: Scene, command: commands.Recall) -> Outcome:
    """The same ticket again, as often as the hall calls one number."""
    ticket = scene.here(command.ticket, _S.CALLED)
    if isinstance(ticket, Refusal):
        return ticket
    if _called_enough(scene, ticket):
        return Refusal.CALLED_ENOUGH
    return scene.record(
        TicketRecalled(
            ticket=ticket.id, window=scene.window.number, clerk=scene.clerk, call_no=max(2, ticket.calls + 1)
        )
    )


def _called_enough(scene: Scene, ticket: Ticket) -> bool:
    return ticket.calls >= scene.transaction.catalog().hall.calls_before_missed


def start_service(scene: Scene, command: commands.StartService) -> Outcome:
    """The citizen has come."""
    ticket = scene.here(command.ticket, _S.CALLED)
    if isinstance(ticket, Refusal):
        return ticket
    return scene.record(ServiceStarted(ticket=ticket.id, window=scene.window.number, clerk=scene.clerk))


def finish_service(scene: Scene, command: commands.FinishService) -> Outcome:
    """办理完毕."""
    ticket = scene.here(command.ticket, _S.SERVING)
    if isinstance(ticket, Refusal):
        return ticket
    return scene.record(
        ServiceFinished(ticket=ticket.id, window=scene.window.number, clerk=scene.clerk, outcome=command.outcome)
    )


def mark_missed(scene: Scene, command: commands.MarkMissed) -> Outcome:
    """过号: once it was called as often as the slip promises."""
    ticket = scene.here(command.ticket, _S.CALLED)
    if isinstance(ticket, Refusal):
        return ticket
    if not _called_enough(scene, ticket):
        return Refusal.CALLED_TOO_SELDOM
    return scene.record(TicketMissed(ticket=ticket.id, window=scene.window.number, clerk=scene.clerk))


def put_back(scene: Scene, command: commands.PutBack) -> Outcome:
    """Called or held: waits again where it stood. Missed: after the third waiting, and only so many times."""
    ticket = scene.here_or_aside(command.ticket, _S.CALLED, _S.MISSED, _S.ON_HOLD)
    if isinstance(ticket, Refusal):
        return ticket
    effective_at = ticket.effective_at
    if ticket.state is _S.MISSED:
        if ticket.returns >= scene.transaction.catalog().hall.returns_allowed:
            return Refusal.TOO_MANY_RETURNS
        effective_at = effective_after_return(ticket, scene.transaction.order.waiting(ticket.group))
    return scene.record(TicketReturned(ticket=ticket.id, effective_at=effective_at, after=ticket.state))


def hold(scene: Scene, command: commands.Hold) -> Outcome:
    """挂起."""
    ticket = scene.here_or_aside(command.ticket, _S.WAITING, _S.CALLED, _S.SERVING)
    if isinstance(ticket, Refusal):
        return ticket
    return scene.record(
        TicketHeld(
            ticket=ticket.id,
            window=scene.window.number,
            clerk=scene.clerk,
            reason=command.reason,
            back_at=scene.in_minutes(command.minutes),
        )
    )


def transfer(scene: Scene, command: commands.Transfer) -> Outcome:
    """转移: the number and the effective time stay. A group that nobody knows cannot be served.

    One window alone may be named if it is open and serves the group; never the ticket's own, which may put it back.
    """
    ticket = scene.here(command.ticket, _S.CALLED, _S.SERVING)
    if isinstance(ticket, Refusal):
        return ticket
    if all(group.id != command.group for group in scene.transaction.catalog().groups):
        return Refusal.CANNOT_SERVE
    if command.to is not None and (refusal := scene.cannot_take(command.to, command.group)) is not None:
        return refusal
    scene.transaction.keep_note(ticket.id, command.note.strip())
    return scene.record(
        TicketTransferred(
            ticket=ticket.id,
            window=scene.window.number,
            clerk=scene.clerk,
            group=command.group,
            to=command.to,
        )
    )


def cancel(scene: Scene, command: commands.Cancel) -> Outcome:
    """弃号."""
    ticket = scene.here_or_aside(command.ticket, _S.WAITING, _S.MISSED, _S.ON_HOLD)
    if isinstance(ticket, Refusal):
        return ticket
    return scene.record(TicketCancelled(ticket=ticket.id, reason=command.reason, clerk=scene.clerk))


def pause(scene: Scene, command: commands.Pause) -> Outcome:
    """暂停; whoever is at the window is still served."""
    if scene.state is not WindowState.IDLE:
        return Refusal.WRONG_STATE
    return scene.record(
        WindowPaused(
            window=scene.window.number,
            clerk=scene.clerk,
            reason=command.reason,
            back_at=scene.in_minutes(command.minutes),
        )
    )


def resume(scene: Scene, _: commands.Resume) -> Outcome:
    """Open again."""
    if scene.state is not WindowState.PAUSED:
        return Refusal.WRONG_STATE
    return scene.record(WindowResumed(window=scene.window.number, clerk=scene.clerk))


def sign_out(scene: Scene, _: commands.SignOut) -> Outcome:
    """Close the window and end the session; not while somebody is at the window."""
    if scene.transaction.active_at(scene.window.number) is not None:
        return Refusal.WINDOW_BUSY
    scene.transaction.drop(Session, scene.session.token_hash)
    return scene.record(WindowClosed(window=scene.window.number, clerk=scene.clerk))


ACTS: dict[type[Any], Callable[[Scene, Any], Outcome]] = {
    commands.CallNext: call_next,
    commands.CallTicket: call_ticket,
    commands.Recall: recall,
    commands.StartService: start_service,
    commands.StartWithoutTicket: start_without_ticket,
    commands.NextService: next_service,
    commands.FinishService: finish_service,
    commands.MarkMissed: mark_missed,
    commands.PutBack: put_back,
    commands.Hold: hold,
    commands.Transfer: transfer,
    commands.Cancel: cancel,
    commands.Undo: undo,
    commands.Pause: pause,
    commands.Resume: resume,
    commands.AutoCallOn: auto_call_on,
    commands.AutoCallOff: auto_call_off,
    commands.SignOut: sign_out,
    commands.Adopt: adopt,
    commands.DeclareFault: declare_fault,
    commands.EndFault: end_fault,
    commands.EnterByHand: enter_by_hand,
}
"""Every command of a clerk; neither the rating nor what a manager decides is among them."""
