"""凭票补入: a slip is shown whose number is not in the list, because its kiosk is cut off. Its seal says enough."""

from hall.errors import CodeError
from hall.mending import TicketAdopted
from hall.slip_code import unseal
from hall.wire.commands import Adopt
from hall.wire.replies import Refusal
from queue_server.operations.by_hand import join
from queue_server.operations.days import today
from queue_server.operations.scene import Done, Outcome, Scene
from queue_server.operations.system_fault import renewed


def adopt(scene: Scene, command: Adopt) -> Outcome:
    """Make the ticket of a slip known, so that it can be called as any other; one already known is shown as it is.

    One that 系统故障 ended gives another number, with priority.
    """
    transaction = scene.transaction
    try:
        code = unseal(command.code, transaction.hall_id, scene.hall_key)
    except CodeError:
        return Refusal.BAD_CODE
    known = transaction.ticket(code.ticket)
    if known is not None:
        return renewed(scene, known) or Done(0, scene.moment.wall_us, code.ticket)
    if code.day != today(transaction, scene.moment):
        return Refusal.NOT_TODAY
    group = next((group.id for group in transaction.catalog().groups if group.prefix == code.prefix), None)
    if group is None:
        return Refusal.BAD_CODE
    if transaction.is_taken(code.ticket, code.day, code.prefix, code.lane, code.n):
        return Refusal.WRONG_STATE  # printed twice: a manager's matter
    done = scene.record(
        TicketAdopted(
            ticket=code.ticket,
            day=code.day,
            group=group,
            prefix=code.prefix,
            lane=code.lane,
            n=code.n,
            issued_at=min(code.issued_at, scene.moment.wall_us),
            window=scene.window.number,
            clerk=scene.clerk,
        )
    )
    join(transaction, scene.moment, code.ticket)
    return done
