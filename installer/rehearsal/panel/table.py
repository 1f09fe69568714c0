"""What the panel offers, as data: twins, what hands do to them, what can go wrong, and how their state reads.

A new twin joins with one entry of TWINS. A button is shown only if the running twin has its act (and fault), so an
entry may name more than today's twin can do. Every word stands in Chinese and in English.

It is long because it is one table: every button of the panel is a line of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from installer.rehearsal.invited import SEED as BOOKED


class Words(NamedTuple):
    """The same in both languages."""

    zh: str
    en: str


class Given(Enum):
    """What the panel puts in place of an argument when a button is pressed."""

    SEED = "a random number, for an invented person"
    CODE = "the text in the code field"


@dataclass(frozen=True)
class Button:
    """One press: an act with its arguments.

    Attributes:
        words: On the button.
        act: Of the twin.
        arguments: Values, or Given.
        nothing: A key of the answer, and what to say when nothing stands there.
    """

    words: Words
    act: str
    arguments: Mapping[str, object] = field(default_factory=dict)
    nothing: tuple[str, Words] | None = None

    @property
    def fault(self) -> str:
        """The fault it asks for, empty for another act."""
        return str(self.arguments["kind"]) if self.act == "fault" else ""


class Sign(NamedTuple):
    """How one value of a twin's state reads; `value` None is any that is not empty, written for `{}`."""

    key: str
    value: object
    words: Words


@dataclass(frozen=True)
class Twin:
    """One kind of device on the panel."""

    kind: str
    words: Words
    icon: str
    acts: tuple[Button, ...]
    faults: tuple[Button, ...]
    signs: tuple[Sign, ...]
    options: tuple[str, ...] = ()  # of `devices simulate KIND`; {folder} is a folder of this panel's own


def _act(zh: str, en: str, act: str, **arguments: object) -> Button:
    return Button(Words(zh, en), act, arguments)


def _fault(kind: str, zh: str, en: str) -> Button:
    return _act(zh, en, "fault", kind=kind)


def _lasting(kind: str, zh: str, en: str) -> Button:
    """A fault that spoils every answer until it is mended."""
    return _act(zh, en, "fault", kind=kind, count=None)


def _sign(key: str, value: object, zh: str, en: str) -> Sign:
    return Sign(key, value, Words(zh, en))


def _when(key: str, zh: str, en: str) -> Sign:
    return Sign(key, value=True, words=Words(zh, en))


def _unless(key: str, zh: str, en: str) -> Sign:
    return Sign(key, value=False, words=Words(zh, en))


def _any(key: str, zh: str, en: str) -> Sign:
    return Sign(key, None, Words(zh, en))


_MEND = _act("恢复正常", "Mend all", "mend")
_UNPLUG = _act("拔线", "Unplug", "unplug")
_PLUG = _act("插回", "Plug in", "plug")
_UNPLUGGED = _unless("plugged", "线拔了", "unplugged")
_SERIAL_FAULTS = (
    _UNPLUG,
    _PLUG,
    _MEND,
    _act("波特率不对", "Wrong baud", "baud", rate=19200),
    _act("波特率改回", "Right baud", "baud"),
    _lasting("silence", "不应答", "Silent"),
    _lasting("flipped_bit", "错一位", "Flipped bit"),
    _lasting("truncated", "只来一半", "Truncated"),
    _lasting("stray_bytes", "多余字节", "Stray bytes"),
    _lasting("split_writes", "分段到达", "Split writes"),
)

