"""Facts from devices: once each, in order, never lost, whatever the network does to them."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.facts import (
    HealthChanged,
    PaperOutcome,
    SlipPrinted,
    TicketCalled,
    TicketCancelled,
    TicketFlagged,
    TimeQuality,
)
from hall.identity import Holder, HolderToken
from hall.ticket import CancelReason, Flag, Ticket, TicketState
from hall.wire import commands
from hall.wire.sync import SentFact
from queue_server.operations.errors import FencedError, UnfitFactError
from queue_server.operations.troubles import SYNC
from queue_server.store import check
from queue_server.store.records import Health
from tests.support.referee import SECOND, Referee, SimKiosk
from tests.support.visit import Visit


def person(name: str) -> Holder:
    return Holder(token=HolderToken(hashlib.sha256(name.encode()).hexdigest()), masked_name="某*")


def ticket_of(referee: Referee, ticket_id: str) -> Ticket:
    ticket = referee.run(lambda tx: tx.ticket(ticket_id))
    assert ticket is not None
    return ticket


def lane_events(referee: Referee, kiosk: SimKiosk) -> list[str]:
    lane = kiosk.welcome.lane
    return referee.run(lambda tx: [entry.fact.event_id for entry in tx.entries() if entry.fact.lane == lane])


def test_facts_are_applied_and_the_slip_changes_no_state() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    body = kiosk.issue()
    kiosk.note(SlipPrinted(ticket=body.ticket, outcome=PaperOutcome.PRINTED))
    kiosk.note(HealthChanged(device="kiosk-1", part="printer", state="attention", problem="纸快用完", advice="请换纸"))
    assert kiosk.push().highwater == 3
    assert ticket_of(referee, body.ticket).number == "A001"
    health = referee.run(lambda tx: tx.get(Health, "kiosk-1", "printer"))
    assert health is not None
    assert (health.state, health.problem, health.seen) == ("attention", "纸快用完", health.since)
    referee.pass_time(60)
    kiosk.note(HealthChanged(device="kiosk-1", part="printer", state="missing", problem="没有应答"))
    kiosk.push()
    referee.pass_time(60)
    kiosk.note(HealthChanged(device="kiosk-1", part="printer", state="fault", problem="切刀卡住", paper="有纸"))
    kiosk.push()
    broken = referee.run(lambda tx: tx.get(Health, "kiosk-1", "printer"))
    assert broken is not None
    assert broken.paper == "有纸"
    assert health.seen < broken.seen < broken.since  # when it went missing, not when it was found broken


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(1, 12), st.lists(st.tuples(st.integers(1, 12), st.integers(0, 6)), max_size=15))
def test_any_loss_repetition_and_reordering_of_batches_ends_the_same(
    count: int, batches: list[tuple[int, int]]
) -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    issued = [kiosk.issue("alpha" if number % 3 else "beta") for number in range(count)]
    for first, length in batches:
        before = kiosk.push(1, 0).highwater
        answer = kiosk.push(first, first + length)
        reach = min(first + length, count)
        assert answer.highwater == (max(before, reach) if first <= before + 1 else before)
        assert not answer.diverged
    assert kiosk.push().highwater == count
    assert lane_events(referee, kiosk) == [sent.fact.event_id for sent in kiosk.facts]
    assert {ticket_of(referee, body.ticket).number for body in issued} == {
        f"{body.prefix}{body.n:03}" for body in issued
    }


def test_another_event_at_a_known_place_is_a_diverged_ledger() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    kiosk.issue()
    kiosk.issue()
    kiosk.push()
    clone = [*kiosk.facts[:1], _renamed(kiosk.facts[1], event_id="f" * 32)]
    answer = kiosk.send(clone)
    assert (answer.diverged, answer.highwater) == (True, 2)
    moved = _renamed(kiosk.facts[0], lane_seq=3)
    answer = kiosk.send([moved])
    assert (answer.diverged, answer.highwater) == (True, 2)
    assert len(lane_events(referee, kiosk)) == 2
    told = referee.run(lambda tx: tx.get(Health, kiosk.device, SYNC))
    assert told is not None
    assert (told.state, "同一份取号数据" in told.problem) == ("fault", True)
    kiosk.issue()
    answer = kiosk.push()
    assert (answer.diverged, answer.highwater, answer.plan) == (True, 2, None)  # the lane is nobody's any more
    kiosk.go_on_under_a_new_lane()
    kiosk.push()
    assert referee.run(lambda tx: tx.get(Health, kiosk.device, SYNC)) == told
    referee.pass_time(601)
    kiosk.issue()
    kiosk.push()
    mended = referee.run(lambda tx: tx.get(Health, kiosk.device, SYNC))
    assert mended is not None
    assert mended.state == "online"


def test_a_fenced_session_may_push_nothing() -> None:
    referee = Referee()
    older = referee.kiosk("kiosk-1", "a" * 32)
    referee.kiosk("kiosk-1", "a" * 32)
    older.issue()
    with pytest.raises(FencedError):
        older.push()
    older.session = replace(older.session, session_no=2)
    older.welcome = older.welcome.model_copy(update={"session_no": 1})
    with pytest.raises(FencedError):
        older.push()


def test_a_kiosk_may_not_call() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    body = kiosk.issue()
    kiosk.note(TicketCalled(ticket=body.ticket, window=1, clerk="1001", call_no=1))
    with pytest.raises(UnfitFactError):
        kiosk.push()
    assert lane_events(referee, kiosk) == []


def test_facts_about_tickets_and_numbers_of_other_lanes_are_refused() -> None:
    referee = Referee()
    one, two = referee.kiosk("kiosk-1"), referee.kiosk("kiosk-2")
    body = one.issue()
    one.push()
    two.note(SlipPrinted(ticket=body.ticket, outcome=PaperOutcome.PRINTED))
    with pytest.raises(UnfitFactError):
        two.push()
    two.facts.clear()
    two.note(body)
    with pytest.raises(UnfitFactError):
        two.push()
    two.facts.clear()
    two.note(body.model_copy(update={"ticket": referee.ids(), "lane": one.welcome.lane}))
    with pytest.raises(UnfitFactError):
        two.push()
    two.facts[:] = one.facts
    with pytest.raises(UnfitFactError):
        two.push()


def test_a_group_that_a_new_catalogue_dropped_is_recorded_all_the_same() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    body = kiosk.issue()
    kiosk.facts[0] = _renamed(kiosk.facts[0], body=body.model_copy(update={"group": "gone", "service": "gone_one"}))
    assert kiosk.push().highwater == 1
    assert ticket_of(referee, body.ticket).group == "gone"


def test_a_mark_set_by_the_kiosk_stays() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    body = kiosk.issue()
    kiosk.note(TicketFlagged(ticket=body.ticket, flag=Flag.UNCERTAIN))
    kiosk.push()
    assert ticket_of(referee, body.ticket).flags == (Flag.UNCERTAIN,)


def test_a_slip_nobody_wants_is_void() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    body = kiosk.issue()
    kiosk.note(TicketCancelled(ticket=body.ticket, reason=CancelReason.VOID))
    kiosk.push()
    assert ticket_of(referee, body.ticket).state is TicketState.CANCELLED
    kiosk.note(TicketCancelled(ticket=body.ticket, reason=CancelReason.LEFT))
    with pytest.raises(UnfitFactError):
        kiosk.push()


def test_a_void_that_comes_too_late_is_recorded_and_changes_nothing() -> None:
    visit = Visit()
    visit.bring_to(TicketState.SERVING)
    visit.kiosk.note(TicketCancelled(ticket=visit.id, reason=CancelReason.VOID))
    assert visit.kiosk.push().highwater == 2
    assert ticket_of(visit.referee, visit.id).state is TicketState.SERVING
    visit.on(commands.FinishService)
    assert visit.on(commands.Undo).done
    visit.on(commands.FinishService)
    visit.kiosk.note(TicketCancelled(ticket=visit.id, reason=CancelReason.VOID))
    visit.kiosk.push()
    assert ticket_of(visit.referee, visit.id).state is TicketState.FINISHED
    with visit.referee.store.read() as reader:
        assert check(reader).differences == ()


def test_what_was_issued_while_cut_off_is_marked_when_it_merges() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    body = kiosk.issue(offline=True)
    kiosk.push()
    assert ticket_of(referee, body.ticket).flags == (Flag.LATE_MERGED,)


def test_of_two_live_tickets_of_one_person_the_later_is_marked_even_if_it_came_first() -> None:
    referee = Referee()
    one, two = referee.kiosk("kiosk-1"), referee.kiosk("kiosk-2")
    earlier = one.issue(holder=person("a"))
    referee.pass_time(60)
    later = two.issue(holder=person("a"))
    other_group = two.issue("beta", holder=person("a"))
    somebody_else = two.issue(holder=person("b"))
    two.push()
    one.push()
    assert ticket_of(referee, later.ticket).flags == (Flag.SAME_HOLDER,)
    assert all(not ticket_of(referee, body.ticket).flags for body in (earlier, other_group, somebody_else))


class TestWhen:
    """Times by never-down 2.4."""

    def times(self, referee: Referee, kiosk: SimKiosk) -> list[tuple[int, TimeQuality]]:
        lane = kiosk.welcome.lane
        return referee.run(lambda tx: [(e.at, e.quality) for e in tx.entries() if e.fact.lane == lane])

    def test_within_one_boot_it_is_exact_however_wrong_the_wall_clock(self) -> None:
        referee = Referee()
        kiosk = referee.kiosk()
        issued_at = referee.moment.wall_us
        kiosk.issue()
        kiosk.facts[0] = _renamed(kiosk.facts[0], wall_us=1)
        referee.pass_time(3600)
        kiosk.push()
        assert self.times(referee, kiosk) == [(issued_at, TimeQuality.EXACT)]

    def test_after_a_reboot_it_is_estimated_by_the_last_known_error(self) -> None:
        referee = Referee()
        kiosk = referee.kiosk()
        slow = timedelta(minutes=7) // timedelta(microseconds=1)
        kiosk.issue()
        kiosk.issue()
        first, second = (_renamed(sent, wall_us=sent.fact.wall_us - slow) for sent in kiosk.facts)
        kiosk.send([first])
        issued_at = referee.moment.wall_us
        referee.pass_time(600)
        referee.moment = referee.moment.model_copy(update={"boot_id": "c" * 32, "mono_us": 5 * SECOND})
        kiosk.send([second])
        assert self.times(referee, kiosk)[1] == (issued_at, TimeQuality.ESTIMATED)

    @pytest.mark.parametrize(("error", "expected"), [(-999, 0), (999, 600)])
    def test_an_impossible_estimate_is_clamped(self, error: int, expected: int) -> None:
        referee = Referee()
        kiosk = referee.kiosk()
        kiosk.issue()
        kiosk.push()
        start = referee.moment.wall_us
        kiosk.issue()
        referee.pass_time(600)
        referee.moment = referee.moment.model_copy(update={"boot_id": "c" * 32})
        kiosk.send([_renamed(kiosk.facts[1], wall_us=start + error * SECOND)])
        assert self.times(referee, kiosk)[1] == (start + expected * SECOND, TimeQuality.CLAMPED)


def test_the_tables_agree_after_all_that() -> None:
    referee = Referee()
    one, two = referee.kiosk("kiosk-1"), referee.kiosk("kiosk-2")
    for kiosk in (one, two):
        for _ in range(5):
            kiosk.issue(holder=person("a"), offline=True)
        kiosk.push()
    with referee.store.read() as reader:
        assert check(reader).differences == ()


def _renamed(sent: SentFact, **changes: object) -> SentFact:
    return sent.model_copy(update={"fact": sent.fact.model_copy(update=changes)})
