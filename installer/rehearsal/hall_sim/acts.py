"""What else clerks and managers press: acts that came after the first days were written down.

Each is an event of its own with randomness of its own (`script`), so that no day that was kept means anything else.
"""

from collections.abc import Iterator

from hall.ticket import ServiceOutcome, TicketState
from hall.wire import commands
from hall.wire.views import Desk
from installer.rehearsal.hall_sim import hall
from installer.rehearsal.hall_sim.clockwork import Dice
from installer.rehearsal.hall_sim.people import Doing
from installer.rehearsal.hall_sim.window import WindowNode
from installer.rehearsal.hall_sim.world import World


def chosen_call(world: World, dice: Dice, who: int) -> None:
    """A clerk calls somebody out of order and says why."""
    for window, desk in _desks(world, who):
        if desk.active is None and desk.queue:
            ticket = dice.pick(desk.queue).ticket.id
            window.press(commands.CallTicket(request_id=dice.new_id(), ticket=ticket, reason="行动不便"))
            return


def without_ticket(world: World, dice: Dice, who: int) -> None:
    """Somebody without a number is served 无号办理."""
    for window, desk in _desks(world, who):
        if desk.active is None:
            window.press(commands.StartWithoutTicket(request_id=dice.new_id(), service=_service(dice)))
            return


def next_service(world: World, dice: Dice, who: int) -> None:
    """Whoever is being served wants something else too 再办一件."""
    for window, ticket in _at_work(world, who, TicketState.SERVING):
        new_id, service, outcome = dice.new_id(), _service(dice), dice.pick(list(ServiceOutcome))
        window.press(commands.NextService(request_id=new_id, ticket=ticket, service=service, outcome=outcome))
        return


def noted_transfer(world: World, dice: Dice, who: int) -> None:
    """Somebody is sent on with a word for the colleague, which names a person."""
    for window, ticket in _at_work(world, who, TicketState.CALLED, TicketState.SERVING):
        new_id, group = dice.new_id(), dice.pick(list(hall.GROUPS))
        window.press(commands.Transfer(request_id=new_id, ticket=ticket, group=group, note=hall.CANARY_NOTE))
        return


def auto_call(world: World, dice: Dice, who: int) -> None:
    """A clerk has the window call by itself, or no more."""
    kind = dice.pick([commands.AutoCallOn, commands.AutoCallOn, commands.AutoCallOff])
    for window, _ in _desks(world, who):
        window.press(kind(request_id=dice.new_id()))
        return


def system_fault(world: World, dice: Dice, who: int) -> None:
    """A group cannot be served 系统故障, says a clerk or a manager; the manager says when it can again."""
    groups, new_id, over = (dice.pick(list(hall.GROUPS)),), dice.new_id(), dice.new_id()
    declared = commands.DeclareFault(request_id=new_id, groups=groups, reason="省平台")
    if dice.chance(0.5):
        world.window(who).press(declared)
    else:
        world.server.decide(declared)
    ended = commands.EndFault(request_id=over, groups=groups)
    world.later(dice.between(3, 40) * world.script.pace_us, "fault over", lambda: world.server.decide(ended))


def renewal(world: World, dice: Dice, who: int) -> None:
    """The slip of a number that a fault ended is shown at a window, and soon after once more at another."""
    slips = world.oracle.slips_of_faults()
    if slips:
        code, again = dice.pick(slips).code, dice.new_id()
        _show(world, who, commands.Adopt(request_id=dice.new_id(), code=code))
        world.later(
            dice.between(1, 10) * world.script.pace_us,
            "slip shown again",
            lambda: _show(world, who + 1, commands.Adopt(request_id=again, code=code)),
        )


def window_plan(world: World, dice: Dice, _: int) -> None:
    """A manager switches the windows to the plan 潮汐方案, or back."""
    world.server.decide(commands.SwitchPlan(request_id=dice.new_id(), plan=dice.pick([hall.PLAN, hall.PLAN, ""])))


def _desks(world: World, who: int) -> Iterator[tuple[WindowNode, Desk]]:
    """The windows whose clerks can press something now with what their screens show, from any one on."""
    first = who % len(world.windows)
    for window in (*world.windows[first:], *world.windows[:first]):
        if window.has_a_hand_free and window.desk is not None:
            yield window, window.desk


def _at_work(world: World, who: int, *states: TicketState) -> Iterator[tuple[WindowNode, str]]:
    """Those of them with a ticket in one of these states, and the ticket."""
    for window, desk in _desks(world, who):
        if desk.active is not None and desk.active.ticket.state in states:
            yield window, desk.active.ticket.id


def _show(world: World, who: int, slip: commands.Adopt) -> None:
    for window, _ in _desks(world, who):
        window.press(slip)
        return


def _service(dice: Dice) -> str:
    return f"{dice.pick(list(hall.GROUPS))}_one"


ALL: dict[str, Doing] = {
    "chosen_call": chosen_call,
    "without_ticket": without_ticket,
    "next_service": next_service,
    "noted_transfer": noted_transfer,
    "auto_call": auto_call,
    "system_fault": system_fault,
    "renewal": renewal,
    "window_plan": window_plan,
}
"""What each does."""
