"""What screens show is what the journal says, without names where there must be none."""

import hashlib

import pytest

from hall.errors import CatalogError
from hall.identity import Holder, HolderToken
from hall.rating import Level
from hall.ticket import TicketClass
from hall.window import WindowState
from hall.wire import commands
from hall.wire.views import Board, Desk, HallNow
from queue_server.operations.errors import NoSuchWindowError
from queue_server.operations.export import journal_lines
from queue_server.operations.undo import UNDO_US
from queue_server.operations.views import board, desk, hall_now, look, rating_page
from queue_server.operations.views.mending import TIMES_SHOWN
from queue_server.store import Store
from queue_server.store.errors import NoCatalogError
from tests.support.referee import HALL_ID, Ids, Referee, small_catalog


def see_desk(referee: Referee, window: int) -> Desk:
    with referee.store.read() as reader:
        return desk(reader, referee.moment, window, look(reader, referee.moment))


def see_board(referee: Referee) -> Board:
    with referee.store.read() as reader:
        return board(reader, referee.moment, lambda number, window, _voice: (f"/voice/{number}-{window}.wav", ()))


def see_hall(referee: Referee) -> HallNow:
    with referee.store.read() as reader:
        return hall_now(reader, referee.moment)


def busy_hall() -> Referee:
    """A001 is called to window 1; A002 (优) and B001 wait; a minute has passed."""
    referee = Referee()
    kiosk, clerk = referee.kiosk(), referee.clerk(1)
    token = hashlib.sha256(b"x").hexdigest()
    kiosk.issue(holder=Holder(token=HolderToken(token), masked_name="赵*"))
    kiosk.push()
    assert referee.do(clerk, commands.CallNext(request_id=referee.ids())).masked_name == "赵*"
    kiosk.issue(ticket_class=TicketClass.PRIORITY)
    kiosk.issue("beta")
    kiosk.push()
    referee.pass_time(60)
    return referee


def test_the_desk_shows_the_citizen_and_the_queue_in_calling_order() -> None:
    referee = busy_hall()
    helper, both = see_desk(referee, 2), see_desk(referee, 3)
    assert [(line.number, line.penalty_minutes) for line in helper.queue] == [("A002", 10), ("B001", 0)]
    assert [line.number for line in both.queue] == ["A002", "B001"]
    mine = see_desk(referee, 1)
    assert mine.active is not None
    assert (mine.active.number, mine.active.masked_name, mine.active.issuer) == ("A001", "赵*", "kiosk-1")
    assert (mine.active.service_name, mine.active.group_name) == ("甲事项", "甲类")
    assert mine.active.reason is not None
    assert mine.active.reason.counts_from == mine.active.ticket.effective_at
    assert (mine.shown_state, mine.hall_waiting, mine.windows_open, mine.windows_serving) == ("calling", 2, 1, 0)
    assert mine.longest_wait_us == 60_000_000
    assert mine.undo_until == 0
    with pytest.raises(NoSuchWindowError):
        see_desk(referee, 99)


def test_the_desk_says_how_long_an_act_can_be_undone() -> None:
    referee = busy_hall()
    ticket = see_desk(referee, 1).active
    assert ticket is not None
    clerk = referee.clerk(1)
    referee.miss(clerk, ticket.ticket.id)
    now = see_desk(referee, 1)
    assert now.undo_until == referee.moment.wall_us + UNDO_US
    assert [line.number for line in now.missed] == ["A001"]
    assert see_board(referee).missed == ("A001",)
    assert see_desk(referee, 2).undo_until == 0
    catalog = small_catalog()
    none_left = catalog.model_copy(update={"hall": catalog.hall.model_copy(update={"returns_allowed": 0})})
    referee.publish(none_left)
    assert see_board(referee).missed == (), "the board sends nobody to the desk whom it may not put back"
    referee.do(clerk, commands.Undo(request_id=referee.ids(), ticket=ticket.ticket.id))
    assert see_desk(referee, 1).undo_until == 0


def test_what_was_just_finished_may_be_rated_until_the_next_service_begins() -> None:
    referee = busy_hall()
    clerk, page = referee.clerk(1), referee.rating_page(1)
    first = see_desk(referee, 1).active
    assert first is not None

    def page_number() -> str:
        with referee.store.read() as reader:
            return rating_page(reader, 1).number

    def do(kind: type[commands.StartService | commands.FinishService], ticket: str) -> None:
        assert referee.do(clerk, kind(request_id=referee.ids(), ticket=ticket)).done

    do(commands.StartService, first.ticket.id)
    assert page_number() == ""
    do(commands.FinishService, first.ticket.id)
    assert page_number() == "A001"
    to_rate = see_desk(referee, 1).to_rate
    assert to_rate is not None
    assert see_desk(referee, 1).served_today == 1
    second = referee.do(clerk, commands.CallNext(request_id=referee.ids())).ticket
    assert second is not None
    assert page_number() == "A001"
    do(commands.StartService, second.id)
    assert page_number() == ""
    do(commands.FinishService, second.id)
    assert page_number() == "A002"
    referee.do(page, commands.Rate(request_id=referee.ids(), ticket=second.id, level=Level.VERY_GOOD))
    assert page_number() == ""
    assert see_hall(referee).ratings == {"5": 1}


