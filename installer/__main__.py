"""The verbs of ./onewindow. Each is one module, loaded only when asked for."""

import os
import signal
import sys
from importlib import import_module

from devices.signals import held_back
from installer.chinese import speak_chinese
from installer.verbs import VERBS

_HELP = ("help", "-h", "--help")
_INTERRUPTED = 130  # as shells count Ctrl-C
_UNREAD = 141  # as they count a reader that is gone
_WORD = "\n已中断"


def main(argv: list[str]) -> int:
    """Run one verb; returns the process's exit status."""
    try:
        status = _run(argv)
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = _INTERRUPTED
    except BrokenPipeError:  # who reads us has seen enough, as `head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = _UNREAD
    if status == _INTERRUPTED:
        print(_WORD, file=sys.stderr)
    return status


def _run(argv: list[str]) -> int:
    if argv and argv[0] in _HELP:
        argv = [*argv[1:2], "--help"] if argv[1:] else []
    if not argv:
        print("用法 / usage: ./onewindow VERB [ARGUMENT …]\n")
        print("\n".join(f"  {name:<10} {verb.summary}" for name, verb in VERBS.items()))
        return 0
    verb = VERBS.get(argv[0])
    if verb is None:
        print(f"没有「{argv[0]}」这个命令。运行 ./onewindow help 看全部命令。", file=sys.stderr)
        return 2
    with held_back():  # Qt's own loading aborts at an interrupt
        module = import_module(verb.module)
    status: int = module.main(argv[1:])
    return status


def _quiet_children() -> None:
    """At Ctrl-C a forked worker just ends; the one that was typed to says so."""
    if hasattr(os, "register_at_fork") and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        os.register_at_fork(after_in_child=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))


if __name__ == "__main__":
    speak_chinese()
    _quiet_children()
    sys.exit(main(sys.argv[1:]))
