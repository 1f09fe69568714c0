"""Ledgers that are copied, set back, renamed or imaged: every one ends with a lane of its own, and nothing is lost."""

from dataclasses import replace

import pytest

from hall.facts import PaperOutcome, SlipPrinted, TicketCancelled
from hall.mending import QuarantineReason
from hall.ticket import CancelReason, Flag, Ticket, TicketState
from queue_server.operations.errors import FencedError, HelloError, UnfitFactError
from queue_server.operations.lanes import ancestry, in_service, namesakes
from queue_server.operations.troubles import NUMBERS, SYNC
from queue_server.operations.views.contact import last_heard
from queue_server.operations.views.hall_now import day_figures
from queue_server.store import check
from queue_server.store.records import Doubled, Health, Lane
from tests.support.referee import Referee


def lane(referee: Referee, number: int) -> Lane:
    found = referee.run(lambda tx: tx.get(Lane, number))
    assert found is not None
    return found


def numbers(referee: Referee) -> list[str]:
    return sorted(ticket.number for ticket in referee.run(lambda tx: list(tx.every(Ticket))))


def issued(referee: Referee) -> int:
    day = referee.run(lambda tx: next(iter(tx.every(Ticket)))).day
    with referee.store.read() as reader:
        assert check(reader).differences == ()
        return sum(counts.issued for counts in day_figures(reader, day).values())


def trouble(referee: Referee, device: str, part: str) -> str:
    health = referee.run(lambda tx: tx.get(Health, device, part))
    return "" if health is None or health.state == "online" else health.problem


def test_two_folders_with_one_name_do_not_throw_each_other_out() -> None:
    referee = Referee()
    one, two = referee.kiosk("kiosk-1"), referee.kiosk("kiosk-1")
    for kiosk in (one, two, one, two):
        kiosk.issue()
        kiosk.push()
    assert len(numbers(referee)) == 4
    assert heard_as_one_name(referee) == frozenset()  # so far it may be one machine that was set up anew
    referee.pass_time(1)
    referee.run(lambda tx: tx.put(one.session.used_at(referee.moment.wall_us)))  # it never went away
    assert heard_as_one_name(referee) == {one.lane, two.lane}


def heard_as_one_name(referee: Referee) -> frozenset[int]:
    return referee.run(lambda tx: namesakes(tx, last_heard(tx)))


def test_within_a_lane_the_newest_session_fences_older_ones() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    older = kiosk.copy()
    kiosk.say_hello()
    older.issue()
    with pytest.raises(FencedError):
        older.push()


def test_a_ledger_that_goes_on_under_a_new_lane_is_merged_without_a_second_count() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    first, second = kiosk.issue(), kiosk.issue()
    kiosk.note(SlipPrinted(ticket=first.ticket, outcome=PaperOutcome.UNKNOWN))
    kiosk.push()
    unsent = kiosk.issue()
    old = kiosk.lane
    kiosk.go_on_under_a_new_lane()
    kiosk.note(SlipPrinted(ticket=first.ticket, outcome=PaperOutcome.PRINTED))
    kiosk.note(TicketCancelled(ticket=second.ticket, reason=CancelReason.VOID))
    in_lane_form = kiosk.issue()
    assert kiosk.push().highwater == 7
    assert in_lane_form.lane == kiosk.lane != old
    assert lane(referee, kiosk.lane).replaces == old
    assert len(numbers(referee)) == issued(referee) == 4
    tickets = {ticket.id: ticket for ticket in referee.run(lambda tx: list(tx.every(Ticket)))}
    assert tickets[first.ticket].flags == ()
    assert tickets[first.ticket].issuer_lane == old
    assert tickets[second.ticket].state is TicketState.CANCELLED
    assert tickets[unsent.ticket].issuer_lane == kiosk.lane
    assert referee.run(lambda tx: in_service(tx.every(Lane))) == [kiosk.lane]


def test_numbers_in_lane_form_of_an_earlier_life_are_its_own() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    kiosk.plan = None
    body = kiosk.issue()
    for _ in range(2):
        kiosk.go_on_under_a_new_lane()
    assert body.lane == 1
    assert kiosk.push().highwater == 1
    assert referee.run(lambda tx: ancestry(tx, kiosk.lane)) == {1, 2, 3}
    assert numbers(referee) == ["A1-001"]