def test_the_board_shows_calls_and_who_is_next_and_never_a_name() -> None:
    referee = busy_hall()
    shown = see_board(referee)
    (call,) = shown.calls
    assert (call.number, call.window, call.window_name, call.call_no, call.state) == ("A001", 1, "1号窗口", 1, "called")
    assert call.voice == "/voice/A001-1.wav"
    assert [(line.number, line.place) for line in shown.ready] == [("A002", "一楼"), ("B001", "")]
    assert [(group.prefix, group.waiting) for group in shown.groups] == [("A", 1), ("B", 1)]
    assert "赵" not in shown.model_dump_json()


def test_a_recall_is_a_new_call_of_the_same_number() -> None:
    referee = busy_hall()
    before = see_board(referee).calls[0]
    ticket = see_desk(referee, 1).active
    assert ticket is not None
    referee.do(referee.clerk(1), commands.Recall(request_id=referee.ids(), ticket=ticket.ticket.id))
    after = see_board(referee).calls[0]
    assert (after.call_no, after.at) == (2, referee.moment.wall_us)
    assert after.seq > before.seq


def test_marks_tell_why_a_number_goes_first() -> None:
    referee = busy_hall()
    assert referee.do(referee.clerk(3, "1003"), commands.CallNext(request_id=referee.ids())).done
    assert [call.mark for call in see_board(referee).calls] == ["优", ""]


def test_the_manager_sees_groups_windows_and_devices() -> None:
    referee = busy_hall()
    shown = see_hall(referee)
    alpha, beta = shown.groups
    assert (alpha.waiting, alpha.issued, alpha.windows_open, alpha.longest_wait_us) == (1, 2, 1, 60_000_000)
    assert (beta.waiting, beta.issued, beta.windows_open, beta.mean_wait_us) == (1, 1, 0, None)
    assert alpha.mean_wait_us == 0
    assert [(window.shown_state, window.number) for window in shown.windows] == [
        ("calling", "A001"),
        ("closed", ""),
        ("closed", ""),
    ]
    assert shown.windows[0].status.state is WindowState.IDLE
    assert shown.journal_ok


def test_a_dropped_group_does_not_break_the_screens_and_people_see_no_internal_name() -> None:
    referee = busy_hall()
    catalog = small_catalog()
    referee.publish(catalog.model_copy(update={"groups": catalog.groups[:1], "services": ()}))
    assert [line.group_name for line in see_desk(referee, 3).queue] == ["甲类", "beta"]
    assert [line.group_name for line in see_board(referee).ready] == ["甲类"]


def test_the_export_is_the_journal_line_by_line() -> None:
    referee = busy_hall()
    with referee.store.read() as reader:
        lines = list(journal_lines(reader))
        assert len(lines) == reader.head_seq()
        assert list(journal_lines(reader, after=3, limit=2)) == lines[3:5]
    assert not any("\n" in line or "赵" in line for line in lines)


def test_the_feed_brings_holders_beside_tickets() -> None:
    referee = busy_hall()
    with referee.store.read() as reader:
        items = reader.feed(0, 100)
    named = [item.entry.fact.body.kind for item in items if item.holder is not None]
    assert named == ["ticket_issued"]


def test_a_hall_without_catalogue_says_what_is_missing() -> None:
    referee = Referee()
    with Store.in_memory(HALL_ID, new_id=Ids()) as store, store.read() as reader:
        with pytest.raises(NoCatalogError) as caught:
            look(reader, referee.moment)
        assert caught.value.advice


def test_publishing_the_same_catalogue_again_changes_nothing() -> None:
    referee = Referee()
    head = referee.run(lambda tx: tx.head_seq())
    assert not referee.publish(small_catalog())
    other = small_catalog(serve_after_closing=False)
    assert referee.publish(other)
    assert referee.run(lambda tx: tx.catalog()) == other
    assert referee.publish(small_catalog())
    assert referee.run(lambda tx: tx.catalog()) == small_catalog()
    assert referee.run(lambda tx: tx.head_seq()) == head + 2
    foreign = other.model_copy(update={"hall": other.hall.model_copy(update={"id": "elsewhere"})})
    with pytest.raises(CatalogError):
        referee.publish(foreign)


def test_every_lane_of_today_is_seen_and_what_is_history_is_marked_and_missed_by_nobody() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    for _ in range(2):
        kiosk.go_on_under_a_new_lane()
        kiosk.push()
    assert [(lane.lane, lane.past) for lane in see_hall(referee).lanes] == [(1, False), (2, True), (3, False)]
    copy = kiosk.copy()
    copy.device = "kiosk-2"
    copy.go_on_under_a_new_lane()
    referee.pass_time(600)
    seen = see_hall(referee)
    assert [(lane.lane, lane.past) for lane in seen.lanes] == [(1, False), (2, True), (3, False), (4, False)]
    assert [gone.device for gone in seen.gone] == ["kiosk-1", "kiosk-2"]
    referee.pass_time(24 * 3600)
    assert not any(lane.past for lane in see_hall(referee).lanes)


def test_what_a_kiosk_brings_in_late_is_counted_whole_however_often_it_was_back() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    for _ in range(TIMES_SHOWN + 2):
        kiosk.issue(offline=True)
        kiosk.issue(offline=True)
        referee.pass_time(180)
        kiosk.push()
    (merged,) = see_hall(referee).merged
    assert (merged.device, merged.tickets, merged.at) == ("kiosk-1", 2 * (TIMES_SHOWN + 2), referee.moment.wall_us)
    assert len(merged.each) == TIMES_SHOWN
    assert [each.at for each in merged.each] == sorted((each.at for each in merged.each), reverse=True)
