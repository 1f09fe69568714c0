"""What every call pad promises, whatever its make: a device that tells which key a clerk pressed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from devices.device import Device


class PadKey(StrEnum):
    """The keys a call pad 物理呼叫器 may have: ten digits and the acts of a window. No pad needs all of them."""

    DIGIT_0 = "0"
    DIGIT_1 = "1"
    DIGIT_2 = "2"
    DIGIT_3 = "3"
    DIGIT_4 = "4"
    DIGIT_5 = "5"
    DIGIT_6 = "6"
    DIGIT_7 = "7"
    DIGIT_8 = "8"
    DIGIT_9 = "9"
    ENTER = "enter"  # 确认
    CLEAR = "clear"  # 清除
    CALL_NEXT = "call_next"  # 叫号
    RECALL = "recall"  # 重呼
    MISS = "miss"  # 过号
    START = "start"  # 开始办理
    FINISH = "finish"  # 办理完毕
    TRANSFER = "transfer"  # 转移
    HOLD = "hold"  # 挂起
    PAUSE = "pause"  # 暂停, and 恢复 when paused
    SIGN_OUT = "sign_out"  # 退出


@dataclass(frozen=True, slots=True, repr=False)
class KeyPressed:
    """A clerk pressed a key; once for each press. Digits may be a PIN, so no key is ever printed or logged."""

    key: PadKey

    def __repr__(self) -> str:
        return "KeyPressed()"


class CallPad(Device, Protocol):
    """A device whose `on_event` callback receives `KeyPressed`, on the device's own thread."""

    def show(self, text: str) -> None:
        """Put a short text on the pad's own display, where it has one; returns at once, callable from any thread.

        Only the newest text counts. What does not fit is cut at the pad's width.
        """
        ...
