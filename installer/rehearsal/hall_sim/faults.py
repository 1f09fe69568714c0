"""What each kind of fault does to the hall. Every fault ends by itself or with `World.heal`."""

from collections.abc import Callable
from contextlib import suppress

from hall.clock import DAY_US, MINUTE_US, SECOND_US
from installer.rehearsal.hall_sim.clockwork import Dice
from installer.rehearsal.hall_sim.disk import SimWatermark
from installer.rehearsal.hall_sim.network import Weather
from installer.rehearsal.hall_sim.oracle.violation import ViolatedError
from installer.rehearsal.hall_sim.paper import Mood
from installer.rehearsal.hall_sim.script import FAULTS
from installer.rehearsal.hall_sim.world import World
from queue_server.link.errors import LedgerInUse
from queue_server.link.ledger import Ledger

Fault = Callable[[World, Dice, int], None]
YEAR_US = 365 * DAY_US


def bad_network(world: World, dice: Dice, _: int) -> None:
    """Loss, doubles, stragglers, slowness for a while."""
    world.network.weather = Weather(
        lost=dice.pick([0, 0.05, 0.3]),
        doubled=dice.pick([0, 0.1, 0.5]),
        mean_us=dice.pick([1_000, 50_000, 2_000_000]),
        straggling=dice.pick([0, 0.02, 0.2]),
    )
    world.later(dice.between(5, 300) * SECOND_US, "network clears", lambda: world.set_weather(Weather()))


def flood(world: World, dice: Dice, _: int) -> None:
    """The LAN is flooded: nearly every letter comes twice and late."""
    world.network.weather = Weather(doubled=0.9, mean_us=300_000)
    world.later(dice.between(5, 60) * SECOND_US, "flood ends", lambda: world.set_weather(Weather()))


def cut(world: World, dice: Dice, who: int) -> None:
    """A machine is cut off, both ways, for seconds to minutes."""
    world.cut(world.machine(who), up=True, down=True, for_us=dice.between(1, 600) * SECOND_US)


def one_way_cut(world: World, dice: Dice, who: int) -> None:
    """Letters pass in one direction only."""
    up = dice.chance(0.5)
    world.cut(world.machine(who), up=up, down=not up, for_us=dice.between(5, 120) * SECOND_US)


def long_cut(world: World, dice: Dice, who: int) -> None:
    """A kiosk is cut off for hours."""
    world.cut(world.kiosk(who).name, up=True, down=True, for_us=dice.between(1, 8) * 60 * MINUTE_US)


def cut_for_an_hour(world: World, _: Dice, who: int) -> None:
    """A kiosk is cut off for an hour: only in days that are written by hand (`order`)."""
    world.cut(world.kiosk(who).name, up=True, down=True, for_us=60 * MINUTE_US)


def half_open(world: World, dice: Dice, who: int) -> None:
    """A line looks open at the far end and is dead; its pings notice."""
    talk = world.kiosk(who).talk
    line = talk.line if talk is not None and dice.chance(0.6) else world.window(who).line
    if line is not None:
        line.end(dice.between(1, 15) * SECOND_US)


def kill_kiosk(world: World, _: Dice, who: int) -> None:
    """The kiosk's program dies between two acts and is started again."""
    world.kiosk(who).die()


def kill_kiosk_at_commit(world: World, dice: Dice, who: int) -> None:
    """It dies right before or right after one of its next commits."""
    disk = world.kiosk(who).home.disk
    disk.kill_in, disk.kill_after = dice.between(1, 4), dice.chance(0.5)


def kill_kiosk_at_send(world: World, dice: Dice, who: int) -> None:
    """It dies when it has just sent its next letter."""
    world.kiosk(who).asking.kill_in_sends = dice.between(2, 4)


def kiosk_power_loss(world: World, _: Dice, who: int) -> None:
    """The plug is pulled: what was not synced is gone, and the machine boots anew."""
    world.pull_plug(world.kiosk(who))


def kill_server(world: World, _: Dice, __: int) -> None:
    """The server's program dies and is started again."""
    world.server.die()


def kill_server_at_commit(world: World, dice: Dice, _: int) -> None:
    """It dies right before or right after one of its next commits."""
    disk = world.server.disk
    disk.kill_in, disk.kill_after = dice.between(1, 6), dice.chance(0.5)


def server_power_loss(world: World, _: Dice, __: int) -> None:
    """The server's plug is pulled."""
    world.pull_servers_plug()


def kiosk_disk_full(world: World, dice: Dice, who: int) -> None:
    """A kiosk's disk is full for a while."""
    disk = world.kiosk(who).home.disk
    disk.full = True
    world.later(dice.between(5, 60) * SECOND_US, "disk has room", lambda: setattr(disk, "full", False))


def kiosk_disk_error(world: World, dice: Dice, who: int) -> None:
    """One statement of a kiosk fails."""
    world.kiosk(who).home.disk.fail_in = dice.between(1, 40)