def test_a_boot_that_comes_back_is_a_second_machine_and_both_get_new_lanes() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    kiosk.issue()
    kiosk.push()
    original = referee.moment
    kiosk.say_hello()
    referee.reboot()
    assert not kiosk.say_hello().renew
    clone = kiosk.copy()
    clones_boot = referee.moment.boot_id
    referee.moment = original
    twice = [kiosk.issue(), clone.issue()]  # on both, before either hears of it
    welcome = kiosk.say_hello()
    assert (welcome.renew, welcome.plan, welcome.next_plan) == (True, None, None)
    assert lane(referee, 1).quarantined == QuarantineReason.CLONE
    assert "两台机器" in trouble(referee, "kiosk-1", SYNC)
    assert kiosk.push().diverged
    kiosk.go_on_under_a_new_lane()
    kiosk.push()
    referee.moment = original.model_copy(update={"boot_id": clones_boot})
    assert clone.say_hello().renew
    clone.go_on_under_a_new_lane()
    clone.push()
    assert {kiosk.lane, clone.lane} == {2, 3}
    assert len(numbers(referee)) == issued(referee) == 2
    doubled = referee.run(lambda tx: list(tx.every(Doubled)))
    assert [each.ticket for each in doubled] == [twice[1].ticket]
    assert "印了两次" in trouble(referee, "kiosk-1", NUMBERS)
    clone.note(SlipPrinted(ticket=twice[1].ticket, outcome=PaperOutcome.PRINTED))
    assert clone.push().highwater == 3


def test_what_a_copy_says_of_tickets_that_its_twin_told_first_is_taken() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    body = kiosk.issue()  # in both files, and the server has not seen it
    clone = kiosk.copy()
    for each in (kiosk, clone):
        each.go_on_under_a_new_lane()
        each.note(SlipPrinted(ticket=body.ticket, outcome=PaperOutcome.PRINTED))
        assert each.push().highwater == 2
    assert issued(referee) == 1


def test_a_slip_whose_issuing_nobody_remembers_any_more_holds_up_nothing() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    kiosk.note(SlipPrinted(ticket="f" * 32, outcome=PaperOutcome.PRINTED))
    body = kiosk.issue()
    assert kiosk.push().highwater == 2
    assert issued(referee) == 1
    assert referee.run(lambda tx: tx.ticket("f" * 32)) is None
    assert referee.run(lambda tx: tx.ticket(body.ticket)) is not None


def test_a_renamed_kiosk_keeps_its_lane_and_the_hall_goes_on() -> None:
    referee = Referee()
    kiosk = referee.kiosk("kiosk-1")
    kiosk.issue()
    kiosk.push()
    kiosk.go_on_under_a_new_lane()
    kiosk.push()
    before = lane(referee, kiosk.lane)
    kiosk.device = "kiosk-hall-2"
    kiosk.say_hello()
    assert lane(referee, kiosk.lane) == replace(before, device="kiosk-hall-2")
    assert referee.run(lambda tx: in_service(tx.every(Lane))) == [kiosk.lane]  # its earlier life does not come back
    assert referee.run(lambda tx: tx.last_recovery()) is None
    body = kiosk.issue()
    kiosk.push()
    assert body.ticket in {ticket.id for ticket in referee.run(lambda tx: list(tx.every(Ticket)))}
    assert issued(referee) == 2
    names = [each.device for each in referee.run(lambda tx: list(tx.every(Lane)))]
    assert names == ["kiosk-hall-2", "kiosk-hall-2"]


def test_a_lane_once_heard_of_is_given_to_nobody_else() -> None:
    referee = Referee()
    stranger = referee.greet(referee.hello_of("kiosk-1", "a" * 32, lane=7))
    assert stranger.lane > 7
    following = referee.greet(referee.hello_of("kiosk-2", "c" * 32, replaces=300))
    assert following.lane > 300
    with pytest.raises(HelloError):
        referee.greet(referee.hello_of("kiosk-3", "d" * 32, lane=99_999))


@pytest.mark.parametrize("named", [(99_000, None), (None, 99_000)])
def test_a_lane_far_beyond_all_known_ones_is_refused_and_uses_none_up(named: tuple[int | None, int | None]) -> None:
    referee = Referee()
    with pytest.raises(HelloError) as caught:
        referee.greet(referee.hello_of("kiosk-9", "a" * 32, lane=named[0], replaces=named[1]))
    assert caught.value.advice
    kiosk = referee.kiosk()
    assert kiosk.lane == 1
    sent = kiosk.note(kiosk.issue().model_copy(update={"lane": 99_000, "ticket": "f" * 32}))
    with pytest.raises(UnfitFactError):
        kiosk.send([kiosk.facts[0], sent])


