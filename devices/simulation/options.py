"""Numbers on a twin's command line, checked where they are typed."""

import argparse

_PORTS = 65_535


def tcp_port(text: str) -> int:
    """A TCP port; 0 lets the system choose.

    Raises:
        ArgumentTypeError: It is none.
    """
    if not (text.isdecimal() and int(text) <= _PORTS):
        raise argparse.ArgumentTypeError(f"{text} 不是端口，应为 0 到 {_PORTS}")
    return int(text)


def above_zero(text: str) -> float:
    """A number greater than 0.

    Raises:
        ArgumentTypeError: It is none.
    """
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} 应是大于 0 的数")
    return number


def whole_above_zero(text: str) -> int:
    """A whole number greater than 0.

    Raises:
        ArgumentTypeError: It is none.
    """
    if not (text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text} 应是大于 0 的整数")
    return int(text)
