"""Which acts a desk offers: a clerk must never see a button that does nothing, nor miss one that would work."""

import pytest

from hall.ticket import TicketState
from hall.window import WindowState
from hall.wire.commands import Transfer, Undo
from hall.wire.views import Desk
from tests.support.window_desk import NOW, called_here, desk, reply, sample_catalog, served_here, shown
from window_client.desk.acts import KEYS, Details, act_of, allowed, command_for, main_act, row_of_acts, undo_seconds
from window_client.desk.situation import Act, Connection, Outcome, Situation

CATALOG = sample_catalog()
MISSED = (shown(7, state=TicketState.MISSED),)
DESKS = {
    "nobody signed in": desk(state=WindowState.CLOSED),
    "idle": desk(),
    "idle, nobody waits": desk(queue=()),
    "idle, one missed": desk(missed=MISSED),
    "called": desk(called_here()),
    "called as often as the slip says": desk(called_here(calls=3)),
    "serving": desk(served_here()),
    "paused": desk(state=WindowState.PAUSED),
    "paused while serving": desk(served_here(), state=WindowState.PAUSED),
}
OPEN = {Act.ADOPT, Act.DECLARE_FAULT}
IDLE = OPEN | {Act.CALL_TICKET, Act.START_WITHOUT_TICKET, Act.PAUSE, Act.SIGN_OUT}
SERVING = OPEN | {Act.FINISH, Act.NEXT_SERVICE, Act.TRANSFER, Act.HOLD}
POSSIBLE = {
    "nobody signed in": {Act.SIGN_OUT},
    "idle": IDLE | {Act.CALL_NEXT},
    "idle, nobody waits": IDLE,
    "idle, one missed": IDLE | {Act.CALL_NEXT, Act.PUT_BACK},
    "called": OPEN | {Act.START, Act.RECALL, Act.TRANSFER, Act.HOLD, Act.PAUSE},
    "called as often as the slip says": OPEN | {Act.START, Act.MISS, Act.TRANSFER, Act.HOLD, Act.PAUSE},
    "serving": SERVING | {Act.PAUSE},
    "paused": OPEN | {Act.RESUME, Act.SIGN_OUT},
    "paused while serving": SERVING | {Act.RESUME},
}
WITHOUT_SERVER = {
    "called": {Act.FINISH, Act.MISS},
    "called as often as the slip says": {Act.FINISH, Act.MISS},
    "serving": {Act.FINISH},
    "paused while serving": {Act.FINISH},
}


def at(view: Desk | None, **more: object) -> Situation:
    given: dict[str, object] = {"connection": Connection.ONLINE, "catalog": CATALOG} | more
    return Situation(NOW, view, **given)  # type: ignore[arg-type]


def offered(situation: Situation) -> set[Act]:
    return {act for act in Act if allowed(situation, act)}


@pytest.mark.parametrize("name", DESKS)
def test_each_state_offers_exactly_what_the_server_would_do(name: str) -> None:
    assert offered(at(DESKS[name])) == POSSIBLE[name]


@pytest.mark.parametrize("name", DESKS)
@pytest.mark.parametrize(
    "hindrance",
    [
        {"connection": Connection.CONNECTING},
        {"pending": Act.RECALL},
        {"settling": True},
    ],
)
def test_nothing_is_offered_while_connecting_or_while_something_is_under_way(name: str, hindrance: object) -> None:
    assert offered(at(DESKS[name], **hindrance)) == set()  # type: ignore[arg-type]


@pytest.mark.parametrize("name", DESKS)
def test_without_the_server_the_citizen_here_can_be_brought_to_an_end_and_nothing_else(name: str) -> None:
    away = at(DESKS[name], connection=Connection.AWAY)
    assert offered(away) == WITHOUT_SERVER.get(name, set())
    if name in WITHOUT_SERVER:
        assert main_act(away) is Act.FINISH


def test_whoever_was_ended_by_hand_is_gone_until_the_server_has_heard_of_it() -> None:
    gone = at(DESKS["serving"], connection=Connection.AWAY, kept=frozenset({"A023"}))
    assert gone.active is None
    assert (gone.state, offered(gone)) == (WindowState.IDLE, set())
    assert at(DESKS["serving"], kept=frozenset({"A024"})).active is not None


def test_nothing_is_offered_before_the_first_view() -> None:
    assert offered(at(None)) == set()


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("idle", Act.CALL_NEXT),
        ("called", Act.START),
        ("serving", Act.FINISH),
        ("paused", Act.CALL_NEXT),
        ("paused while serving", Act.FINISH),
    ],
)
def test_the_main_button_changes_its_act_with_the_state(name: str, act: Act) -> None:
    assert main_act(at(DESKS[name])) is act