def server_disk_full(world: World, dice: Dice, _: int) -> None:
    """The server's disk is full for a while."""
    disk = world.server.disk
    disk.full = True
    world.later(dice.between(5, 60) * SECOND_US, "server disk has room", lambda: setattr(disk, "full", False))


def server_disk_error(world: World, dice: Dice, _: int) -> None:
    """One statement of the server fails."""
    world.server.disk.fail_in = dice.between(1, 60)


def clock_minutes(world: World, dice: Dice, who: int) -> None:
    """A kiosk's wall clock is minutes wrong from now on."""
    world.kiosk(who).clock.wrong_by_us = dice.between(-30, 30) * MINUTE_US


def clock_years(world: World, dice: Dice, who: int) -> None:
    """A kiosk's wall clock is years wrong."""
    world.kiosk(who).clock.wrong_by_us = dice.between(-9, 9) * YEAR_US


def clock_1970(world: World, _: Dice, who: int) -> None:
    """A kiosk forgot the time altogether."""
    world.kiosk(who).clock.wrong_by_us = -world.clockwork.now_us + 60 * SECOND_US


def server_clock_minutes(world: World, dice: Dice, _: int) -> None:
    """The server's wall clock is moved by minutes."""
    world.server.clock.wrong_by_us = dice.between(-5, 5) * MINUTE_US


def hours_pass(world: World, dice: Dice, _: int) -> None:
    """Nothing happens for hours; midnight may pass."""
    world.clockwork.leap(dice.between(1, 10) * 60 * MINUTE_US)


def week_passes(world: World, dice: Dice, _: int) -> None:
    """The hall is closed for a holiday, and its kiosks are switched off meanwhile."""
    for kiosk in world.kiosks:
        kiosk.die()
    world.clockwork.leap(dice.between(1, 10) * DAY_US)


def printer(world: World, dice: Dice, who: int) -> None:
    """A printer is off, out of paper before, in or after a slip, slow, lies, or is fine again."""
    world.kiosk(who).printer.mood = dice.pick(list(Mood))


def two_processes(world: World, _: Dice, who: int) -> None:
    """Somebody starts the program a second time on the same folder: refused."""
    kiosk = world.kiosk(who)
    if kiosk.ledger is None:
        return
    with suppress(LedgerInUse):
        Ledger(kiosk.home, kiosk.device, kiosk.dice.new_id)
        raise ViolatedError("I1", "two programs use one ledger")


def new_catalogue(world: World, dice: Dice, _: int) -> None:
    """The catalogue changes, whoever is cut off."""
    world.publish(notice=f"公告{dice.between(1, 99)}")


def service_closed(world: World, dice: Dice, _: int) -> None:
    """A group is taken out of the catalogue while its tickets wait, or comes back."""
    world.publish(without=dice.pick(["", "gamma"]))


def kiosk_added(world: World, _: Dice, __: int) -> None:
    """A further kiosk is put up during the day."""
    world.add_kiosk()


def kiosk_reimaged(world: World, _: Dice, who: int) -> None:
    """A kiosk's disk is replaced by an empty one."""
    world.reimage(world.kiosk(who))


def ledger_set_back(world: World, dice: Dice, who: int) -> None:
    """An older copy of a kiosk's file is put back; the watermark beside it stays."""
    world.set_back(world.kiosk(who), dice)


def ledger_copied(world: World, _: Dice, who: int) -> None:
    """A kiosk's folder is copied to another machine, and both run."""
    world.copy(world.kiosk(who))


def server_restored(world: World, dice: Dice, _: int) -> None:
    """A backup of minutes or a day ago is restored at the server."""
    world.restore_server(dice)


def window_restarts(world: World, _: Dice, who: int) -> None:
    """A window client is closed and opened again."""
    world.window(who).restart()


def server_file_damaged(world: World, _: Dice, __: int) -> None:
    """The server finds its file damaged at start, and puts the newest backup in its place."""
    world.mend_server()


def server_watermark_lost(world: World, _: Dice, __: int) -> None:
    """The mark beside the server's database is deleted while it does not run.

    Once: two lives after one backup, of neither of which anything is left, nobody can tell apart.
    """
    if not world.watermark_lost:
        world.watermark_lost = True
        world.server.die()
        world.server.watermark = SimWatermark()


def ledger_watermark_lost(world: World, _: Dice, who: int) -> None:
    """The mark beside a kiosk's database is deleted while it does not run."""
    kiosk = world.kiosk(who)
    if kiosk.alive:  # after an older file was put back the mark is all that tells of it
        kiosk.die()
        kiosk.home.watermark = ""


def kiosk_renamed(world: World, dice: Dice, who: int) -> None:
    """A kiosk gets another name in its settings."""
    kiosk = world.kiosk(who)
    kiosk.die()
    kiosk.device = f"kiosk-{dice.between(10, 99)}"


ALL: dict[str, Fault] = {kind: globals()[kind] for kind in (*FAULTS, "cut_for_an_hour")}
"""What each kind does."""
