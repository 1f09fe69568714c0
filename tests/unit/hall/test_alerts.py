"""Alerts under a fake clock: every one rings exactly once, an acknowledged one is quiet, silence escalates."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

from hall.alert_signs import signs
from hall.alerts import (
    Alert,
    AlertAcknowledged,
    AlertEscalated,
    AlertFact,
    AlertKind,
    AlertOver,
    AlertRaised,
    AlertRules,
    Sign,
    Watched,
    alert_after,
    due,
)
from hall.projection import WindowStatus
from hall.waiting import Wait, WaitKind
from hall.window import WindowState
from hall.wire.hello import DeviceKind
from hall.wire.views import DeviceNow, GoneNow, GroupNow, HallNow, LaneNow, WindowNow

MINUTE = 60_000_000
NINE = 1_790_000_000_000_000
ALL = [Sign(kind, "it", 7) for kind in AlertKind]


@dataclass
class Watch:
    """A server that looks every half minute, and what it has recorded; a restart forgets what only it remembers."""

    rules: AlertRules = field(default_factory=AlertRules)
    now: int = NINE
    watched: Watched = field(default_factory=Watched)
    open: dict[tuple[AlertKind, str], Alert] = field(default_factory=dict)
    facts: list[AlertFact] = field(default_factory=list)

    def look(self, signs: Iterable[Sign], minutes: float) -> None:
        standing = tuple(signs)
        for _ in range(round(2 * minutes)):
            self.now += MINUTE // 2
            self.watched = self.watched.seen(standing, self.open.values(), self.now)
            for fact in due(self.watched, standing, tuple(self.open.values()), self.rules, self.now):
                self.record(fact)

    def record(self, fact: AlertFact) -> None:
        self.facts.append(fact)
        after = alert_after(self.open.pop(fact.key, None), fact, self.now)
        if after is not None:
            self.open[fact.key] = after

    def restart(self) -> None:
        self.watched = Watched()

    def acknowledge(self, note: str = "已派人去") -> None:
        for alert in list(self.open.values()):
            self.record(AlertAcknowledged(about=alert.about, subject=alert.subject, staff="1001", note=note))

    def count(self, kind: type[AlertFact]) -> int:
        return sum(isinstance(fact, kind) for fact in self.facts)


@pytest.mark.parametrize("sign", ALL, ids=lambda sign: sign.about.value)
def test_every_alert_rings_exactly_once_also_over_restarts(sign: Sign) -> None:
    watch = Watch()
    watch.look([sign], 6)
    for _ in range(3):
        watch.restart()
        watch.look([sign], 20)
    assert watch.count(AlertRaised) == 1
    assert watch.count(AlertEscalated) == 1, "nobody came: said once more, and only once"
    (alert,) = watch.open.values()
    assert alert.rings
    assert NINE < alert.raised_at <= NINE + 6 * MINUTE


def test_an_acknowledged_one_stays_quiet_keeps_its_note_and_is_over_by_itself() -> None:
    watch = Watch()
    watch.look(ALL, 6)
    watch.acknowledge()
    watch.restart()
    watch.look(ALL, 60)
    assert watch.count(AlertEscalated) == 0
    assert {(alert.rings, alert.staff, alert.note) for alert in watch.open.values()} == {(False, "1001", "已派人去")}
    watch.look([], 3)
    assert watch.open == {}
    assert watch.count(AlertOver) == len(ALL)


def test_what_comes_and_goes_within_minutes_never_rings_and_a_gap_does_not_ring_anew() -> None:
    watch = Watch()
    for _ in range(10):
        watch.look(ALL, 1.5)
        watch.look([], 0.5)
    assert watch.facts == [], "a queue that is called just now is no alert"
    watch.look(ALL, 6)
    watch.look([], 1)
    watch.look(ALL, 6)
    assert watch.count(AlertRaised) == len(ALL)
    watch.look([], 3)
    watch.look(ALL, 6)
    assert watch.count(AlertRaised) == 2 * len(ALL), "gone for good and come again is another alert"


def test_a_clock_that_is_put_back_makes_no_alert_wait_for_it() -> None:
    watch = Watch()
    watch.look(ALL, 1.5)
    watch.now -= 30 * MINUTE
    watch.look(ALL, 6)
    assert watch.count(AlertRaised) == len(ALL)
    watch.look([], 1)
    watch.now -= 30 * MINUTE
    watch.look([], 3)
    assert watch.count(AlertOver) == len(ALL)


def test_the_thresholds_are_the_halls_own_and_a_kind_can_be_off() -> None:
    patient = Watch(AlertRules(idle_minutes=30, off=(AlertKind.PAPER,)))
    patient.look(ALL, 20)
    assert {alert.about for alert in patient.open.values()} == set(AlertKind) - {AlertKind.IDLE, AlertKind.PAPER}
    patient.look(ALL, 11)
    assert AlertKind.IDLE in {alert.about for alert in patient.open.values()}
    patient.rules = AlertRules(idle_minutes=30, off=(AlertKind.PAPER, AlertKind.IDLE))
    patient.look(ALL, 1)
    assert AlertKind.IDLE not in {alert.about for alert in patient.open.values()}, "switched off while it rang"
    quick = Watch(AlertRules(escalate_minutes=1))
    quick.look(ALL[:1], 3.5)
    assert quick.count(AlertEscalated) == 1


def group(
    name: str, waiting: int = 0, windows: int = 1, high: int | None = None, target: int | None = None
) -> GroupNow:
    wait = None if high is None else Wait(kind=WaitKind.RANGE, low=1, high=high)
    return GroupNow(
        group=name, name=name, prefix="A", waiting=waiting, longest_wait_us=0, windows_open=windows, issued=9,
        finished=4, missed=0, cancelled=0, mean_wait_us=None, wait=wait, target_minutes=target,
    )  # fmt: skip


def window(number: int, state: WindowState, *serves: str, since: int = NINE) -> WindowNow:
    status = WindowStatus(number=number, state=state, since=since)
    return WindowNow(status=status, name="", shown_state=state.value, number="", since=since, serves=serves)


def lane(device: str, behind: int = 0, *, past: bool = False, doubtful: bool = False) -> LaneNow:
    return LaneNow(lane=3, device=device, seen=NINE, behind=behind, plan_until=None, past=past, doubtful=doubtful)


def part(device: str, name: str, state: str, problem: str = "") -> DeviceNow:
    return DeviceNow(device=device, part=name, state=state, problem=problem, advice="", since=NINE)


def found(**hall: object) -> set[tuple[AlertKind, str, int]]:
    empty: dict[str, object] = {"groups": (), "windows": (), "devices": (), "ratings": {}}
    now = HallNow.model_validate({"at": NINE + MINUTE, "seq": 1, "hall": "厅"} | empty | hall)
    return {(sign.about, sign.subject, sign.measure) for sign in signs(now, 40)}


def test_a_newcomers_range_is_held_against_the_groups_own_target_or_the_usual_one() -> None:
    groups = (group("own", 3, high=30, target=20), group("usual", 3, high=45), group("fine", 3, high=40))
    assert found(groups=groups) == {(AlertKind.WAIT, "own", 30), (AlertKind.WAIT, "usual", 45)}
    down = group("down", 3, high=90).model_copy(update={"fault_since": NINE})
    assert found(groups=(down, group("unknown", 3))) == set()


def test_a_window_is_idle_only_before_people_whom_it_could_serve_and_while_it_is_heard() -> None:
    idle, busy = window(1, WindowState.IDLE, "tax"), window(2, WindowState.SERVING, "tax")
    assert found(groups=(group("tax", 4), group("other", 2)), windows=(idle, busy)) == {(AlertKind.IDLE, "1", 4)}
    assert found(groups=(group("other", 2),), windows=(idle,)) == set()
    lost = GoneNow(device="1 号窗口", kind=DeviceKind.WINDOW, since=NINE, window=1)
    assert found(groups=(group("tax", 4),), windows=(idle,), gone=(lost,)) == set()


def test_whoever_waits_when_the_last_window_closed_is_told_of_but_nobody_before_the_doors_open() -> None:
    closed = window(1, WindowState.CLOSED, "tax", since=NINE - 20 * MINUTE)
    waiting = group("tax", 2, windows=0)
    assert found(groups=(waiting,), windows=(closed,)) == {(AlertKind.UNSERVED, "tax", 2)}
    yesterday = window(1, WindowState.CLOSED, "tax", since=NINE - 15 * 60 * MINUTE)
    assert found(groups=(waiting,), windows=(yesterday,)) == set()


def test_of_devices_paper_unsent_facts_and_doubts_ring_and_a_broken_reader_does_not() -> None:
    devices = (
        part("kiosk-1", "printer", "attention", "打印纸快用完"),
        part("kiosk-2", "printer", "fault", "切刀卡住"),
        part("kiosk-2", "id_card", "missing"),
        part("kiosk-3", "clock", "fault", "时钟不对"),
    )
    lanes = (lane("kiosk-4", 12), lane("kiosk-5", 3, past=True), lane("kiosk-6", doubtful=True))
    assert found(devices=devices, lanes=lanes) == {
        (AlertKind.PAPER, "kiosk-1", 0),
        (AlertKind.DOUBT, "kiosk-3", 0),
        (AlertKind.UNSENT, "kiosk-4", 12),
        (AlertKind.DOUBT, "kiosk-6", 0),
    }
