"""自动叫号: a window that is free calls the next by itself. The clerk switches it on; only the server ever calls.

It calls when nobody is at the window, somebody waits for it, and its clerk has done nothing for as long as the hall
says. Each act of the window begins that time anew, so nobody is called while the clerk is still at something.
"""

from hall.calling import Choice
from hall.clock import SECOND_US, Moment
from hall.facts import AutoCallSet
from hall.projection import WindowStatus
from hall.window import WindowState
from hall.wire.commands import AutoCallOff, AutoCallOn
from hall.wire.replies import Refusal
from queue_server.operations.scene import Outcome, Scene, summons
from queue_server.store import Reader, Transaction


def auto_call_on(scene: Scene, _: AutoCallOn) -> Outcome:
    """From now on; not while the window is paused, and only where the hall allows it."""
    if not scene.transaction.catalog().auto_call_seconds(scene.window.number):
        return Refusal.NOT_ALLOWED
    if scene.state is not WindowState.IDLE:
        return Refusal.WINDOW_NOT_OPEN
    return _set(scene, on=True)


def auto_call_off(scene: Scene, _: AutoCallOff) -> Outcome:
    """No more, also where the hall allows it no longer."""
    return _set(scene, on=False)


def calls_at(reader: Reader, status: WindowStatus) -> int | None:
    """When a window that is free may call by itself, µs; None if it does not."""
    seconds = reader.catalog().auto_call_seconds(status.number)
    if not (status.auto_call and seconds and status.state is WindowState.IDLE):
        return None
    if reader.active_at(status.number) is not None:
        return None
    last = reader.last_answer(status.number)
    return max(status.since, 0 if last is None else last.at) + seconds * SECOND_US


def is_wanted(reader: Reader) -> bool:
    """Whether any window calls by itself; cheap, so that it can be asked every second."""
    return any(status.auto_call for status in reader.every(WindowStatus))


def call_by_itself(transaction: Transaction, moment: Moment) -> None:
    """Call wherever the time has come; called every second."""
    for status in [status for status in transaction.every(WindowStatus) if status.auto_call]:
        at, choice = calls_at(transaction, status), _next_for(transaction, status.number)
        if at is None or at > moment.wall_us or choice is None or status.clerk is None:
            continue
        reason = choice.reason.model_copy(update={"by_itself": True})
        transaction.record(summons(choice.ticket, status.number, status.clerk, reason), moment)


def _next_for(transaction: Transaction, number: int) -> Choice | None:
    window = next((each for each in transaction.catalog().windows if each.number == number), None)
    return None if window is None else transaction.order.next_for(window)


def _set(scene: Scene, *, on: bool) -> Outcome:
    if scene.transaction.window(scene.window.number).auto_call is on:
        return Refusal.WRONG_STATE
    return scene.record(AutoCallSet(window=scene.window.number, clerk=scene.clerk, on=on))
