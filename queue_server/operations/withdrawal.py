"""What became of a command whose window never got the answer: what it got, or the certainty that it never happens."""

from hall.clock import Moment
from hall.wire.commands import Withdraw
from hall.wire.replies import Refusal, Reply
from queue_server.operations.errors import ReusedRequestError
from queue_server.store import Transaction
from queue_server.store.records import Answer, Session

_NO_COMMAND = "withdrawn"


def withdraw(transaction: Transaction, moment: Moment, session: Session, asked: Withdraw) -> Reply:
    """The stored answer; without one a refusal is stored, so that the command on its way finds it and does nothing.

    A clerk who comes back an hour later must not see somebody called by a press of then.

    Raises:
        ReusedRequestError: If the request id belongs to another window.
    """
    answer = transaction.get(Answer, asked.request_id)
    if answer is None:
        reply = Reply(request_id=asked.request_id, refusal=Refusal.WITHDRAWN, at=moment.wall_us)
        answer = Answer(
            request_id=asked.request_id,
            window=session.window,
            staff=session.subject,
            command=_NO_COMMAND,
            reply=reply,
            seq=0,
            at=moment.wall_us,
        )
        transaction.put(answer)
    elif answer.window != session.window:
        raise ReusedRequestError("这个请求号是别的窗口的")
    return answer.reply
