"""A ledger that was copied, set back or fenced: it goes on under a lane of its own and tells everything again."""

import shutil
import subprocess
from pathlib import Path

import pytest

from hall.facts import TicketIssued
from hall.wire.sync import Pushed
from queue_server.link.clock import new_id
from queue_server.link.errors import NotEnrolled
from queue_server.link.ledger import JobState, Ledger
from queue_server.link.ledger.database import FILE
from queue_server.link.ledger.place import Machine, this_machine
from tests.support.ledgers import HOLDER, issue, item, open_ledger, plan, printed, welcome
from tests.support.tickets import DAY, NINE, entry

THEIRS = "f" * 32
PC = Machine(name="1" * 32, adapters=frozenset({"a" * 32, "b" * 32}))
WEEK = 9 * 86_400_000_000


def used(folder: Path, machine: Machine | None = None) -> list[str]:
    """A ledger that has given three numbers, one of them not told yet; the numbers."""
    with open_ledger(folder, welcome(plan=plan()), machine) as ledger:
        numbers = [issue(ledger).number for _ in range(3)]
        ledger.apply_pushed(Pushed(highwater=2, plan=plan()))
    return numbers


def told(ledger: Ledger) -> list[tuple[int, str]]:
    bodies = [(sent.fact.lane_seq, sent.fact.body) for sent in ledger.unsent()]
    return [(seq, f"A{body.n:03}") for seq, body in bodies if isinstance(body, TicketIssued)]


class TestACopy:
    """However a folder was copied: the copy is another device, the original stays what it was."""

    @pytest.fixture(params=["cp -a", "tar", "copied while it runs"])
    def copy(self, request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path, list[str]]:
        kiosk, copy = tmp_path / "kiosk", tmp_path / "copy"
        numbers = used(kiosk)
        match request.param:
            case "cp -a":
                subprocess.run(["cp", "-a", kiosk, copy], check=True)
            case "tar":
                copy.mkdir()
                subprocess.run(["tar", "-cf", tmp_path / "all.tar", "-C", kiosk, "."], check=True)
                subprocess.run(["tar", "-xf", tmp_path / "all.tar", "-C", copy], check=True)
            case _:
                with open_ledger(kiosk):
                    shutil.copytree(kiosk, copy)
        return kiosk, copy, numbers

    def test_takes_a_new_life_and_tells_everything_again(self, copy: tuple[Path, Path, list[str]]) -> None:
        kiosk, other, numbers = copy
        with open_ledger(kiosk) as original:
            before = original.state
            events = {sent.fact.event_id for sent in original.unsent()}
            assert (before.lane, before.last_seq, before.highwater) == (2, 3, 2)
        with open_ledger(other) as ledger:
            state = ledger.state
            assert state.incarnation != before.incarnation
            assert (state.lane, state.replaces, state.plan, state.acked) == (None, 2, None, 0)
            assert told(ledger) == list(enumerate(numbers, 1))
            assert not events & {sent.fact.event_id for sent in ledger.unsent()}
            assert len(ledger.jobs(JobState.ISSUED)) == 3
            assert [sent.holder for sent in ledger.unsent()] == [HOLDER] * 3

    def test_gives_no_number_until_the_server_gave_it_a_lane(self, copy: tuple[Path, Path, list[str]]) -> None:
        kiosk, other, numbers = copy
        with open_ledger(other) as ledger:
            with pytest.raises(NotEnrolled):
                issue(ledger)
            assert ledger.apply_welcome(welcome(9))
            numbers += [issue(ledger).number for _ in range(2)]
        with open_ledger(kiosk) as original:
            numbers += [issue(original).number for _ in range(2)]
        assert len(set(numbers)) == 7
        assert numbers[3:5] == ["A9-001", "A9-002"]

    def test_stays_what_it_became(self, copy: tuple[Path, Path, list[str]]) -> None:
        _, other, _ = copy
        with open_ledger(other) as ledger:
            incarnation = ledger.state.incarnation
        with open_ledger(other) as ledger:
            assert ledger.state.incarnation == incarnation


