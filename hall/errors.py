"""What can go wrong, as one tree; every room hangs its own branch here.

OneWindowError                   root; carries a stable code, whether to retry, and what the person should do
├── WorldError                   the world's fault (cable, paper, disk, network): retry, tell people kindly
│   ├── devices.errors           a device does not answer, answers wrongly, says that it is broken
│   ├── queue_server.link.errors the server is away, refuses, speaks another version; a device's own file fails
│   ├── queue_server.store.errors, queue_server.voice.errors    the hall's database; the spoken call
│   ├── queue_server.api.errors   the forecast does not answer
│   ├── queue_server.relay.errors the hall is silent, or the relay's key cannot be used
│   └── kiosk.errors             a kiosk that was never given a catalogue
├── InputError                   what somebody wrote or sent is not acceptable; says where and how to mend it
│   ├── MistakesError            several mistakes, told all at once
│   │   ├── CatalogError         a catalogue with mistakes
│   │   ├── ConfigError          settings with mistakes
│   │   ├── StartError           (queue_server.startup) the server cannot start as things stand
│   │   ├── BookingFileError     (queue_server.operations.errors) a file of appointments with mistakes
│   │   └── LogError             (queue_server.forecast.errors) a log of past visits that cannot be evaluated
│   ├── GroupingError            (hall.grouping) figures cannot be told apart like that
│   ├── CodeError                a slip code or a scanned text that does not verify
│   ├── queue_server.api.errors, queue_server.operations.errors    what the server takes from nobody
│   └── window_client.errors     a script that asks for what is not there
└── BugError                     ours: a broken invariant; safe stop of that one act, alarm, a failing test

The installer's errors stand beside what raises them.

A refusal by rule ("this clerk already serves someone") is not an error but a `hall.wire.replies.Refusal`.
"""

import errno
from enum import StrEnum


class Retry(StrEnum):
    """Whether doing the same again can help."""

    NOW = "now"  # transient: again at once is fine
    LATER = "later"  # back off, then again
    AFTER_MENDING = "after_mending"  # only after a person has acted as `advice` says
    NEVER = "never"  # the same input will always fail


class OneWindowError(Exception):
    """Root of everything the product raises on purpose.

    Attributes:
        code: Stable identifier for logs, docs and integrators, such as `printer.paper_end`.
        retry: Whether the same act can succeed later.
        advice: What the person in front of the message should do, in plain Chinese; empty when there is nothing to do.
    """

    code = "onewindow.error"
    retry = Retry.NEVER
    advice = ""

    def __init__(self, message: str, *, advice: str | None = None) -> None:
        super().__init__(message)
        if advice is not None:
            self.advice = advice


class WorldError(OneWindowError):
    """The world failed: hardware, network, disk. Nothing durable is lost; waiting or mending helps."""

    code = "world.error"
    retry = Retry.LATER


class InputError(OneWindowError):
    """Somebody's text, file or request is not acceptable; the message says where and what to change."""

    code = "input.error"
    retry = Retry.AFTER_MENDING


class MistakesError(InputError):
    """Several mistakes in one file, reported together so that one round of mending is enough."""

    code = "input.mistakes"
    advice = "按上面逐条修改，保存后再试一次"

    def __init__(self, what: str, mistakes: "list[str] | tuple[str, ...]") -> None:
        super().__init__("\n".join([f"{what}：{len(mistakes)} 处需要修改", *(f"  {m}" for m in mistakes)]))
        self.mistakes = tuple(mistakes)


class CatalogError(MistakesError):
    """The catalogue of services cannot be published as it stands."""

    code = "catalog.mistakes"


class ConfigError(MistakesError):
    """A settings file cannot be used as it stands."""

    code = "config.mistakes"


class CodeError(InputError):
    """A slip code that is damaged, forged or of another hall. Never opened as an address."""

    code = "code.invalid"
    retry = Retry.NEVER


class BugError(OneWindowError):
    """An invariant of ours is broken. The act stops, nothing else does."""

    code = "bug"


_SYSTEM = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "磁盘是只读的",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径中间不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EIO: "磁盘读写出错，可能要坏",
    errno.EADDRINUSE: "已被占用",
    errno.EADDRNOTAVAIL: "这台电脑没有这个地址",
    errno.ECONNREFUSED: "那里没有程序在接听",
    errno.ECONNRESET: "连接断了",
    errno.ETIMEDOUT: "没有回应",
    errno.EHOSTUNREACH: "网络不通",
    errno.ENETUNREACH: "网络不通",
    -2: "没有这个主机名",  # what the resolver says on Linux (EAI_NONAME) is no errno
}


def system_words(error: OSError) -> str:
    """What the system says of a file or a port: in Chinese first, its own words second."""
    said = error.strerror or str(error)
    ours = _SYSTEM.get(error.errno or 0)
    return f"{ours}（{said}）" if ours else said


def file_words(error: OSError | UnicodeDecodeError) -> str:
    """What is wrong with a file of text, as `system_words`."""
    return f"不是 UTF-8 文字（{error}）" if isinstance(error, UnicodeDecodeError) else system_words(error)


def plain_words(error: OneWindowError) -> str:
    """What a person in front of a terminal reads, line by line: Chinese first, a developer's English second."""
    words, advice = str(error), error.advice
    first = any("\u4e00" <= sign <= "\u9fff" for sign in words)
    return "\n".join(line for line in ((words, advice) if first else (advice, words)) if line)
