"""One seed from its script to its verdict."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field

from hall.clock import DAY_US, SECOND_US
from hall.errors import OneWindowError
from installer.rehearsal.hall_sim import acts, faults, people
from installer.rehearsal.hall_sim.clockwork import Action, Dice
from installer.rehearsal.hall_sim.network import Weather
from installer.rehearsal.hall_sim.oracle import quiet
from installer.rehearsal.hall_sim.oracle.violation import ViolatedError
from installer.rehearsal.hall_sim.paper import Mood
from installer.rehearsal.hall_sim.script import REST_US, Event, Script
from installer.rehearsal.hall_sim.world import World

BEAT_US = 10 * SECOND_US
MOST_RESTS = 30
CURRENT_US = 5 * SECOND_US
"""So soon after the last news every screen must be the server's again."""
_OF_PEOPLE = people.ALL | acts.ALL


@dataclass
class Verdict:
    """What became of a script.

    Attributes:
        hash: Over everything that happened; the same script always has the same.
        steps: How many events were looked at.
        promise: The promise that was broken, empty if none was.
        words: What broke it.
        faults: How often each kind of fault struck.
        coverage: How often each kind met its victim in each state.
        trace: One line per event, if asked for.
    """

    hash: str = ""
    steps: int = 0
    promise: str = ""
    words: str = ""
    tickets: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    coverage: Counter[str] = field(default_factory=Counter)
    trace: list[str] = field(default_factory=list)


class Run:
    """One script being played.

    Args:
        script: The script.
        keep_trace: Whether to keep a line per event.
        plans_first: Let days pass until every kiosk counts by a plan, before anything of the script happens.
    """

    def __init__(self, script: Script, *, keep_trace: bool = False, plans_first: bool = False) -> None:
        beat_us = max(BEAT_US, 3 * script.pace_us)
        self.world = World(script, beat_us)
        if plans_first:
            self._until_plans_are_given()
        self.verdict = Verdict()
        self._keep = keep_trace
        self._hash = hashlib.blake2b(digest_size=16)
        self._news_at = 0
        start = self.world.clockwork.now_us
        last = script.events[-1].at_us if script.events else 0
        self._ends_us = start + last + 10 * REST_US
        for event in script.events:
            self.world.clockwork.at(start + event.at_us, f"{event.kind} {event.who}", self._happening(event))
        for window in self.world.windows:
            self.world.clockwork.after(5 * SECOND_US, f"{window.asking.name} opens", window.act)

    def _until_plans_are_given(self) -> None:
        """A plan given to one kiosk alone runs for a week before others can share; the hall sleeps until then."""
        world = self.world
        for _ in range(20):
            until = world.clockwork.now_us + REST_US
            while (when := world.clockwork.next_at()) is not None and when <= until:
                world.clockwork.run_next()
                world.oracle.look()
            if all(kiosk.ledger and kiosk.ledger.state.plan for kiosk in world.kiosks):
                return
            world.clockwork.leap(DAY_US)

    def play(self, steps: int) -> Verdict:
        """Play so many steps, let the faults stop, rest, and look at everything."""
        world, verdict = self.world, self.verdict
        try:
            while verdict.steps < steps and world.clockwork.now_us < self._ends_us:
                self._step(world.clockwork.next_name() or "")
            self._rest()
        except ViolatedError as error:
            verdict.promise, verdict.words = error.promise, str(error)
        except OneWindowError as error:  # nobody in the hall met it
            verdict.promise, verdict.words = "bug", f"{type(error).__name__}: {error}"
        verdict.hash = self._hash.hexdigest()
        verdict.tickets = len(world.oracle.numbers.seen)
        return verdict

    def _step(self, name: str) -> None:
        world, verdict = self.world, self.verdict
        if not name.startswith("~"):
            verdict.steps += 1
            line = f"{verdict.steps} {world.clockwork.next_at()} {name}"
            self._hash.update(line.encode())
            if self._keep:
                verdict.trace.append(line)
        tail = world.oracle.tail
        world.clockwork.run_next()
        world.oracle.look()
        if world.oracle.tail != tail:
            self._news_at = world.clockwork.now_us
            self._hash.update(world.oracle.tail.encode())

    def _rest(self) -> None:
        """The faults have stopped; slips under way come to their end, and then the hall has its minute."""
        heal(self.world)
        clockwork = self.world.clockwork
        for _ in range(MOST_RESTS):
            slips = any(kiosk.printing for kiosk in self.world.kiosks)
            self._run_until(clockwork.now_us + REST_US)
            if not slips:
                break
        latest = clockwork.now_us + REST_US
        while (current := self._news_us + CURRENT_US) > clockwork.now_us and clockwork.now_us < latest:
            self._run_until(min(current, latest))
        quiet.look(self.world)

    @property
    def _news_us(self) -> int:
        """When the hall last had news. That a name is forgotten stands in no journal, and screens are told of it."""
        return max(self._news_at, self.world.server.broadcast.told_us)

    def _run_until(self, until: int) -> None:
        clockwork = self.world.clockwork
        while (when := clockwork.next_at()) is not None and when <= until:
            self._step(clockwork.next_name() or "")
        clockwork.wait_until(until)

    def _happening(self, event: Event) -> Action:
        def happen() -> None:
            world, dice = self.world, Dice(f"{event.kind} {event.salt}")
            if world.healed:
                return
            if event.kind in _OF_PEOPLE:
                _OF_PEOPLE[event.kind](world, dice, event.who)
            else:
                self.verdict.faults[event.kind] += 1
                self.verdict.coverage[f"{event.kind} × {state_of(world, event)}"] += 1
                faults.ALL[event.kind](world, dice, event.who)

        return happen


def state_of(world: World, event: Event) -> str:
    """In which state a fault meets the hall."""
    kiosk = world.kiosk(event.who)
    if world.server.store is None:
        return "server down"
    if kiosk.ledger is None:
        return "kiosk down"
    if kiosk.printing:
        return "printing"
    if not kiosk.online:
        return "cut off, unsent" if kiosk.ledger.unsent_count() else "cut off"
    return "busy" if kiosk.asking.busy else "calm"


def heal(world: World) -> None:
    """Every fault stops: machines run, lines are whole, disks have room, clocks are right, printers print."""
    world.healed = True
    world.network.weather = Weather(mean_us=2_000)
    world.network.cut_up.clear()
    world.network.cut_down.clear()
    for disk in (world.server.disk, *(kiosk.home.disk for kiosk in world.kiosks)):
        disk.full, disk.fail_in, disk.kill_in = False, 0, 0
    world.server.clock.wrong_by_us = 0
    world.beat_us = BEAT_US
    world.server.start()
    world.clockwork.after(0, "~beat", world.beat)
    for kiosk in world.kiosks:
        kiosk.asking.kill_in_sends = 0
        kiosk.clock.wrong_by_us = 0
        kiosk.printer.mood = Mood.FINE
        world.start(kiosk)
