"""The manager's page as data: the headline answers first, the worst stands first, colour only past a threshold."""

from hall.projection import WindowStatus
from hall.window import WindowState
from hall.wire.hello import DeviceKind
from hall.wire.views import DeviceNow, GoneNow, GroupNow, HallNow, WindowNow
from queue_server.web.manage.picture import picture
from queue_server.web.manage.tiles import Thresholds
from queue_server.web.manage.tones import Tone

MINUTE = 60_000_000
AIMS = Thresholds(warn=25, alert=40)


def _group(name: str, waiting: int, longest: float, windows: int = 1) -> GroupNow:
    return GroupNow(
        group=name, name=name, prefix="A", waiting=waiting, longest_wait_us=round(longest * MINUTE),
        windows_open=windows, issued=9, finished=4, missed=1, cancelled=0, mean_wait_us=None,
    )  # fmt: skip


def _window(number: int, state: WindowState) -> WindowNow:
    return WindowNow(
        status=WindowStatus(number=number, state=state), name="综合", shown_state=state.value, number="", since=0
    )


def _device(state: str, problem: str = "") -> DeviceNow:
    return DeviceNow(device="kiosk-1", part="printer", state=state, problem=problem, advice="请换纸", since=0)


def _hall(
    *groups: GroupNow, devices: tuple[DeviceNow, ...] = (), state: WindowState = WindowState.IDLE, ok: bool = True
) -> HallNow:
    return HallNow(
        at=0, seq=1, hall="厅", groups=groups, windows=(_window(1, state),), devices=devices, ratings={"5": 2},
        journal_ok=ok,
    )  # fmt: skip


def test_the_headline_is_the_answer_in_a_sentence() -> None:
    calm, near, late = _group("calm", 1, 3), _group("near", 2, 30), _group("late", 3, 52)
    cases = [
        (_hall(calm), "一切正常"),
        (_hall(calm, near), "有业务等得有点久，请留意"),
        (_hall(calm, late), "有一类等得太久，请加开窗口"),
        (_hall(late, late), "有 2 类等得太久，请加开窗口"),
        (_hall(calm, devices=(_device("attention"),)), "有设备要留意"),
        (_hall(near, devices=(_device("missing"),)), "有设备坏了，请派人去看"),
        (_hall(calm, state=WindowState.CLOSED), "有人在等，还没有窗口开着"),
        (_hall(late, ok=False), "流水记录对不上，请马上联系维护人员"),
    ]
    assert [picture(now, AIMS).headline for now, _ in cases] == [words for _, words in cases]


def test_the_headline_does_not_call_usual_what_nobody_could_be_served_in() -> None:
    open_, shut = _group("甲类", 1, 3), [_group(name, 0, 0, windows=0) for name in ("乙类", "丙类")]
    halted = _group("丁类", 0, 0, windows=0).model_copy(update={"suspended": True})
    cases = [
        (_hall(open_, halted), "一切正常"),
        (_hall(open_, shut[0], halted), "没有人等得久，乙类没有窗口开着"),
        (_hall(open_, *shut), "没有人等得久，乙类等 2 类没有窗口开着"),
        (_hall(*shut, halted, state=WindowState.CLOSED), "没有人在等，窗口都没有开"),
    ]
    assert [picture(now, AIMS).headline for now, _ in cases] == [words for _, words in cases]


def test_a_suspended_group_says_so_and_stands_last_once_nobody_waits_for_it() -> None:
    halted = [
        _group(name, waiting, longest, windows).model_copy(update={"suspended": True})
        for name, waiting, longest, windows in (
            ("none", 0, 0, 0),
            ("few", 1, 3, 1),
            ("late", 2, 52, 1),
            ("left", 1, 3, 0),
        )
    ]
    cards = sorted(picture(_hall(*halted, _group("usual", 0, 0)), AIMS).cards, key=lambda card: card.place)
    assert [(card.name, card.tone, card.tag) for card in cards] == [
        ("late", Tone.ALARM, "停办，超过目标 40 分"),
        ("few", Tone.CALM, "停办，还有人等"),
        ("left", Tone.CAUTION, "停办，没有窗口能办"),
        ("usual", Tone.CALM, "没人等"),
        ("none", Tone.OFF, "停办"),
    ]
    assert {card.wait for card in cards if card.name != "usual"} == {"不取号"}


def test_the_worst_group_stands_first_with_its_threshold_in_words() -> None:
    shown = picture(_hall(_group("calm", 9, 3), _group("late", 3, 52), _group("near", 2, 30)), AIMS)
    ranked = sorted(shown.cards, key=lambda card: card.place)
    assert [(card.name, card.tone, card.tag) for card in ranked] == [
        ("late", Tone.ALARM, "超过目标 40 分"),
        ("near", Tone.CAUTION, "超过 25 分"),
        ("calm", Tone.CALM, "正常"),
    ]
    assert shown.summary == "今天已办 12 件，在等 14 人"


