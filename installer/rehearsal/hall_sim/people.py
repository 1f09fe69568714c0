"""What citizens, clerks and managers do of themselves, at their kiosk, their window or the hall's own page."""

from collections.abc import Callable

from hall.clock import MINUTE_US
from hall.mending import HandOutcome
from hall.wire import commands
from installer.rehearsal.hall_sim import hall
from installer.rehearsal.hall_sim.clockwork import Dice
from installer.rehearsal.hall_sim.world import World

Doing = Callable[[World, Dice, int], None]
_UNCERTAIN = "SELECT id FROM ticket WHERE state NOT IN ('finished', 'cancelled') AND flags LIKE '%uncertain%'"
_DOUBLED = "SELECT ticket FROM doubled ORDER BY ticket"


def citizen(world: World, dice: Dice, who: int) -> None:
    """Somebody wants a number, every second one with a card."""
    kiosk = world.kiosk(who)
    somebody = hall.person(dice.between(0, hall.PEOPLE - 1)) if dice.chance(0.5) else None
    kiosk.citizen(dice, somebody, priority=dice.chance(0.1))


def clerk(world: World, _: Dice, who: int) -> None:
    """A clerk does the next thing."""
    world.window(who).act()


def slip_shown(world: World, dice: Dice, who: int) -> None:
    """Somebody holds out a slip, and the clerk scans it 凭票补入."""
    slip = world.oracle.some_slip(dice)
    if slip is not None:
        world.window(who).press(commands.Adopt(request_id=dice.new_id(), code=slip.code))


def hand_call(world: World, dice: Dice, who: int) -> None:
    """A call made by hand is entered 补录, now and then with a slip of the pen in the number."""
    slip = world.oracle.some_slip(dice)
    if slip is None:
        return
    now = world.server.clock.now().wall_us
    taken_for = world.clockwork.now_us - world.oracle.numbers.shown_at[slip.ticket]
    called_at = now - dice.between(0, min(taken_for, 60 * MINUTE_US))
    number = slip.number if dice.chance(0.9) else slip.number[:-1] + str(dice.between(0, 9))
    world.window(who).press(
        commands.EnterByHand(
            request_id=dice.new_id(),
            number=number,
            called_at=called_at,
            ended_at=dice.between(called_at, now),
            outcome=dice.pick(list(HandOutcome)),
        )
    )


def manager(world: World, dice: Dice, _: int) -> None:
    """A manager waits no longer for devices, or says that what is uncertain was not served."""
    new_id = dice.new_id()
    ended = dice.chance(0.3)
    world.server.decide(commands.EndRecovery(request_id=new_id) if ended else commands.Confirm(request_id=new_id))


def decision(world: World, dice: Dice, _: int) -> None:
    """A manager sees to one uncertain ticket, one number printed twice, or a machine that is gone."""
    new_id, rows = dice.new_id(), world.server.disk.rows
    uncertain, doubled = sorted(rows(_UNCERTAIN)), rows(_DOUBLED)
    gone = world.oracle.lanes_of_the_gone()
    match dice.pick(["one", "one", "double", "gone"]):
        case "one" if uncertain:
            ((ticket,), over) = dice.pick(uncertain), dice.chance(0.5)
            word = commands.Dismiss(request_id=new_id, ticket=ticket)
            world.server.decide(word if over else commands.Confirm(request_id=new_id, tickets=(ticket,)))
        case "double" if doubled:
            world.server.decide(commands.SettleDouble(request_id=new_id, ticket=dice.pick(doubled)[0]))
        case "gone" if gone:
            world.server.decide(commands.RetireLane(request_id=new_id, lane=dice.pick(gone)))


def slot_closed(world: World, dice: Dice, _: int) -> None:
    """A manager closes one of the next times for appointments, or opens it again; kiosks that are cut off hear late."""
    slots = hall.booked_slots(world.catalog(), world.server.clock.now().wall_us)
    if slots:
        slot, capacity = dice.pick(slots), 0 if dice.chance(0.7) else None
        world.server.decide(
            commands.SetCapacity(
                request_id=dice.new_id(), day=slot.day, group=hall.BOOKED_GROUP, start=slot.start, capacity=capacity
            )
        )


ALL: dict[str, Doing] = {
    "citizen": citizen,
    "clerk": clerk,
    "slip_shown": slip_shown,
    "hand_call": hand_call,
    "manager": manager,
    "decision": decision,
    "slot_closed": slot_closed,
}
"""What each does."""
