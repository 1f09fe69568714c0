"""After an outage the manager's page says what is known, what is not, and what there is to decide."""

from datetime import date

from hall.mending import RecoveryReason
from hall.wire.hello import DeviceKind
from hall.wire.views import (
    CameIn,
    DeviceNow,
    DoubleNow,
    GoneNow,
    HallNow,
    LaneNow,
    MergedNow,
    RecoveryNow,
    UncertainNow,
)
from queue_server.web.manage.mending import Issuer
from queue_server.web.manage.picture import Picture, picture
from queue_server.web.manage.tiles import Thresholds
from queue_server.web.manage.tones import Tone

MINUTE = 60_000_000
TEN = 2 * 60 * MINUTE  # 10:00 on the hall's clock
BEGAN, KNOWN = TEN - 5 * MINUTE, TEN - 65 * MINUTE


def _hall(**parts: object) -> HallNow:
    made = HallNow(at=TEN, seq=1, hall="厅", groups=(), windows=(), devices=(), ratings={})
    return made.model_copy(update=parts)


def _see(**parts: object) -> Picture:
    return picture(_hall(**parts), Thresholds(warn=25, alert=40))


def _recovery(*awaited: str, is_open: bool = True) -> RecoveryNow:
    return RecoveryNow(
        reason=RecoveryReason.RESTORED, began_at=BEGAN, known_until=KNOWN, awaited=awaited, open=is_open
    )  # fmt: skip


def _unsure(number: str = "A017", state: str = "called") -> UncertainNow:
    return UncertainNow(ticket="t" + number, number=number, group="社保", issued_at=TEN - MINUTE, state=state)


def _lane(lane: int = 1, seen: int | None = TEN - MINUTE, **more: object) -> LaneNow:
    made = LaneNow(lane=lane, device=f"kiosk-{lane}", seen=seen, behind=0, plan_until=date(1970, 1, 8))
    return made.model_copy(update=more)


def _issuer(*lanes: LaneNow, **parts: object) -> Issuer:
    return _see(lanes=lanes, **parts).mending.issuers[0]


def test_an_ordinary_day_has_nothing_to_mend() -> None:
    shown = _see(lanes=(_lane(),))
    assert (shown.headline, shown.alerts) == ("一切正常", ())
    assert (shown.mending.set_back, shown.mending.unsure, shown.mending.doubles) == (None, (), ())


def test_a_set_back_says_since_when_until_when_and_who_is_awaited() -> None:
    shown = _see(recovery=_recovery("kiosk-2", "window-3"), uncertain=(_unsure(),))
    band = shown.mending.set_back
    assert band is not None
    assert (band.tone, band.title) == (Tone.ALARM, "服务器的记录退回到了 08:55")
    assert band.words.startswith("09:55 发现：有人恢复了备份。取号照常。")
    assert (band.awaited, band.may_end) == ("还在等：kiosk-2、window-3", True)
    assert band.silent == ("kiosk-2", "window-3")
    assert shown.headline == "服务器退回过，请核实名单"


def test_when_nobody_is_awaited_there_is_nothing_to_end() -> None:
    band = _see(recovery=_recovery()).mending.set_back
    assert band is not None
    assert not band.may_end


def test_the_band_stays_calmer_until_the_last_uncertain_ticket_is_decided() -> None:
    band = _see(recovery=_recovery(is_open=False), uncertain=(_unsure(), _unsure("A018"))).mending.set_back
    assert band is not None
    assert (band.tone, band.title, band.may_end) == (Tone.CAUTION, "还有 2 张号要核实", False)
    assert _see(recovery=_recovery(is_open=False)).mending.set_back is None


def test_an_uncertain_ticket_says_when_it_was_taken_and_how_it_stood() -> None:
    called, waiting = _see(recovery=_recovery(), uncertain=(_unsure(), _unsure("A2-004", "waiting"))).mending.unsure
    assert (called.number, called.group, called.taken, called.state) == ("A017", "社保", "09:59", "叫到过")
    assert (waiting.number, waiting.state, waiting.back) == ("A2-004", "在等", "恢复排队")
    assert called.back == "还在窗口"


def test_a_double_number_goes_before_everything_but_the_journal() -> None:
    double = DoubleNow(ticket="d", number="A023", service="社保卡", device="kiosk-2", issued_at=TEN - 90 * MINUTE)
    shown = _see(doubles=(double,), recovery=_recovery("kiosk-1"))
    assert shown.headline == "有号打重了，请找到持号人"
    assert shown.mending.doubles[0].told == "kiosk-2 08:30 打出的那一张，社保卡"
    assert _see(doubles=(double,), journal_ok=False).headline.startswith("流水记录对不上")


def test_an_issuer_says_how_it_numbers_and_what_is_missing() -> None:
    well = _issuer(_lane(behind=3))
    assert (well.tone, well.state, well.plan, well.may_retire) == (Tone.GOOD, "正常", "号段到 1 月 8 日", False)
    assert well.notes == ("还有 3 条记录没报上来",)
    assert _issuer(_lane(plan_until=None)).plan == "用机号出号，如 A1-001"
    troubled = _issuer(_lane(trouble="两台机器用了同一份数据"))
    assert (troubled.tone, troubled.notes) == (Tone.CAUTION, ("两台机器用了同一份数据",))


