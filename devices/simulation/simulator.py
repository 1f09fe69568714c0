"""The base of all twins: a device in software that speaks the real protocol and can be acted upon."""

from abc import ABC, abstractmethod
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from pydantic import ValidationError, validate_call

from devices.errors import ActRefused
from devices.simulation.faults import Faults

Acts = Mapping[str, Callable[..., dict[str, Any]]]
HELP = "help"
"""The act that every twin knows: which acts and which faults it has."""


class Simulator(ABC):
    """One twin. `start` and `stop` are called once each; acts come one at a time, from a thread of the control port.

    A twin behaves towards the program exactly as the hardware does; what a person does to the hardware
    (lay a card, pull the plug, empty the paper) is an act.
    """

    kind: ClassVar[str]
    faults: ClassVar[Faults] = {}  # by name, for `--fault` and for buttons

    @classmethod
    def add_options(cls, parser: ArgumentParser) -> None:
        """Declare the twin's own options of `python -m devices simulate KIND`; none by default."""
        del parser

    @classmethod
    @abstractmethod
    def from_options(cls, options: Namespace) -> Self:
        """Build the twin from the parsed command line."""

    @property
    @abstractmethod
    def address(self) -> str:
        """Where a driver finds it: a tty path or `host:port`."""

    @abstractmethod
    def start(self) -> None:
        """Begin to serve; on return `address` is valid.

        Raises:
            DeviceMissing: The address cannot be had (port taken, no permission).
        """

    @abstractmethod
    def stop(self) -> None:
        """End every thread and close every descriptor."""

    @abstractmethod
    def act(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Do to the twin what a person does to the device; the answer holds JSON values only.

        Raises:
            ActRefused: No such act, or wrong arguments; the message names what would be right.
        """


def perform(acts: Acts, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Call the named act of a table with keyword arguments, checked against its annotations; `help` names all acts.

    Raises:
        ActRefused: No such act, or arguments that the act does not take.
    """
    if name == HELP:
        return {"acts": sorted(acts)}
    act = acts.get(name)
    if act is None:
        raise ActRefused(f"没有动作 {name}；可用的动作：{'、'.join(sorted(acts))}")
    try:
        return validate_call(act)(**arguments)
    except ValidationError as wrong:
        mistakes = "；".join(f"{'.'.join(map(str, e['loc']))} {e['msg']}" for e in wrong.errors(include_input=False))
        raise ActRefused(f"动作 {name} 的参数不对：{mistakes}") from None  # the chain would quote what was given
