"""The words of a call pad's display and of the strip over a window.

A pad's display may have no more than eight cells, four Chinese characters: what counts stands in them. How the strip
words a number is in `devices.led_display.texts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hall.wire.replies import Refusal
from window_client.desk.situation import Act


@dataclass(frozen=True, slots=True)
class PadPhrases:
    """What pad and strip say in one language; `{…}` are places for figures and numbers."""

    # The pad, while nobody is signed in.
    enter_staff: str
    enter_pin: str
    staff_short: str
    pin_short: str
    entering: str
    refused_in: str
    locked: str
    sign_in_first: str
    sign_in_again: str

    # The pad, signed in.
    connecting: str
    away: str
    waiting: str
    nobody: str
    called: str
    serving: str
    paused: str
    closed: str
    choice: str
    no_choice: str
    nowhere: str
    acts: Mapping[Act, str]
    doing: str
    not_now: str
    finish_first: str
    not_answered: str
    kept: str
    refusals: Mapping[Refusal, str]

    # The strip.
    welcome: str
    in_service: str
    no_service: str


CHINESE_PAD = PadPhrases(
    enter_staff="输入工号",
    enter_pin="输入口令",
    staff_short="工号太短",
    pin_short="口令太短",
    entering="正在登录",
    refused_in="登录失败",
    locked="账号锁定",
    sign_in_first="请先登录",
    sign_in_again="重新登录",
    connecting="正在连接",
    away="断线重连",
    waiting="等候{count}人",
    nobody="没人在等",
    called="{number}叫{calls}次",
    serving="{number}办理",
    paused="已暂停",
    closed="未开放",
    choice="{place}{name}",
    no_choice="没有{place}类",
    nowhere="没有别类",
    acts={
        Act.CALL_NEXT: "叫号",
        Act.START: "开始",
        Act.START_WITHOUT_TICKET: "无号",
        Act.NEXT_SERVICE: "再办",
        Act.FINISH: "办完",
        Act.RECALL: "重呼",
        Act.MISS: "过号",
        Act.TRANSFER: "转移",
        Act.HOLD: "挂起",
        Act.PAUSE: "暂停",
        Act.RESUME: "恢复",
        Act.AUTO_CALL_ON: "自动",
        Act.AUTO_CALL_OFF: "手动",
        Act.UNDO: "撤销",
        Act.PUT_BACK: "回呼",
        Act.CALL_TICKET: "点叫",
        Act.ADOPT: "补入",
        Act.DECLARE_FAULT: "故障",
        Act.END_FAULT: "复原",
        Act.SIGN_OUT: "退出",
    },
    doing="正在{act}",
    not_now="不能{act}",
    finish_first="还没办完",
    not_answered="没有办成",
    kept="已记下",
    refusals={
        Refusal.NOBODY_WAITING: "没人在等",
        Refusal.WINDOW_BUSY: "还没办完",
        Refusal.WINDOW_NOT_OPEN: "没有开放",
        Refusal.UNKNOWN_TICKET: "没有此号",
        Refusal.NOT_THIS_WINDOW: "不在本窗",
        Refusal.WRONG_STATE: "号已变动",
        Refusal.TOO_MANY_RETURNS: "次数已满",
        Refusal.CALLED_TOO_SELDOM: "再叫一次",
        Refusal.CALLED_ENOUGH: "叫满次数",
        Refusal.CANNOT_SERVE: "不办这类",
        Refusal.UNDO_TOO_LATE: "不能撤销",
        Refusal.ALREADY_RATED: "已评价过",
        Refusal.NOT_ALLOWED: "没有权限",
        Refusal.WITHDRAWN: "请再按次",
        Refusal.BAD_CODE: "码认不出",
        Refusal.BAD_NUMBER: "号写错了",
        Refusal.BAD_TIME: "时间不对",
        Refusal.NOT_TODAY: "不是今天",
        Refusal.ALREADY_OVER: "已经办完",
        Refusal.NO_RECOVERY: "不用等了",
        Refusal.UNKNOWN_GROUP: "不能预约",
        Refusal.NO_SLOT: "没有时段",
        Refusal.PERSONAL_WORDS: "别写号码",
        Refusal.SYSTEM_FAULT: "系统故障",
        Refusal.UNKNOWN_LANE: "没有此机",
        Refusal.UNKNOWN_PLAN: "没有方案",
        Refusal.BAD_RULE: "规则不对",
        Refusal.CHANGED_MEANWHILE: "已被改过",
        Refusal.BAD_ARRANGEMENT: "设置不对",
        Refusal.NUMBERS_GIVEN: "有人用过",
        Refusal.PEOPLE_WAIT: "有人在等",
    },
    welcome="欢迎您",
    in_service="服务中",
    no_service="暂停服务",
)

ENGLISH_PAD = PadPhrases(
    enter_staff="Staff no",
    enter_pin="PIN",
    staff_short="Too few",
    pin_short="Too few",
    entering="Wait",
    refused_in="Refused",
    locked="Locked",
    sign_in_first="Sign in",
    sign_in_again="Sign in again",
    connecting="Connecting",
    away="Offline",
    waiting="{count} wait",
    nobody="Nobody",
    called="{number} x{calls}",
    serving="{number} now",
    paused="Paused",
    closed="Closed",
    choice="{place} {name}",
    no_choice="No {place}",
    nowhere="No other",
    acts={
        Act.CALL_NEXT: "call",
        Act.START: "start",
        Act.START_WITHOUT_TICKET: "no number",
        Act.NEXT_SERVICE: "go on",
        Act.FINISH: "finish",
        Act.RECALL: "recall",
        Act.MISS: "missed",
        Act.TRANSFER: "move",
        Act.HOLD: "hold",
        Act.PAUSE: "pause",
        Act.RESUME: "resume",
        Act.AUTO_CALL_ON: "auto",
        Act.AUTO_CALL_OFF: "manual",
        Act.UNDO: "undo",
        Act.PUT_BACK: "put back",
        Act.CALL_TICKET: "call it",
        Act.ADOPT: "adopt",
        Act.DECLARE_FAULT: "down",
        Act.END_FAULT: "up again",
        Act.SIGN_OUT: "leave",
    },
    doing="{act}...",
    not_now="No {act}",
    finish_first="Finish first",
    not_answered="Not done",
    kept="Kept",
    refusals={
        Refusal.NOBODY_WAITING: "Nobody",
        Refusal.WINDOW_BUSY: "Finish first",
        Refusal.WINDOW_NOT_OPEN: "Not open",
        Refusal.UNKNOWN_TICKET: "Unknown",
        Refusal.NOT_THIS_WINDOW: "Not here",
        Refusal.WRONG_STATE: "Changed",
        Refusal.TOO_MANY_RETURNS: "Too often",
        Refusal.CALLED_TOO_SELDOM: "Call again",
        Refusal.CALLED_ENOUGH: "Called enough",
        Refusal.CANNOT_SERVE: "Not ours",
        Refusal.UNDO_TOO_LATE: "Too late",
        Refusal.ALREADY_RATED: "Rated",
        Refusal.NOT_ALLOWED: "Not yours",
        Refusal.WITHDRAWN: "Press again",
        Refusal.BAD_CODE: "Bad code",
        Refusal.BAD_NUMBER: "Bad number",
        Refusal.BAD_TIME: "Bad time",
        Refusal.NOT_TODAY: "Not today",
        Refusal.ALREADY_OVER: "Over",
        Refusal.NO_RECOVERY: "Not awaited",
        Refusal.UNKNOWN_GROUP: "No group",
        Refusal.NO_SLOT: "No slot",
        Refusal.PERSONAL_WORDS: "No numbers",
        Refusal.SYSTEM_FAULT: "Sys down",
        Refusal.UNKNOWN_LANE: "No lane",
        Refusal.UNKNOWN_PLAN: "No plan",
        Refusal.BAD_RULE: "Bad rule",
        Refusal.CHANGED_MEANWHILE: "Changed",
        Refusal.BAD_ARRANGEMENT: "No fit",
        Refusal.NUMBERS_GIVEN: "In use",
        Refusal.PEOPLE_WAIT: "Waiting",
    },
    welcome="Welcome",
    in_service="Serving",
    no_service="Closed",
)