class TestTheSame:
    """What is no copy: no technician's everyday act may cost a kiosk its lane."""

    def test_folder_moved_on_its_disk(self, tmp_path: Path) -> None:
        used(tmp_path / "kiosk")
        (tmp_path / "kiosk").rename(tmp_path / "moved")
        with open_ledger(tmp_path / "moved") as ledger:
            assert (ledger.lane, issue(ledger).number) == (2, "A010")

    @pytest.mark.parametrize(
        "later",
        [
            pytest.param(PC.model_copy(update={"adapters": frozenset({"a" * 32})}), id="adapter pulled out"),
            pytest.param(PC.model_copy(update={"adapters": PC.adapters | {"c" * 32}}), id="adapter plugged in"),
            pytest.param(PC.model_copy(update={"adapters": frozenset()}), id="no adapter ready yet"),
            pytest.param(Machine(adapters=PC.adapters), id="no machine id"),
        ],
    )
    def test_machine(self, tmp_path: Path, later: Machine) -> None:
        used(tmp_path, PC)
        with open_ledger(tmp_path, machine=later) as ledger:
            assert ledger.lane == 2

    def test_machine_whose_adapters_are_changed_one_after_the_other(self, tmp_path: Path) -> None:
        used(tmp_path, PC)
        for adapters in ("bc", "", "cd", "d"):
            changed = PC.model_copy(update={"adapters": frozenset(letter * 32 for letter in adapters)})
            with open_ledger(tmp_path, machine=changed) as ledger:
                assert ledger.lane == 2

    def test_machine_asked_twice(self) -> None:
        assert this_machine() == this_machine()
        assert this_machine().may_be(this_machine())


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(Machine(name="1" * 32, adapters=frozenset({"e" * 32})), id="cloned disk"),
        pytest.param(Machine(name="2" * 32, adapters=PC.adapters), id="another installation"),
    ],
)
def test_a_file_in_another_machine_is_a_copy(tmp_path: Path, other: Machine) -> None:
    used(tmp_path, PC)
    with open_ledger(tmp_path, machine=other) as ledger:
        assert (ledger.lane, ledger.state.replaces) == (None, 2)


def test_a_copy_settles_in_where_no_adapter_is_ready_and_stays_what_it_became(tmp_path: Path) -> None:
    used(tmp_path, PC)
    for _ in range(2):
        with open_ledger(tmp_path, machine=Machine(name="2" * 32)) as ledger:
            assert ledger.state.replaces == 2
            life = ledger.state.incarnation
            ledger.apply_welcome(welcome(lane=3))
    with open_ledger(tmp_path, machine=Machine(name="2" * 32)) as ledger:
        assert (ledger.state.incarnation, ledger.lane) == (life, 3)


def test_a_file_put_back_where_another_was_deleted_is_a_copy(tmp_path: Path) -> None:
    """A disk gives a freed number again at once: the number alone would say that nothing happened."""
    used(tmp_path)
    place = tmp_path / FILE
    old = place.read_bytes()
    place.unlink()
    place.write_bytes(old)
    with open_ledger(tmp_path) as ledger:
        assert ledger.lane is None


def test_a_copy_of_a_copy_still_names_the_lane_of_the_first(tmp_path: Path) -> None:
    used(tmp_path / "1")
    for copied, copy in (("1", "2"), ("2", "3")):
        shutil.copytree(tmp_path / copied, tmp_path / copy)
        with open_ledger(tmp_path / copy) as ledger:
            assert (ledger.lane, ledger.state.replaces) == (None, 2)


