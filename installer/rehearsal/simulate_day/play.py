"""One day lived by its people: citizens who come, clerks who call, whatever rule decides who is next.

The referee decides: the real programs (`real`) or a rule on paper (`paper`). Chance has spoken before (`people`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from hall.clock import MINUTE_US, SECOND_US
from installer.rehearsal.hall_sim.clockwork import Clockwork
from installer.rehearsal.simulate_day.people import Absence, Citizen, Day
from installer.rehearsal.simulate_day.shape import CLOSES_MINUTE, OPENS_MINUTE

CALLS, SECONDS_TO_COME = 3, 90
_TRIES_AGAIN_US = MINUTE_US


class Referee(Protocol):
    """Who gives numbers and decides who is called. A citizen is its place in the day, a window its number."""

    def begin(self, day: Day, midnight_us: int, waits: Callable[[int], None]) -> None:
        """The day begins; `waits` is told of everybody who is in the queue from now on."""
        ...

    def issue(self, citizen: int) -> bool:
        """A number at a kiosk; False while none works."""
        ...

    def open(self, window: int) -> None:
        """A clerk sits down."""
        ...

    def pause(self, window: int, absence: Absence) -> None:
        """A clerk goes for a while."""
        ...

    def resume(self, window: int) -> None:
        """And is back."""
        ...

    def close(self, window: int) -> None:
        """A clerk goes home."""
        ...

    def call(self, window: int) -> int | None:
        """The next citizen, None if nobody waits whom the window may serve."""
        ...

    def recall(self, window: int, citizen: int) -> None:
        """The same once more."""
        ...

    def start(self, window: int, citizen: int) -> None:
        """The citizen is there."""
        ...

    def finish(self, window: int, citizen: int) -> None:
        """Served."""
        ...

    def missed(self, window: int, citizen: int) -> None:
        """Called often enough."""
        ...

    def back(self, window: int, citizen: int) -> None:
        """A missed one waits again, by the hand of this window's clerk."""
        ...

    def may_serve(self, window: int, group: str) -> bool:
        """Whether the window may serve a group."""
        ...


@dataclass(slots=True)
class Wait:
    """One wait of one citizen: a second one after coming back. Times are true ones in µs.

    Attributes:
        citizen: The place in the day.
        came: When the number was given, or the missed one asked again.
        called: When called first, None if never.
        ended: When served or missed, or the day was over.
        window: Which one called, 0 if none.
        outcome: `served`, `missed` or `day_end`.
        again: Whether this is the wait after a miss.
    """

    citizen: int
    came: int
    called: int | None = None
    ended: int = 0
    window: int = 0
    outcome: str = "day_end"
    again: bool = False


