"""What a window serves besides those it called: somebody without a number 无号办理, and one service after another."""

from hall.catalog import Service, ServiceGroup
from hall.facts import NextServiceBegun, StartedWithoutTicket
from hall.ticket import TicketState
from hall.wire.commands import NextService, StartWithoutTicket
from hall.wire.replies import Refusal
from queue_server.operations.days import today
from queue_server.operations.lanes import own_lane
from queue_server.operations.scene import Outcome, Scene
from queue_server.operations.system_fault import faults


def start_without_ticket(scene: Scene, command: StartWithoutTicket) -> Outcome:
    """A service begins at once under a number of the server's own lane, which is never called and never printed."""
    refusal = scene.cannot_call()
    if refusal is not None:
        return refusal
    found = _served_here(scene, command.service)
    if isinstance(found, Refusal):
        return found
    service, group = found
    transaction, day = scene.transaction, today(scene.transaction, scene.moment)
    lane = own_lane(transaction, scene.moment)
    return scene.record(
        StartedWithoutTicket(
            ticket=transaction.new_id(),
            day=day,
            service=service.id,
            group=group.id,
            prefix=group.prefix,
            lane=lane,
            n=transaction.highest_number(day, group.prefix, lane) + 1,
            window=scene.window.number,
            clerk=scene.clerk,
        )
    )


def next_service(scene: Scene, command: NextService) -> Outcome:
    """再办一件: another service that this window serves, of whatever group; each has its own outcome and times."""
    ticket = scene.here(command.ticket, TicketState.SERVING)
    if isinstance(ticket, Refusal):
        return ticket
    found = _served_here(scene, command.service)
    if isinstance(found, Refusal):
        return found
    service, group = found
    return scene.record(
        NextServiceBegun(
            ticket=ticket.id,
            window=scene.window.number,
            clerk=scene.clerk,
            outcome=command.outcome,
            service=service.id,
            group=group.id,
        )
    )


def _served_here(scene: Scene, service_id: str) -> tuple[Service, ServiceGroup] | Refusal:
    catalog = scene.transaction.catalog()
    service = next((each for each in catalog.services if each.id == service_id), None)
    if service is None or scene.window.penalty_us(service.group) is None:
        return Refusal.CANNOT_SERVE
    if service.group in faults(scene.transaction):
        return Refusal.SYSTEM_FAULT
    return service, catalog.group(service.group)
