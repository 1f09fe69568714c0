"""A call pad in a clerk's hand: what each key does, what the display says, what is never said.

It is long because every key of the pad in every state is one case.
"""

import pytest

from devices.call_pad import KeyPressed, PadKey
from hall.window import WindowState
from hall.wire.replies import Problem, Refusal
from hall.wire.views import Desk
from queue_server.link.errors import LinkError, ServerAway, ServerRefused
from tests.support.box import Hand, K, box_at, signed_in
from tests.support.window_desk import QUEUE, called_here, desk, reply, sample_catalog, served_here
from window_client.box import events as ev
from window_client.box.effects import Do, Effect, Keep, Rest
from window_client.box.pad import SignInWish
from window_client.desk.situation import Act

GROUPS = [group for group in sample_catalog().groups if group.id != "social_insurance"]
CALLING, SERVING = desk(called_here()), desk(served_here())
CALLED_ENOUGH = desk(called_here(calls=3))
IDLE, EMPTY, PAUSED = desk(), desk(queue=()), desk(state=WindowState.PAUSED)


def test_signing_in_by_digits() -> None:
    hand = Hand()
    assert hand.line == "输入工号"
    hand.type("0303")
    assert hand.line == "0303"
    hand.press(K.ENTER)
    assert hand.line == "输入口令"
    hand.type("246802")
    assert hand.line == "******"
    assert hand.press(K.ENTER) == (SignInWish("0303", "246802"),)
    assert hand.line == "正在登录"
    hand.happen(ev.SignedIn(sample_catalog()), ev.LinkChanged(online=True), ev.DeskCame(IDLE))
    assert hand.line == "等候6人"


def test_a_desk_that_comes_before_the_word_that_the_clerk_is_in_is_kept() -> None:
    hand = Hand()
    hand.sign_in_keys()
    hand.happen(ev.LinkChanged(online=True), ev.DeskCame(IDLE), ev.SignedIn(None))
    assert hand.line == "等候6人"


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("12C", "1"),
        ("12CC", "输入工号"),
        ("12CCC", "输入工号"),
        ("1E", "工号太短"),
        ("E", "工号太短"),
        ("12E34C", "*"),
        ("12E3C", "输入口令"),
        ("12ECC", "1"),
        ("12E345E", "口令太短"),
        ("12E3451234", "*******"),
        ("123456789012345", "123456789012"),
        ("12N", "请先登录"),
        ("12N3", "123"),
        ("12E34X", "输入工号"),
    ],
)
def test_typing_and_taking_back(keys: str, line: str) -> None:
    hand = Hand()
    special = {"C": K.CLEAR, "E": K.ENTER, "N": K.CALL_NEXT, "X": K.SIGN_OUT}
    for key in keys:
        assert hand.press(special.get(key) or PadKey(key)) == ()
    assert hand.line == line


def refused(code: str) -> ServerRefused:
    return ServerRefused(Problem(code=code, message="…", retry="later"))


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (refused("signin.refused"), "登录失败"),
        (refused("signin.locked"), "账号锁定"),
        (ServerAway("no answer"), "断线重连"),
        (None, "没有办成"),
    ],
)
def test_whoever_is_not_let_in_reads_why_and_types_the_pin_again(error: LinkError | None, line: str) -> None:
    hand = Hand()
    hand.sign_in_keys()
    hand.happen(ev.NotSignedIn(error))
    assert hand.line == line
    hand.type("1357")
    assert hand.line == "****"
    assert hand.press(K.ENTER) == (SignInWish("0303", "1357"),)


def test_a_second_press_while_signing_in_sends_nothing() -> None:
    hand = Hand()
    hand.sign_in_keys()
    for key in (K.ENTER, K.CLEAR, K.DIGIT_1, K.CALL_NEXT):
        assert hand.press(key) == ()
    assert hand.line == "正在登录"


def test_the_pin_stands_in_no_repr() -> None:
    hand = Hand()
    hand.type("0303")
    hand.press(K.ENTER)
    hand.type("975310")
    assert "975310" not in repr(hand.box)
    (wish,) = hand.press(K.ENTER)
    assert "975310" not in repr(wish)
    assert hand.box.pad.pin == ""
    assert repr(KeyPressed(K.DIGIT_9)) == "KeyPressed()"


ACTS = [
    (IDLE, K.CALL_NEXT, Act.CALL_NEXT, None),
    (IDLE, K.PAUSE, Act.PAUSE, None),
    (IDLE, K.SIGN_OUT, Act.SIGN_OUT, None),
    (CALLING, K.RECALL, Act.RECALL, 23),
    (CALLED_ENOUGH, K.MISS, Act.MISS, 23),
    (CALLING, K.START, Act.START, 23),
    (CALLING, K.HOLD, Act.HOLD, 23),
    (SERVING, K.FINISH, Act.FINISH, 23),
    (SERVING, K.HOLD, Act.HOLD, 23),
    (PAUSED, K.PAUSE, Act.RESUME, None),
]