class Play:
    """One day at one referee's.

    Args:
        day: What shall happen.
        midnight_us: When the day begins, true time.
        clockwork: The true time, before the doors open.
        referee: Who decides.
    """

    def __init__(self, day: Day, midnight_us: int, clockwork: Clockwork, referee: Referee) -> None:
        self._day = day
        self._midnight, self._closes = midnight_us, midnight_us + CLOSES_MINUTE * MINUTE_US
        self._clockwork = clockwork
        self._referee = referee
        self._idle: dict[int, None] = {}
        self._absences = {window: list(absences) for window, absences in day.absences.items()}
        self._open = set[int]()
        self._at: dict[int, Wait] = {}
        self.waits: list[Wait] = []

    def begin(self) -> None:
        """Put the day on the agenda; it is over when `over`."""
        self._referee.begin(self._day, self._midnight, self._in_queue)
        for window in self._absences:
            self._at_minute(OPENS_MINUTE, f"w{window} opens", self._opener(window))
        for place, citizen in enumerate(self._day.citizens):
            self._clockwork.at(self._midnight + citizen.comes, "citizen", self._comer(place))

    @property
    def over(self) -> bool:
        """Whether the hall has closed and everybody went home."""
        return self._closed and not self._open

    @property
    def _closed(self) -> bool:
        return self._clockwork.now_us >= self._closes

    @property
    def waiting(self) -> int:
        """How many wait just now."""
        return sum(wait.called is None for wait in self._at.values())

    @property
    def open_windows(self) -> int:
        """How many windows have a clerk, present or on a break."""
        return len(self._open)

    def end(self) -> list[Wait]:
        """All waits, in the order in which they began; whoever still waits goes home."""
        for wait in self._at.values():
            wait.ended = self._clockwork.now_us
        return self.waits

    # ---- citizens

    def _comer(self, place: int) -> Callable[[], None]:
        def comes() -> None:
            if self._closed:
                return
            if not self._referee.issue(place):
                self._clockwork.after(_TRIES_AGAIN_US, "citizen tries again", comes)
                return
            self._waits(Wait(place, self._clockwork.now_us))

        return comes

    def _waits(self, wait: Wait) -> None:
        self._at[wait.citizen] = wait
        self.waits.append(wait)

    def _in_queue(self, place: int) -> None:
        """Somebody waits: the window that stood idle longest calls."""
        group = self._citizen(place).group
        for window in [window for window in self._idle if self._referee.may_serve(window, group)]:
            if self._call(window):
                return

    def _comes_back(self, place: int) -> None:
        group = self._citizen(place).group
        window = next((each for each in sorted(self._open) if self._referee.may_serve(each, group)), None)
        if window is not None and not self._closed:
            self._waits(Wait(place, self._clockwork.now_us, again=True))
            self._referee.back(window, place)

    # ---- clerks

    def _opener(self, window: int) -> Callable[[], None]:
        def opens() -> None:
            self._open.add(window)
            self._referee.open(window)
            self._free(window)

        return opens

    def _free(self, window: int) -> None:
        """The clerk goes on: to lunch if it is time, else to the next citizen."""
        now, absences = self._clockwork.now_us, self._absences[window]
        if absences and now >= self._midnight + absences[0].at:
            absence = absences.pop(0)
            self._referee.pause(window, absence)
            self._clockwork.after(absence.lasts, f"w{window} is back", lambda: self._back_from(window))
        elif not self._call(window):
            self._idle[window] = None
            self._wait_idle(window)

    def _wait_idle(self, window: int) -> None:
        """Nobody to call: until somebody comes, a break is due or the day is over."""
        absences = self._absences[window]
        if self._closed:
            self._idle.pop(window)
            self._open.discard(window)
            self._referee.close(window)
            return
        until = min([self._closes, *(self._midnight + absence.at for absence in absences[:1])])

        def looks_up() -> None:
            if window in self._idle and self._clockwork.now_us >= until:
                self._idle.pop(window)
                self._free(window)

        self._clockwork.at(until, f"w{window} looks up", looks_up)

    def _back_from(self, window: int) -> None:
        self._referee.resume(window)
        self._free(window)

    def _call(self, window: int) -> bool:
        place = self._referee.call(window)
        if place is None:
            return False
        self._idle.pop(window, None)
        wait, now = self._at[place], self._clockwork.now_us
        wait.called, wait.window = now, window
        if self._comes_when_called(wait):
            self._clockwork.after(self._citizen(place).walks, f"w{window} starts", lambda: self._start(window, place))
        else:
            self._nobody_comes(window, place, calls=1)
        return True

    def _comes_when_called(self, wait: Wait) -> bool:
        citizen = self._citizen(wait.citizen)
        gone = citizen.stays is not None and self._clockwork.now_us - wait.came > citizen.stays
        return not gone and (wait.again or not citizen.absent)

    def _nobody_comes(self, window: int, place: int, calls: int) -> None:
        def waited() -> None:
            if calls < CALLS:
                self._referee.recall(window, place)
                self._nobody_comes(window, place, calls + 1)
                return
            self._referee.missed(window, place)
            wait, back = self._end(place, "missed"), self._citizen(place).back
            if back is not None and not wait.again:
                self._clockwork.after(back, "citizen is back", lambda: self._comes_back(place))
            self._free(window)

        self._clockwork.after(SECONDS_TO_COME * SECOND_US // CALLS, f"w{window} waits for somebody", waited)

    def _start(self, window: int, place: int) -> None:
        self._referee.start(window, place)
        takes = round(self._citizen(place).takes * self._day.pace[window])
        self._clockwork.after(takes, f"w{window} finishes", lambda: self._finish(window, place))

    def _finish(self, window: int, place: int) -> None:
        self._referee.finish(window, place)
        self._end(place, "served")
        self._clockwork.after(self._citizen(place).wrap_up, f"w{window} is free", lambda: self._free(window))

    def _end(self, place: int, outcome: str) -> Wait:
        wait = self._at.pop(place)
        wait.ended, wait.outcome = self._clockwork.now_us, outcome
        return wait

    def _citizen(self, place: int) -> Citizen:
        return self._day.citizens[place]

    def _at_minute(self, minute: int, name: str, action: Callable[[], None]) -> None:
        self._clockwork.at(self._midnight + minute * MINUTE_US, name, action)
