"""Carrying out commands: once each, whatever the network repeats. A refusal by rule is an answer like any other."""

from hall.clock import Moment
from hall.personal import tells_a_number
from hall.window import WindowState
from hall.wire.commands import Command, Rate, as_kept, free_words
from hall.wire.replies import Refusal, Reply
from queue_server.operations.acts import ACTS
from queue_server.operations.deciding import DECISIONS
from queue_server.operations.errors import ReusedRequestError, SessionOverError
from queue_server.operations.office import Office
from queue_server.operations.rating import rate
from queue_server.operations.scene import Done, Outcome, Scene
from queue_server.operations.system_fault import FAULTS
from queue_server.store import Transaction
from queue_server.store.records import Answer, Session, SessionKind


def carry_out(transaction: Transaction, moment: Moment, session: Session, command: Command, hall_key: bytes) -> Reply:
    """Carry a command out, or repeat the answer it got before.

    The answer is stored with the request id in the same commit as what it did. The masked name is not: it is looked
    up beside the ticket each time, so it is gone when the holder has been forgotten. The hall key opens
    the seals of slips.

    Raises:
        ReusedRequestError: If the request id was used for another command or by somebody else.
        SignInError: If a manager's session ended while the command was on its way.
    """
    text = as_kept(command).model_dump_json()
    answer = transaction.get(Answer, command.request_id)
    if answer is None:
        answer = _first_time(transaction, moment, session, command, hall_key)
    elif (answer.command, answer.staff) != (text, session.subject):
        raise ReusedRequestError("同一个请求号用于了不同的操作")
    return _with_name(transaction, answer.reply)


def _first_time(
    transaction: Transaction, moment: Moment, session: Session, command: Command, hall_key: bytes
) -> Answer:
    match _outcome(transaction, moment, session, command, hall_key):
        case Done() as done:
            ticket = None if done.ticket is None else transaction.ticket(done.ticket)
            reply = Reply(request_id=command.request_id, ticket=ticket, seq=done.seq, at=done.at)
        case refusal:
            reply = Reply(request_id=command.request_id, refusal=refusal, at=moment.wall_us)
    answer = Answer(
        request_id=command.request_id,
        window=session.window,
        staff=session.subject,
        command=as_kept(command).model_dump_json(),
        reply=reply,
        seq=reply.seq,
        at=moment.wall_us,
    )
    transaction.put(answer)
    return answer


def _outcome(transaction: Transaction, moment: Moment, session: Session, command: Command, hall_key: bytes) -> Outcome:
    kind = type(command)
    if tells_a_number(free_words(command)):
        return Refusal.PERSONAL_WORDS
    if session.kind is SessionKind.MANAGER and transaction.get(Session, session.token_hash) is None:
        raise SessionOverError
    match session.kind:
        case SessionKind.RATING if isinstance(command, Rate):
            return rate(transaction, moment, session, command)
        case SessionKind.MANAGER if kind in DECISIONS:
            return DECISIONS[kind](Office(transaction, moment, session), command)
        case SessionKind.MANAGER if kind in FAULTS:
            return FAULTS[kind](Office(transaction, moment, session), command)
        case SessionKind.CLERK if kind in ACTS:
            scene = _scene(transaction, moment, session, hall_key)
            return Refusal.WINDOW_NOT_OPEN if scene is None else ACTS[kind](scene, command)
        case _:
            return Refusal.NOT_ALLOWED


def _scene(transaction: Transaction, moment: Moment, session: Session, hall_key: bytes) -> Scene | None:
    """The clerk's window; None if it was closed meanwhile, taken over, or is no longer in the catalogue."""
    status = transaction.window(session.window)
    if status.state is WindowState.CLOSED or status.clerk != session.subject:
        return None
    window = next((window for window in transaction.catalog().windows if window.number == session.window), None)
    return None if window is None else Scene(transaction, moment, session, window, status.state, hall_key)


def _with_name(transaction: Transaction, reply: Reply) -> Reply:
    holder = None if reply.ticket is None else transaction.holder(reply.ticket.id)
    return reply if holder is None else reply.model_copy(update={"masked_name": holder.masked_name})