TWINS = (
    Twin(
        "id_card",
        Words("身份证阅读器", "ID card reader"),
        "card_reader",
        acts=(
            _act("放身份证", "Lay ID card", "lay", seed=Given.SEED),
            _act("放有预约的身份证", "Lay booked ID card", "lay", seed=BOOKED),
            _act("放港澳台证", "Lay HK/MO/TW permit", "lay", seed=Given.SEED, kind="hmt_permit"),
            _act("放永居证 2017", "Lay foreigner 2017", "lay", seed=Given.SEED, kind="foreigner_2017"),
            _act("放永居证 2023", "Lay foreigner 2023", "lay", seed=Given.SEED, kind="foreigner_2023"),
            _act("拿走", "Lift", "lift"),
        ),
        faults=(
            *_SERIAL_FAULTS,
            _lasting("extra_aa", "多一个 AA", "Extra AA"),
            _lasting("oem_timeout", "厂家超时应答", "OEM timeout"),
            _fault("reset", "应答中重启", "Reset mid-frame"),
            _lasting("80", "找不到卡 80", "No card 80"),
            _lasting("81", "选卡失败 81", "Select failed 81"),
            _lasting("40", "不是身份证 40", "Wrong card 40"),
            _lasting("41", "读卡失败 41", "Read failed 41"),
            _lasting("31", "卡不认机 31", "Card refuses 31"),
            _lasting("32", "机不认卡 32", "SAM refuses 32"),
            _lasting("33", "信息校验错 33", "Not genuine 33"),
            _lasting("47", "随机数失败 47", "No random 47"),
            _lasting("10", "校验不对 10", "Checksum 10"),
            _lasting("11", "长度不对 11", "Length 11"),
            _lasting("21", "命令不对 21", "Command 21"),
            _lasting("24", "未知错误 24", "Unknown 24"),
            _lasting("60", "自检失败 60", "Self test 60"),
            _lasting("66", "未授权 66", "Unlicensed 66"),
            _act("读卡慢 1 秒", "Slow card 1 s", "slow_rf", seconds=1.0),
            _act("读卡不慢", "Card not slow", "slow_rf", seconds=0.0),
            _act("不拿起可再读", "Re-read as it lies", "latch", on=False),
            _act("拿起才再读", "Lift to re-read", "latch", on=True),
        ),
        signs=(
            _UNPLUGGED,
            _when("card", "卡在上面", "card lying on it"),
            _unless("card", "没有卡", "no card"),
            _any("reads", "读过 {} 次", "{} reads"),
        ),
        options=("--link", "{folder}/id_card"),
    ),
    Twin(
        "scanner",
        Words("扫码器", "Scanner"),
        "qr",
        acts=(
            _act("出示二维码", "Show this code", "show", text=Given.CODE),
            _act("出示网址码", "Show a web code", "show", text="https://example.invalid/?a=1"),
            _act("出示中文码 GBK", "Show GBK code", "show", text="一窗通，你好", encoding="gb18030"),
            _act("出示三次", "Show three times", "show", text=Given.CODE, times=3),
        ),
        faults=(
            *_SERIAL_FAULTS,
            _act("先回一个应答", "Ack before code", "show", text=Given.CODE, acknowledged=True),
            _act("没有结束符", "No suffix", "show", text=Given.CODE, suffix="none"),
            _act("乱码", "Noise bytes", "show", bytes_hex="ff fe 81 00 1b 40"),
        ),
        signs=(_UNPLUGGED, _any("shown", "出示过 {} 次", "{} shown")),
        options=("--link", "{folder}/scanner"),
    ),
    Twin(
        "camera",
        Words("摄像头", "Camera"),
        "camera",
        acts=(
            _act("出示二维码", "Show this code", "show", text=Given.CODE),
            _act("出示 Code 128", "Show Code 128", "show", text=Given.CODE, symbology="Code 128"),
            _act("出示 PDF417", "Show PDF417", "show", text=Given.CODE, symbology="PDF417"),
            _act("放护照", "Lay a passport", "show_document", seed=Given.SEED),
            _act("放通行证", "Lay a permit", "show_document", seed=Given.SEED, shape="TD1"),
            _act("拿开", "Clear", "clear"),
        ),
        faults=(
            _fault("covered", "遮住", "Covered"),
            _fault("dark", "全黑", "Dark"),
            _fault("frozen", "画面不动", "Frozen"),
            _fault("gone", "摄像头没了", "Gone"),
            _act("回来", "Back", "mend"),
        ),
        signs=(
            _sign("fault", "covered", "被遮住", "covered"),
            _sign("fault", "dark", "全黑", "dark"),
            _sign("fault", "frozen", "画面不动", "frozen"),
            _sign("fault", "gone", "没了", "gone"),
            _any("shown", "出示过 {} 次", "{} shown"),
        ),
        options=("--port", "0"),
    ),
    Twin(
        "printer",
        Words("打印机", "Printer"),
        "printer",
        acts=(
            Button(
                Words("取走取号单", "Take the slip"), "pull", {}, ("taken", Words("出纸口没有取号单", "No slip there"))
            ),
            _act("装纸", "Load paper", "paper", state="ok"),
            _act("合上上盖", "Close cover", "cover", state="closed"),
        ),
        faults=(
            _UNPLUG,
            _PLUG,
            _MEND,
            _act("上盖打开", "Cover open", "cover", state="open"),
            _act("纸快用完", "Near end", "paper", state="near_end"),
            _act("缺纸", "Paper out", "paper", state="out"),
            _act("打到一半没纸", "Out mid-slip", "roll", dots=240),
            _act("打完这张没纸", "Out after slip", "roll", slips=1),
            _act("脱机", "Offline", "offline", state="on"),
            _act("联机", "Online", "offline", state="off"),
            _act("按住走纸键", "Hold feed key", "feed_button", state="down"),
            _act("松开走纸键", "Let feed key go", "feed_button", state="up"),
            _act("切刀卡住", "Cutter jam", "cutter", state="jammed"),
            _act("打印头过热", "Head hot", "hot", state="on"),
            _act("机器坏了", "Broken", "broken", state="on"),
            _act("不应答", "Silent", "silent", state="on"),
            _act("恢复应答", "Answers again", "silent", state="off"),
            _act("慢 20 秒", "Slow 20 s", "slow", seconds=20.0),
            _act("不慢", "Not slow", "slow", seconds=0.0),
            _fault("lies", "没纸说有纸", "Lies: says ok"),
            _act("说实话", "Honest again", "lies", state="off"),
            _act("断电", "Power off", "power", state="off"),
            _act("通电", "Power on", "power", state="on"),
            _act("断开连接", "Cut connection", "cut_connection"),
            _act("打到一半断开", "Cut mid-job", "cut_connection", after_bytes=2000),
        ),
        signs=(
            _UNPLUGGED,
            _sign("paper", "ok", "有纸", "paper ok"),
            _sign("paper", "near_end", "纸快用完", "paper near end"),
            _sign("paper", "out", "没有纸", "paper out"),
            _when("cover_open", "上盖开着", "cover open"),
            _when("offline", "脱机", "offline"),
            _when("cutter_jammed", "切刀卡住", "cutter jammed"),
            _when("hot", "过热", "hot"),
            _when("broken", "坏了", "broken"),
            _when("silent", "不应答", "silent"),
            _when("lies", "总说正常", "lies"),
            _any("waiting", "出纸口有 {} 张", "{} to take"),
        ),
        options=("--port", "0", "--out", "{folder}/slips"),
    ),
    Twin(
        "rating_pad",
        Words("评价器", "Rating pad"),
        "star",
        acts=tuple(
            _act(zh, en, "press", level=level)
            for level, zh, en in (
                (5, "非常满意", "Very good"),
                (4, "满意", "Good"),
                (3, "基本满意", "Fair"),
                (2, "不满意", "Bad"),
                (1, "非常不满意", "Very bad"),
            )
        ),
        faults=_SERIAL_FAULTS,
        signs=(
            _UNPLUGGED,
            _any("invited", "请评价 {} 次", "{} invitations"),
            _any("pressed", "按过 {} 次", "{} presses"),
        ),
        options=("--link", "{folder}/rating_pad"),
    ),
    Twin(
        "call_pad",
        Words("呼叫器", "Call pad"),
        "keypad",
        acts=tuple(
            _act(zh, en, "press", key=key)
            for key, zh, en in (
                ("call_next", "叫号", "Call next"),
                ("recall", "重呼", "Recall"),
                ("miss", "过号", "Missed"),
                ("start", "开始办理", "Start"),
                ("finish", "办理完毕", "Finish"),
                ("pause", "暂停", "Pause"),
                ("transfer", "转移", "Transfer"),
                ("hold", "挂起", "Hold"),
                ("enter", "确认", "Enter"),
                ("clear", "清除", "Clear"),
                *((str(digit), str(digit), str(digit)) for digit in range(10)),
            )
        ),
        faults=_SERIAL_FAULTS,
        signs=(
            _UNPLUGGED,
            _any("text", "显示「{}」", "shows “{}”"),
            _any("pressed", "按过 {} 次", "{} presses"),
        ),
        options=("--link", "{folder}/call_pad"),
    ),
    Twin(
        "keyboard",
        Words("USB 小键盘", "USB keypad"),
        "keypad",
        acts=(
            *(_act(str(digit), str(digit), "press", key=f"KEY_KP{digit}") for digit in range(10)),
            _act("回车", "Enter", "press", key="KEY_KPENTER"),
            _act("加号", "Plus", "press", key="KEY_KPPLUS"),
            _act("减号", "Minus", "press", key="KEY_KPMINUS"),
        ),
        faults=(_UNPLUG, _PLUG, _act("1 按住不放", "1 held down", "press", key="KEY_KP1", held=9)),
        signs=(_UNPLUGGED, _any("pressed", "按过 {} 次", "{} presses")),
        options=("--link", "{folder}/keyboard"),
    ),
    Twin(
        "led_display",
        Words("窗口屏", "LED display"),
        "monitor",
        acts=(),
        faults=(
            *_SERIAL_FAULTS,
            _act("拒绝一次", "Refuse once", "refuse", count=1),
            _act("断电再来电", "Restart", "restart"),
        ),
        signs=(
            _UNPLUGGED,
            _any("text", "显示「{}」", "shows “{}”"),
            _any("interrupted", "被打断 {} 次", "interrupted {} times"),
        ),
        options=("--link", "{folder}/led_display"),
    ),
)

SAY = {
    "start": Words("选一个设备，点一个按钮试试", "Choose a device and press a button"),
    "acts": Words("动作", "Hands"),
    "faults": Words("故障", "Faults"),
    "code": Words("取走取号单后，这里是它的二维码", "The code of the slip you took"),
    "no_code": Words("请先填二维码的文字，或取走一张取号单", "Write the code's text first, or take a slip"),
    "language": Words("English", "中文"),
    "standard": Words("标准", "Standard"),
    "large_print": Words("大字", "Large"),
    "high_contrast": Words("高对比", "Contrast"),
    "gone": Words("不在运行", "not running"),
    "asking": Words("正在询问", "asking"),
    "well": Words("正常", "well"),
    "refused": Words("没有做成", "Not done"),
    "invented": Words("虚构人物", "invented person"),
    "up": Words("上一页", "Page up"),
    "down": Words("下一页", "Page down"),
    "slip": Words("最新一张取号单，或屏上的字", "The newest slip, or what the display shows"),
}
"""Words of the panel itself."""