class TestTheServerSaysSo:
    def test_it_asks_for_a_new_life(self, tmp_path: Path) -> None:
        used(tmp_path)
        with open_ledger(tmp_path) as ledger:
            assert not ledger.apply_welcome(welcome(2, highwater=2).model_copy(update={"renew": True}))
            assert (ledger.lane, ledger.state.replaces, ledger.unsent_count()) == (None, 2, 3)

    def test_it_holds_other_facts(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome(plan=plan())) as ledger:
            numbers = [issue(ledger).number for _ in range(3)]
            others = welcome(plan=plan(), highwater=3).model_copy(update={"known_event": THEIRS})
            assert not ledger.apply_welcome(others)
            assert told(ledger) == list(enumerate(numbers, 1))
            assert ledger.apply_welcome(welcome(3))
            assert issue(ledger).number == "A3-001"

    def test_it_diverged_at_a_push(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome(plan=plan())) as ledger:
            issue(ledger)
            assert not ledger.apply_pushed(Pushed(highwater=1, diverged=True))
            assert (ledger.lane, ledger.unsent_count()) == (None, 1)

    def test_it_was_set_back_to_before_what_is_kept(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome(plan=plan())) as ledger:
            first = [issue(ledger) for _ in range(3)]
            ledger.apply_pushed(Pushed(highwater=3, plan=plan()))
            ledger.hear_time(NINE)
            ledger.tidy(NINE + WEEK)
            later = issue(ledger)
            ledger.apply_pushed(Pushed(highwater=4, plan=plan()))
            assert not ledger.apply_welcome(welcome(highwater=1, epoch=THEIRS))
            assert [body.ticket for sent in ledger.unsent() if isinstance(body := sent.fact.body, TicketIssued)] == [
                later.id
            ]
            assert (ledger.unsent()[0].fact.lane_seq, ledger.state.replaces) == (1, 2)
            assert later.number not in {ticket.number for ticket in first}

    def test_it_was_set_back_to_before_the_enrolment(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome(plan=plan())) as ledger:
            tickets = [issue(ledger) for _ in range(2)]
            incarnation = ledger.state.incarnation
            ledger.apply_pushed(Pushed(highwater=2, plan=plan()))
            assert ledger.apply_welcome(welcome(5, epoch=THEIRS))
            assert (ledger.lane, ledger.state.incarnation, ledger.state.acked) == (5, incarnation, 0)
            assert {sent.fact.lane for sent in ledger.unsent()} == {5}
            assert told(ledger) == [(1, tickets[0].number), (2, tickets[1].number)]
            assert issue(ledger).number == "A5-001"

    def test_a_lane_it_knows_from_earlier_is_not_taken_again(self, tmp_path: Path) -> None:
        with open_ledger(tmp_path, welcome(5)) as ledger:
            issue(ledger)
            assert not ledger.apply_welcome(welcome(2, highwater=7, epoch=THEIRS))
            assert (ledger.lane, ledger.state.replaces) == (None, 5)


def test_what_is_told_again_changes_no_ticket(tmp_path: Path) -> None:
    used(tmp_path)
    with open_ledger(tmp_path) as ledger:
        first = next(ticket for ticket, _ in ledger.live_tickets(DAY) if ticket.n == 1)
        body = TicketIssued(ticket=first.id, day=DAY, service="card", group="social", prefix="A", n=1)
        ledger.apply_feed([item(entry(1, body, lane=2, lane_seq=1, at=NINE + 5))])
        heard = ledger.ticket(first.id)
        assert heard is not None
        assert heard.issued_at == NINE + 5  # the server's word on the time
        ledger.apply_welcome(welcome(2, highwater=2).model_copy(update={"renew": True}))
        ledger.apply_welcome(welcome(3))
        assert not ledger.apply_feed([item(entry(2, body, lane=3, lane_seq=1, at=NINE + 99))])
        assert ledger.ticket(first.id) == heard


def test_a_copy_tells_the_facts_about_paper_too(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "1", welcome(plan=plan())) as ledger:
        printed(ledger, issue(ledger))
        ledger.apply_pushed(Pushed(highwater=2, plan=plan()))
    shutil.copytree(tmp_path / "1", tmp_path / "2")
    with Ledger.open(tmp_path / "2", "kiosk-1", new_id) as ledger:
        assert [sent.fact.body.kind for sent in ledger.unsent()] == ["ticket_issued", "slip_printed"]