def test_only_an_issuer_that_is_silent_can_be_retired() -> None:
    gone = GoneNow(device="kiosk-1", kind=DeviceKind.KIOSK, since=TEN - 47 * MINUTE)
    silent = _issuer(_lane(seen=TEN - 47 * MINUTE), gone=(gone,))
    assert (silent.tone, silent.state, silent.may_retire) == (Tone.ALARM, "失联，09:13 起", True)
    after_hours = _issuer(_lane(seen=TEN - 47 * MINUTE))
    assert (after_hours.tone, after_hours.may_retire) == (Tone.OFF, True)
    assert _issuer(_lane(seen=None)).state == "还没有连上过"
    retired = _issuer(_lane(seen=None, retired=True))
    assert (retired.state, retired.plan, retired.may_retire) == ("已停用", "不再出号", False)


def test_a_replaced_lane_names_the_new_one() -> None:
    renewed = _lane(2, replaces=1).model_copy(update={"device": _lane(1).device})
    new, old = _see(lanes=(_lane(1), renewed)).mending.issuers
    assert (new.lane, new.notes) == (2, ("接替机号 1",))
    assert (old.lane, old.tone, old.state) == (1, Tone.OFF, "已换成机号 2")


def test_a_copy_under_another_name_leaves_the_original_in_service() -> None:
    original, copy = _see(lanes=(_lane(1), _lane(2, replaces=1))).mending.issuers
    assert (original.lane, original.tone, copy.lane, copy.notes) == (1, Tone.GOOD, 2, ("接替机号 1",))


def test_a_device_that_is_gone_is_an_alarm_with_what_to_do() -> None:
    gone = GoneNow(device="7 号窗口", kind=DeviceKind.WINDOW, since=TEN - 20 * MINUTE, window=7)
    never = GoneNow(device="kiosk-9", kind=DeviceKind.KIOSK, since=None)
    shown = _see(gone=(gone, never))
    assert shown.headline == "有设备失联，请派人去看"
    assert [(alert.tone, alert.title) for alert in shown.alerts] == [
        (Tone.ALARM, "7 号窗口 失联，09:40 起"),
        (Tone.ALARM, "kiosk-9 还没有连上过"),
    ]
    assert "手工叫号单" in shown.alerts[0].advice


def _late(*times: tuple[float, int], device: str = "kiosk-1", more: int = 0) -> MergedNow:
    each = tuple(CameIn(at=TEN - round(ago * MINUTE), tickets=tickets) for ago, tickets in times)
    return MergedNow(device=device, at=each[0].at, tickets=sum(one.tickets for one in each) + more, each=each)


def test_what_came_late_is_one_line_for_each_kiosk_however_often_it_was_back() -> None:
    shown = _see(merged=(_late((2, 12), (9, 1), (100, 3), more=5), _late((50, 4), device="kiosk-2")))
    assert [late.title for late in shown.mending.late] == [
        "kiosk-1：今天补入 21 张离线号，最近 09:58",
        "kiosk-2：今天补入 4 张离线号，最近 09:10",
    ]
    assert shown.mending.late[0].times == ("09:58 补入 12 张", "09:51 补入 1 张", "08:20 补入 3 张", "更早 5 张")
    assert (shown.headline, shown.alerts) == ("一切正常", ())


def test_calls_by_hand_that_nobody_told_of_are_calm_news() -> None:
    (alert,) = _see(hand_calls_open=2).alerts
    assert (alert.tone, alert.title) == (Tone.CALM, "有 2 个手工叫过的号还没有底")


def test_a_lane_that_is_only_history_is_seen_with_who_goes_on_with_it() -> None:
    old, new = _lane(3, past=True, device="kiosk-1"), _lane(4, device="kiosk-2", replaces=3)
    unused = _lane(2, past=True, seen=None)
    mending = _see(lanes=(unused, old, new)).mending
    assert [issuer.lane for issuer in mending.issuers] == [4]
    assert mending.issuers_summary == "1 个"
    assert [(issuer.lane, issuer.state, issuer.may_retire) for issuer in mending.past] == [
        (2, "已不用", False),
        (3, "已换号", False),
    ]
    assert mending.past[1].notes == ("最后连上 09:59", "由 kiosk-2 机号 4 接替")


def test_backups_are_told_like_any_device() -> None:
    late = DeviceNow(device="server", part="backup", state="attention", problem="晚了", advice="请看磁盘", since=0)
    drill = late.model_copy(update={"part": "backup_drill", "state": "online", "problem": "", "advice": ""})
    shown = _see(devices=(late, drill))
    assert [row.name for row in shown.devices] == ["服务器 备份", "服务器 备份演练"]
    assert (shown.alerts[0].title, shown.alerts[0].advice) == ("服务器 备份：晚了", "请看磁盘")


def test_a_window_that_is_awaited_needs_somebody_who_signs_in() -> None:
    band = _see(recovery=_recovery("kiosk-2", "3 号窗口")).mending.set_back
    assert band is not None
    assert band.awaited == "还在等：kiosk-2、3 号窗口。窗口要有人登录一次，才能报上记得的叫号"


def test_what_came_late_is_not_said_to_be_in_the_queue_while_some_of_it_is_uncertain() -> None:
    fresh = _late((2, 12))
    plain, unsure = (_see(merged=(fresh,), uncertain=those).mending.late[0].advice for those in ((), (_unsure(),)))
    assert plain.startswith("已按取号时间排进队里")
    assert "待核实" not in plain
    assert "待核实" in unsure
    assert "不会自动叫" in unsure
    assert "已按" not in unsure