@pytest.mark.parametrize(("now", "key", "act", "n"), ACTS)
def test_each_key_does_its_act_once(now: Desk, key: PadKey, act: Act, n: int | None) -> None:
    hand = Hand(signed_in(now))
    assert hand.press(key) == (Do(act, f"{n:032x}" if n else None),)
    assert hand.press(key) == ()  # while it is on its way
    assert hand.happen(ev.Answered(reply())) == (() if act is Act.SIGN_OUT else (Rest(),))
    assert hand.press(key) == ()  # and in the blink of an eye after it


NOT_NOW = [
    (EMPTY, K.CALL_NEXT, "没人在等"),
    (IDLE, K.FINISH, "不能办完"),
    (IDLE, K.RECALL, "不能重呼"),
    (CALLING, K.CALL_NEXT, "不能叫号"),
    (CALLING, K.FINISH, "不能办完"),
    (CALLING, K.MISS, "不能过号"),
    (SERVING, K.MISS, "不能过号"),
    (SERVING, K.SIGN_OUT, "还没办完"),
    (IDLE, K.TRANSFER, "不能转移"),
    (PAUSED, K.CALL_NEXT, "不能叫号"),
]


@pytest.mark.parametrize(("now", "key", "line"), NOT_NOW)
def test_a_key_that_may_not_be_pressed_now_is_answered_in_words(now: Desk, key: PadKey, line: str) -> None:
    hand = Hand(signed_in(now))
    assert hand.press(key) == ()
    assert hand.line == line
    hand.press(K.CLEAR)
    assert hand.line != line or line == "没人在等"


SAID = [
    (IDLE, "等候6人"),
    (EMPTY, "没人在等"),
    (CALLING, "A023叫1次"),
    (SERVING, "A023办理"),
    (PAUSED, "已暂停"),
    (desk(state=WindowState.CLOSED), "未开放"),
]


@pytest.mark.parametrize(("now", "line"), SAID)
def test_the_pad_says_how_the_window_stands(now: Desk, line: str) -> None:
    assert signed_in(now).line == line


def test_after_the_rest_the_next_press_acts() -> None:
    hand = Hand(signed_in(CALLING))
    assert hand.press(K.RECALL) == (Do(Act.RECALL, f"{23:032x}"),)
    assert hand.line == "正在重呼"
    assert hand.happen(ev.Answered(reply())) == (Rest(),)
    assert hand.happen(ev.Rested()) == ()
    assert hand.press(K.RECALL) == (Do(Act.RECALL, f"{23:032x}"),)


def test_a_refusal_is_told_until_there_is_news() -> None:
    hand = Hand(signed_in(IDLE))
    hand.press(K.CALL_NEXT)
    hand.happen(ev.Answered(reply(refusal=Refusal.NOBODY_WAITING)), ev.Rested())
    assert hand.line == "没人在等"
    hand.happen(ev.DeskCame(later(IDLE)))
    assert hand.line == "没人在等"
    hand.happen(ev.DeskCame(desk(queue=QUEUE[:2])))
    assert hand.line == "等候2人"


def later(now: Desk) -> Desk:
    return now.model_copy(update={"seq": 101})


def test_transfer_by_the_place_of_a_group() -> None:
    hand = Hand(signed_in(SERVING))
    assert hand.press(K.TRANSFER) == ()
    assert hand.line.startswith(f"1{GROUPS[0].name} 2{GROUPS[1].name}")
    hand.press(K.TRANSFER)
    assert hand.line.startswith(f"2{GROUPS[1].name}")
    hand.type("2")
    assert hand.line == f"2{GROUPS[1].name}"
    assert hand.press(K.ENTER) == (Do(Act.TRANSFER, f"{23:032x}", GROUPS[1].id),)


def test_a_place_that_is_not_there_and_a_change_of_mind() -> None:
    hand = Hand(signed_in(SERVING))
    hand.press(K.TRANSFER)
    assert hand.press(K.ENTER) == ()
    hand.type("9")
    assert hand.press(K.ENTER) == ()
    assert hand.line == "没有9类"
    hand.type("0")
    assert hand.press(K.ENTER) == ()
    hand.type("1")
    hand.press(K.CLEAR)
    assert hand.line.startswith(f"1{GROUPS[0].name} 2")
    hand.press(K.CLEAR)
    assert hand.line == "A023办理"
    hand.press(K.TRANSFER)
    assert hand.press(K.FINISH) == (Do(Act.FINISH, f"{23:032x}"),)


