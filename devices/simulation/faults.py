"""Faults by name: what can go wrong with a device, asked for on the command line of its twin or by a button.

A twin names its faults in `Simulator.faults`; each is one of its acts with fixed arguments.
"""

from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from devices.errors import ActRefused


@dataclass(frozen=True)
class FaultAct:
    """One fault of a twin.

    Attributes:
        words: In a few Chinese words, for help and buttons.
        act: The act that brings it about.
        arguments: What the act is given.
        counted: Whether the act takes a `count`: so often, then all is well again; None goes on until it is mended.
        then: Further acts that belong to it.
    """

    words: str
    act: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    counted: bool = False
    then: "tuple[Order, ...]" = ()


Faults = Mapping[str, FaultAct]
Order = tuple[str, Mapping[str, Any]]  # an act's name and arguments


def add_fault_option(parser: ArgumentParser, faults: Faults) -> None:
    """`--fault KIND[:COUNT]`, as often as wanted; its help tells what each is."""
    told = "；".join(f"{name} {fault.words}{'（可计次）' if fault.counted else ''}" for name, fault in faults.items())
    parser.add_argument(
        "--fault", action="append", default=[], metavar="KIND[:COUNT]", help=f"一开始就有的故障：{told or '没有'}"
    )


def orders_of(faults: Faults, wanted: Sequence[str]) -> list[Order]:
    """The acts for faults as written on a command line, such as `silence` (lasting) or `41:2` (two times).

    Raises:
        ActRefused: No such fault, a count that is none or that it does not take, or two faults by the same act.
    """
    orders: list[Order] = []
    for text in wanted:
        name, colon, count = text.partition(":")
        if name not in faults:
            raise ActRefused(f"没有故障 {name}；可用的有：{'、'.join(faults)}")
        fault = faults[name]
        if colon and not (fault.counted and count.isdecimal() and int(count) > 0):
            raise ActRefused(f"故障 {text}：冒号后应为次数（正整数）" if fault.counted else f"故障 {name} 不计次数")
        counting = {"count": int(count) if colon else None} if fault.counted else {}
        steps = ((fault.act, {**fault.arguments, **counting}), *fault.then)
        if {act for act, _ in steps} & {act for act, _ in orders}:
            raise ActRefused(f"故障 {text} 与前面的故障不能同时有，请只留一个")
        orders += steps
    return orders