def test_the_row_keeps_its_order_and_only_pause_changes_its_word() -> None:
    rows = {name: [offer.act for offer in row_of_acts(at(view))] for name, view in DESKS.items()}
    for name, acts in rows.items():
        assert acts[:4] == [Act.RECALL, Act.MISS, Act.TRANSFER, Act.HOLD]
        assert acts[4] is (Act.RESUME if name.startswith("paused") else Act.PAUSE)


def test_acts_offered_together_never_share_a_key() -> None:
    for view in DESKS.values():
        keys = [KEYS[act] for act in offered(at(view)) if act in KEYS]
        assert len(keys) == len(set(keys))


def test_nothing_to_choose_from_without_a_catalogue() -> None:
    for name, act in (
        ("serving", Act.TRANSFER),
        ("serving", Act.NEXT_SERVICE),
        ("idle", Act.START_WITHOUT_TICKET),
    ):
        assert not allowed(at(DESKS[name], catalog=None), act)


def test_a_window_calls_by_itself_only_where_the_hall_allows_it() -> None:
    allows = CATALOG.model_copy(update={"hall": CATALOG.hall.model_copy(update={"auto_call_seconds": 15})})
    assert not offered(at(DESKS["idle"])) & {Act.AUTO_CALL_ON, Act.AUTO_CALL_OFF}
    for name in DESKS:
        is_open = name not in ("nobody signed in", "paused", "paused while serving")
        assert allowed(at(DESKS[name], catalog=allows), Act.AUTO_CALL_ON) == is_open
    status = DESKS["idle"].window.model_copy(update={"auto_call": True})
    calling = at(DESKS["idle"].model_copy(update={"window": status}), catalog=allows)
    assert offered(calling) & {Act.AUTO_CALL_ON, Act.AUTO_CALL_OFF} == {Act.AUTO_CALL_OFF}


def test_what_is_down_is_said_to_be_back_and_not_said_to_be_down_again() -> None:
    groups = CATALOG.window(12).groups + tuple(CATALOG.window(12).helps)
    one, every = at(desk(faults=groups[:1])), at(desk(faults=groups))
    assert offered(one) & {Act.DECLARE_FAULT, Act.END_FAULT} == (
        {Act.DECLARE_FAULT, Act.END_FAULT} if len(groups) > 1 else {Act.END_FAULT}
    )
    assert offered(every) & {Act.DECLARE_FAULT, Act.END_FAULT} == {Act.END_FAULT}
    assert [group.id for group in one.down] == [groups[0]]
    assert groups[0] not in {group.id for group in one.up}


def test_only_services_of_the_own_window_are_offered() -> None:
    here = at(DESKS["idle"])
    window = CATALOG.window(12)
    assert {service.group for service in here.services} == set(window.groups) | set(window.helps)


def test_an_act_can_be_undone_for_its_seconds_and_not_twice() -> None:
    done = Outcome(Act.CALL_NEXT, reply(called_here().ticket))
    view = desk(called_here(), undo_until=NOW + 7_500_000)
    assert undo_seconds(at(view, outcome=done)) == 8
    assert allowed(at(view, outcome=done), Act.UNDO)
    assert not allowed(at(view, outcome=Outcome(Act.UNDO, done.reply)), Act.UNDO)
    assert not allowed(at(view), Act.UNDO)
    late = desk(called_here(), undo_until=NOW)
    assert not allowed(at(late, outcome=done), Act.UNDO)
    assert undo_seconds(at(late, outcome=done)) == 0


def test_every_act_becomes_the_command_of_its_name() -> None:
    names = {Act.MISS: "mark_missed", Act.START: "start_service", Act.FINISH: "finish_service"}
    for act in Act:
        details = Details(group="medical", reason="用餐", code="x", service="card")
        command = command_for(act, "a" * 32, ticket="b" * 32, details=details)
        assert command.kind == names.get(act, act.value)
        assert act_of(command) is act
        assert command.request_id == "a" * 32


def test_a_command_carries_what_it_is_about() -> None:
    transfer = command_for(Act.TRANSFER, "a" * 32, ticket="b" * 32, details=Details(group="medical", to=5, note="x"))
    assert isinstance(transfer, Transfer)
    assert (transfer.ticket, transfer.group, transfer.to, transfer.note) == ("b" * 32, "medical", 5, "x")
    undo = command_for(Act.UNDO, "a" * 32, ticket="c" * 32)
    assert isinstance(undo, Undo)
    assert undo.ticket == "c" * 32