def test_the_list_rolls_round() -> None:
    hand = Hand(signed_in(SERVING))
    for _ in range(len(GROUPS) + 1):
        hand.press(K.TRANSFER)
    assert hand.line.startswith(f"1{GROUPS[0].name}")


def test_another_citizen_ends_a_choice() -> None:
    hand = Hand(signed_in(SERVING))
    hand.press(K.TRANSFER)
    hand.happen(ev.DeskCame(desk(served_here(24))))
    assert hand.line == "A024办理"
    assert hand.press(K.DIGIT_1) == ()
    assert hand.press(K.ENTER) == ()


def test_with_one_group_there_is_nowhere_to_transfer_to() -> None:
    catalog = sample_catalog()
    lonely = catalog.model_copy(update={"groups": tuple(g for g in catalog.groups if g.id == "social_insurance")})
    hand = Hand(signed_in(SERVING, lonely))
    hand.press(K.TRANSFER)
    assert hand.line == "没有别类"


def test_a_server_that_is_away_is_told_and_nothing_is_sent() -> None:
    hand = Hand(signed_in(SERVING))
    hand.happen(ev.LinkChanged(online=False))
    assert hand.line == "断线重连"
    for key in (K.TRANSFER, K.CALL_NEXT, K.PAUSE, K.SIGN_OUT):
        assert hand.press(key) == ()
        assert hand.line == "断线重连"
    hand.happen(ev.LinkChanged(online=True))
    assert hand.line == "A023办理"
    assert hand.press(K.FINISH) == (Do(Act.FINISH, f"{23:032x}"),)


def test_the_citizen_here_is_finished_without_the_server_and_kept() -> None:
    hand = Hand(signed_in(SERVING))
    hand.happen(ev.LinkChanged(online=False))
    assert hand.press(K.FINISH) == (Keep(Act.FINISH),)
    assert hand.press(K.FINISH) == ()
    assert hand.happen(ev.Kept("A023", frozenset({"A023"}))) == (Rest(),)
    assert hand.line == "已记下"
    hand.happen(ev.Rested())
    assert hand.press(K.FINISH) == ()
    hand.happen(ev.LinkChanged(online=True), ev.DeskCame(IDLE), ev.Delivered(frozenset()))
    assert hand.box.situation.kept == frozenset()


def test_what_the_disk_did_not_take_may_be_pressed_again() -> None:
    hand = Hand(signed_in(SERVING))
    hand.happen(ev.LinkChanged(online=False))
    hand.press(K.FINISH)
    hand.happen(ev.NotAnswered(), ev.Rested())
    assert hand.press(K.FINISH) == (Keep(Act.FINISH),)


def test_an_act_without_an_answer_may_be_pressed_again() -> None:
    hand = Hand(signed_in(SERVING))
    hand.press(K.FINISH)
    hand.happen(ev.NotAnswered(), ev.Rested())
    assert hand.line == "没有办成"
    assert hand.press(K.FINISH) == (Do(Act.FINISH, f"{23:032x}"),)
    hand.happen(ev.LinkChanged(online=False), ev.NotAnswered(), ev.Rested())
    assert hand.line == "断线重连"


def test_signing_out_leaves_nothing_of_the_desk() -> None:
    hand = Hand(signed_in(IDLE))
    hand.press(K.SIGN_OUT)
    hand.happen(ev.Answered(reply()))
    assert hand.line == "输入工号"
    assert hand.box.situation.desk is None
    hand.happen(ev.DeskCame(IDLE), ev.SessionEnded(), ev.LinkChanged(online=False))
    assert hand.line == "输入工号"


def test_a_session_that_the_server_ended_is_told() -> None:
    hand = Hand(signed_in(SERVING))
    hand.press(K.FINISH)
    hand.happen(ev.SessionEnded(), ev.NotAnswered())
    assert hand.line == "重新登录"
    hand.type("04")
    assert hand.line == "04"


def test_a_pad_without_a_clerk_does_no_act() -> None:
    assert box_at().situation.desk is None
    effects: list[Effect] = []
    for key in PadKey:
        if not key.isdigit():
            effects += Hand().press(key)
    assert effects == []


def test_a_long_number_is_said_whole() -> None:
    assert signed_in(desk(called_here(104, lane=12))).line == "A12-104叫1次"


def test_a_server_that_is_away_is_told_before_anybody_types() -> None:
    hand = Hand()
    hand.happen(ev.ServerSeen(online=False))
    assert hand.line == "断线重连"
    hand.type("03")
    assert hand.line == "03"
    hand.press(K.SIGN_OUT)
    assert hand.line == "断线重连"
    hand.happen(ev.ServerSeen(online=True))
    assert hand.line == "输入工号"