def test_a_copy_with_its_own_name_tells_everything_to_a_server_set_back_to_before_it_was_made() -> None:
    referee = Referee()
    kiosk = referee.kiosk("kiosk-1")
    body = kiosk.issue()
    kiosk.push()
    copy = referee.kiosk("kiosk-2")
    # In the forgotten time it had lane 5, after the original's.
    welcome = referee.greet(referee.hello_of("kiosk-3", "e" * 32, lane=5, replaces=kiosk.lane, last_seq=1))
    assert referee.run(lambda tx: ancestry(tx, welcome.lane)) == {welcome.lane, 5, kiosk.lane}
    copy.device, copy.incarnation, copy.welcome = "kiosk-3", "e" * 32, welcome
    copy.session = referee.session_of(welcome.session)
    copy.note(body)
    copy.note(SlipPrinted(ticket=body.ticket, outcome=PaperOutcome.PRINTED))
    assert copy.push().highwater == 2
    assert issued(referee) == 1


def test_a_copy_whose_only_known_life_is_forgotten_tells_everything_under_its_new_name() -> None:
    referee = Referee()
    kiosk = referee.kiosk("kiosk-1")
    body = kiosk.issue()
    kiosk.push()
    copy = kiosk.copy()
    copy.device, copy.replaces = "kiosk-9", 5  # lane 5 was given in the forgotten time; then it was moved once more
    copy.incarnation = referee.ids()
    copy.say_hello()
    copy.go_on_under_a_new_lane()
    copy.note(SlipPrinted(ticket=body.ticket, outcome=PaperOutcome.PRINTED))
    assert copy.push().highwater == 2
    assert issued(referee) == 1


def test_a_quarantined_lane_says_so_at_every_hello_and_takes_nothing() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    kiosk.issue()
    kiosk.push()
    forged = kiosk.facts[0].fact.model_copy(update={"event_id": "f" * 32})
    assert kiosk.send([kiosk.facts[0].model_copy(update={"fact": forged})]).diverged
    for _ in range(2):
        assert kiosk.say_hello().renew
    kiosk.issue()
    assert (kiosk.push().highwater, len(numbers(referee))) == (1, 1)
    facts = referee.run(lambda tx: [entry.fact.body.kind for entry in tx.entries()])
    assert facts.count("lane_quarantined") == 1


def test_a_session_of_another_lane_of_the_same_name_pushes_nothing() -> None:
    referee = Referee()
    one, two = referee.kiosk("kiosk-1"), referee.kiosk("kiosk-1")
    two.issue()
    two.session = replace(one.session)
    with pytest.raises(FencedError):
        two.push()


def test_lives_that_a_server_set_back_has_forgotten_are_remembered_by_their_numbers() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    kiosk.plan = None
    body = kiosk.issue()
    kiosk.facts[0] = kiosk.facts[0].model_copy(
        update={"fact": kiosk.facts[0].fact.model_copy(update={"body": body.model_copy(update={"lane": 40})})}
    )
    kiosk.replaces = 60  # a life after lane 40, of which nobody here has heard either
    kiosk.incarnation = referee.ids()
    kiosk.say_hello()
    kiosk.go_on_under_a_new_lane()
    assert kiosk.push().highwater == 1
    assert numbers(referee) == ["A40-001"]
    assert referee.run(lambda tx: ancestry(tx, kiosk.lane)) == {62, 61, 60, 40}
    assert referee.run(lambda tx: in_service(tx.every(Lane))) == [62]
    assert issued(referee) == 1


def test_a_copy_under_another_name_voids_nobody_elses_number() -> None:
    """Asked whether a slip was taken, people at the copy answer for a citizen who stands at the original."""
    referee = Referee()
    kiosk = referee.kiosk("kiosk-1")
    told, unsent = kiosk.issue(), kiosk.issue()
    kiosk.send(kiosk.facts[:1])
    copy = kiosk.copy()
    copy.device = "kiosk-2"
    copy.go_on_under_a_new_lane()
    for body in (told, unsent):
        copy.note(TicketCancelled(ticket=body.ticket, reason=CancelReason.VOID))
    own = copy.issue()
    copy.note(TicketCancelled(ticket=own.ticket, reason=CancelReason.VOID))
    for _ in range(2):  # and said again, after an answer that got lost
        assert copy.push().highwater == 6
    tickets = {ticket.id: ticket for ticket in referee.run(lambda tx: list(tx.every(Ticket)))}
    assert tickets[told.ticket].state is TicketState.WAITING
    assert Flag.PAPER_UNKNOWN in tickets[told.ticket].flags
    assert "别的取号机" in trouble(referee, "kiosk-2", NUMBERS)
    assert tickets[unsent.ticket].state is TicketState.CANCELLED  # the copy alone told of it
    assert tickets[own.ticket].state is TicketState.CANCELLED
    assert referee.run(lambda tx: in_service(tx.every(Lane))) == [kiosk.lane, copy.lane]
    assert issued(referee) == 3
    kiosk.say_hello()
    assert kiosk.push().highwater == 2
