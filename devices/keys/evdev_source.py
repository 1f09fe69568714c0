"""Keyboards through the Linux input layer, by evdev; the only place that imports it, and only when it is needed.

A named pipe in place of a keyboard is read as a twin's: the same records, nothing to grab.
"""

import errno
import os
import select
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from devices.errors import DeviceFault, DeviceMissing

if TYPE_CHECKING:
    from evdev import InputEvent

_EV_KEY = 1
_DOWN = 1  # 0 is up, 2 repeats a key held down


class _Keyboard(Protocol):
    fd: int

    def grab(self) -> None: ...

    def read(self) -> "Iterator[InputEvent]": ...

    def close(self) -> None: ...


class EvdevSource:
    """One keyboard; see KeySource.

    Args:
        path: A name that stays, such as `/dev/input/by-id/usb-…-event-kbd`.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._keyboard: _Keyboard | None = None
        self._names: dict[int, str] = {}

    def open(self, names: frozenset[str]) -> None:
        """See KeySource."""
        self.close()
        self._names = codes(names)
        with self._named_errors():
            self._keyboard = _opened(self._path)
            self._keyboard.grab()
            while self._waiting(0.0) and list(self._keyboard.read()):
                pass  # typed before anybody listened

    def read(self, timeout_s: float) -> list[str]:
        """See KeySource."""
        if self._keyboard is None:
            raise DeviceMissing(f"键盘 {self._path} 没有打开")
        with self._named_errors():
            if not self._waiting(timeout_s):
                return []
            events = list(self._keyboard.read())
            if not events:
                raise DeviceMissing(f"键盘 {self._path} 已拔掉")
        return [
            self._names[event.code]
            for event in events
            if event.type == _EV_KEY and event.value == _DOWN and event.code in self._names
        ]

    def close(self) -> None:
        """See KeySource; the kernel lets a keyboard go with its descriptor."""
        keyboard, self._keyboard = self._keyboard, None
        if keyboard is not None:
            with suppress(OSError):
                keyboard.close()

    def _waiting(self, timeout_s: float) -> bool:
        assert self._keyboard is not None
        return bool(select.select([self._keyboard.fd], [], [], timeout_s)[0])

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as refused:
            raise _named(self._path, refused) from refused


def _named(path: str, refused: OSError) -> DeviceMissing:
    if refused.errno == errno.EBUSY:
        return DeviceMissing(
            f"键盘 {path} 已被占用", code="keys.taken", words="被别的程序占用", advice="请先关闭占用这个键盘的程序"
        )
    if refused.errno == errno.EACCES:
        return DeviceMissing(
            f"键盘 {path} 不许读取",
            code="keys.forbidden",
            words="没有读取的权限",
            advice="请把运行程序的用户加入 input 组",
        )
    return DeviceMissing(f"键盘 {path} 不可用：{refused.strerror}")


def every_name() -> frozenset[str]:
    """A name of every key there is, for those who do not know yet which ones matter.

    Raises:
        DeviceFault: A computer without an input layer.
    """
    codes(frozenset())
    from evdev import ecodes

    return frozenset(_first(names) for names in ecodes.keys.values())


def _first(names: str | tuple[str, ...]) -> str:
    return names if isinstance(names, str) else names[-1]


def codes(names: frozenset[str]) -> dict[int, str]:
    """The key codes of the input layer → the names given.

    Raises:
        DeviceFault: A name that no key has, or a computer without an input layer.
    """
    try:
        from evdev import ecodes
    except ImportError as absent:
        raise DeviceFault(
            "no evdev here",
            code="keys.no_evdev",
            words="这台电脑不能独占键盘",
            advice="USB 小键盘只能接在 Linux 电脑上",
        ) from absent
    unknown = sorted(names - set(ecodes.ecodes))
    if unknown:
        raise DeviceFault(
            f"没有这些键：{'、'.join(unknown)}",
            code="keys.unknown_name",
            words="设置里有不存在的按键名",
            advice=f"请改正设置里的按键名 {unknown[0]}",
        )
    return {ecodes.ecodes[name]: name for name in names}


def _opened(path: str) -> _Keyboard:
    from evdev import InputDevice
    from evdev.eventio import EventIO

    class Pipe(EventIO):
        def __init__(self) -> None:
            self.fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

        def grab(self) -> None:
            pass

        def close(self) -> None:
            os.close(self.fd)

    if Path(path).is_fifo():
        return Pipe()
    return InputDevice(path)