def test_alerts_say_the_measure_and_what_to_do_the_urgent_ones_first() -> None:
    now = _hall(_group("near", 2, 30), _group("late", 3, 52, windows=0), devices=(_device("fault", "切刀卡住"),))
    alerts = picture(now, AIMS, voice_problem="没有找到程序").alerts
    assert [alert.tone for alert in alerts] == [Tone.ALARM, Tone.ALARM, Tone.CAUTION, Tone.CAUTION]
    assert alerts[0].title == "late：最久已等 52 分钟，目标 40 分钟以内"
    assert alerts[0].advice == "3 人在等，现在没有窗口能办。请开一个窗口"
    assert (alerts[1].title, alerts[1].advice) == ("kiosk-1 打印机：切刀卡住", "请换纸")
    assert alerts[3].title == "叫号没有声音"


def test_a_device_tells_its_paper_and_when_it_last_worked() -> None:
    day = 24 * 60 * MINUTE
    seen = 9 * 60 * MINUTE + 12 * MINUTE  # 17:12 on the hall's clock
    printer = _device("fault").model_copy(update={"seen": seen, "paper": "没有纸"})
    never = DeviceNow(device="kiosk-1", part="camera", state="missing", problem="", advice="", since=0)
    sync = DeviceNow(device="kiosk-1", part="sync", state="fault", problem="", advice="", since=0)
    well = _device("online").model_copy(update={"seen": seen, "paper": "有纸，约剩 400 张"})
    now = _hall(devices=(printer, never, sync, well)).model_copy(update={"at": seen + MINUTE})
    rows = picture(now, AIMS).devices
    assert [row.note for row in rows] == ["没有纸，上次正常 17:12", "还没有正常过", "", "有纸，约剩 400 张"]
    assert rows[1].name == "kiosk-1 摄像头"
    later = picture(now.model_copy(update={"at": seen + day}), AIMS).devices
    assert later[0].note == "没有纸，上次正常 1 月 1 日 17:12"


def test_nobody_waiting_and_nobody_called_is_said_in_words() -> None:
    (card,) = picture(_hall(_group("calm", 0, 0)), AIMS).cards
    assert (card.longest, card.wait) == ("无", "不清楚")
    assert dict(card.today)["平均等候"] == "还没有"


def test_windows_are_counted_by_what_they_do() -> None:
    states = [WindowState.SERVING, WindowState.SERVING, WindowState.IDLE, WindowState.CLOSED]
    windows = tuple(_window(number, state) for number, state in enumerate(states, 1))
    shown = picture(_hall().model_copy(update={"windows": windows}), AIMS)
    assert shown.windows_summary == "1 个空闲，2 个办理中，1 个未开"
    assert shown.windows[3].tone is Tone.OFF


def test_a_lost_window_is_not_shown_as_it_stood_when_it_was_last_heard() -> None:
    gone = GoneNow(device="1 号窗口", kind=DeviceKind.WINDOW, since=0, window=1)
    windows = (_window(1, WindowState.IDLE), _window(2, WindowState.IDLE))
    shown = picture(_hall().model_copy(update={"windows": windows, "gone": (gone,)}), AIMS)
    assert [(cell.tone, cell.state) for cell in shown.windows] == [(Tone.ALARM, "失联"), (Tone.GOOD, "空闲")]
    assert shown.windows_summary == "1 个失联，1 个空闲，0 个未开"


def test_a_window_tells_whom_it_serves_for_how_long_and_who_sits_there() -> None:
    status = WindowStatus(number=7, state=WindowState.IDLE, clerk="0307")
    busy = WindowNow(status=status, name="综合", shown_state="serving", number="A012", since=MINUTE, serves=("near",))
    now = _hall(_group("near", 2, 30)).model_copy(update={"at": 7 * MINUTE, "windows": (busy,)})
    (cell,) = picture(now, AIMS).windows
    assert (cell.state, cell.ticket, cell.elapsed, cell.clerk) == ("办理中", "A012", "6 分", "工号 0307")
    free = busy.model_copy(update={"shown_state": "idle", "number": "", "since": 5 * MINUTE})
    (cell,) = picture(now.model_copy(update={"windows": (free,)}), AIMS).windows
    assert (cell.tone, cell.state, cell.ticket, cell.elapsed) == (Tone.CAUTION, "空闲，有人等", "", "2 分")
    shut = free.model_copy(update={"shown_state": "closed"})
    (cell,) = picture(now.model_copy(update={"windows": (shut,)}), AIMS).windows
    assert (cell.tone, cell.state, cell.elapsed, cell.clerk) == (Tone.OFF, "未开", "", "")


def test_no_load_is_told_by_colour_alone() -> None:
    groups = [_group("none", 0, 0), _group("few", 1, 3), _group("stuck", 1, 3, windows=0), _group("late", 3, 52)]
    words = {card.tag for card in picture(_hall(*groups), AIMS).cards}
    assert words == {"没人等", "正常", "没有窗口能办", "超过目标 40 分"}


def test_ratings_are_shown_in_the_words_of_the_rule() -> None:
    assert picture(_hall(), AIMS).ratings == (
        ("非常满意", 2), ("满意", 0), ("基本满意", 0), ("不满意", 0), ("非常不满意", 0),
    )  # fmt: skip
