"""What a panel over the middle column asks before an act: where to, why, or how it ended; and what was chosen.

A panel may have a line to write in. What is said there goes with the act, or answers by itself where `Entry.answers`,
or finds one among many buttons. A question with a second one, as what comes after how it ended, is named `act@answer`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from hall.catalog import CALL_REASONS
from hall.search import search
from hall.ticket import ServiceOutcome
from hall.wire.commands import NOTE_SIGNS
from window_client.desk.acts import Details, transfer_groups
from window_client.desk.situation import Act, Situation
from window_client.i18n.phrases import Phrases

ASKING = (
    Act.TRANSFER,
    Act.PAUSE,
    Act.HOLD,
    Act.FINISH,
    Act.CALL_TICKET,
    Act.START_WITHOUT_TICKET,
    Act.NEXT_SERVICE,
    Act.DECLARE_FAULT,
    Act.END_FAULT,
)
"""Acts with a panel of their own. The end of a service is asked for only on purpose: 办理完毕 is one press."""
_ALONE = "@"
_AFTER = f"{Act.NEXT_SERVICE}{_ALONE}"
_SURE = f"{Act.DECLARE_FAULT}{_ALONE}"
FOUND = 20
"""So many services are shown of those that match what was typed."""
REASON_SIGNS = 40
"""So long may a reason be that a clerk writes."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One button of a panel; `value` says it again when it is pressed."""

    value: str
    title: str
    icon: str = ""


class Head(NamedTuple):
    """What stands over the buttons."""

    title: str
    help: str


@dataclass(frozen=True, slots=True)
class Entry:
    """The line to write in: what belongs there, how much, and the words of its own button if it answers by itself."""

    hint: str
    most: int
    answers: str = ""


_HEADS: dict[str, str] = {
    Act.TRANSFER: "transfer",
    Act.PAUSE: "pause",
    Act.HOLD: "hold",
    Act.FINISH: "finish",
    Act.CALL_TICKET: "chosen",
    Act.START_WITHOUT_TICKET: "without",
    Act.NEXT_SERVICE: "next",
    _AFTER: "next_service",
    Act.DECLARE_FAULT: "fault",
    _SURE: "fault_sure",
    Act.END_FAULT: "fault_end",
}
"""How the phrases call the question of each panel: with `_title` and `_help` behind it."""


def head(panel: str, words: Phrases, number: str = "") -> Head:
    """The question of a panel, of the row with that number; empty for a panel that asks nothing."""
    first, second, _ = panel.partition(_ALONE)
    name = _HEADS.get(first + second)
    if name is None:
        return Head("", "")
    title: str = getattr(words, f"{name}_title")
    return Head(title.format(number=number), getattr(words, f"{name}_help"))


def entry(panel: str, words: Phrases) -> Entry | None:
    """The line to write in, None for a panel that has none."""
    match panel:
        case _ if panel == Act.START_WITHOUT_TICKET or panel.startswith(_AFTER):
            return Entry(words.find_service, REASON_SIGNS)
        case Act.TRANSFER:
            return Entry(words.transfer_note, NOTE_SIGNS)
        case Act.CALL_TICKET:
            return Entry(words.chosen_hint, REASON_SIGNS, words.acts[Act.CALL_TICKET])
        case _:
            return None


def choices(situation: Situation, panel: str, words: Phrases, said: str = "") -> tuple[Choice, ...]:
    """The buttons of a panel: colleagues at open windows first, then the other groups; reasons; outcomes; services."""
    match panel:
        case Act.TRANSFER:
            return (*_colleagues(situation, words), *_groups(situation))
        case Act.PAUSE:
            return tuple(_reasons(words.pause_reasons, words))
        case Act.HOLD:
            return tuple(_reasons(words.hold_reasons, words))
        case _ if panel == Act.START_WITHOUT_TICKET or panel.startswith(_AFTER):
            return _services(situation, said)
        case _ if panel.startswith(_SURE):
            group = situation.group(panel.removeprefix(_SURE))
            return (Choice("yes", words.fault_sure.format(group=group.name), "warning"),) if group else ()
        case Act.DECLARE_FAULT | Act.END_FAULT:
            groups = situation.up if panel == Act.DECLARE_FAULT else situation.down
            return tuple(Choice(group.id, group.name, group.icon) for group in groups)
        case Act.FINISH | Act.NEXT_SERVICE:
            return tuple(Choice(outcome.value, words.service_outcomes[outcome]) for outcome in ServiceOutcome)
        case Act.CALL_TICKET:
            reasons = situation.catalog.hall.call_reasons if situation.catalog else CALL_REASONS
            return tuple(Choice(reason, reason) for reason in reasons)
        case _:
            return ()


def chosen(act: Act, value: str, words: Phrases, said: str = "") -> Details:
    """What a press of a button says of the act, and what was written beside it.

    A group's id may stand alone, as a call pad sends it.
    """
    match act:
        case Act.TRANSFER:
            group, _, window = value.partition(_ALONE)
            return Details(group=group, to=int(window) if window else None, note=said.strip())
        case Act.PAUSE | Act.HOLD:
            reasons = words.pause_reasons if act is Act.PAUSE else words.hold_reasons
            return Details(reason=value, minutes=dict(reasons).get(value))
        case Act.FINISH:
            return Details(outcome=ServiceOutcome(value) if value else ServiceOutcome.DONE)
        case Act.DECLARE_FAULT | Act.END_FAULT:
            return Details(group=value.partition(_ALONE)[0])
        case Act.START_WITHOUT_TICKET:
            return Details(service=value)
        case Act.NEXT_SERVICE:
            outcome, _, service = value.partition(_ALONE)
            return Details(service=service, outcome=ServiceOutcome(outcome))
        case Act.CALL_TICKET:
            return Details(reason=value or said.strip())
        case Act.ADOPT:
            return Details(code=value)
        case _:
            return Details()


def second_question(panel: str, value: str) -> str:
    """The panel that follows an answer, empty if the act can be done."""
    return f"{panel}{_ALONE}{value}" if panel in (Act.NEXT_SERVICE, Act.DECLARE_FAULT) else ""


def whole_answer(panel: str, value: str) -> tuple[Act, str]:
    """The act of a panel, and all that was answered to its questions."""
    act, _, before = panel.partition(_ALONE)
    return Act(act), f"{before}{_ALONE}{value}" if before else value


def _services(situation: Situation, said: str) -> tuple[Choice, ...]:
    services = situation.services
    found = tuple(match.service for match in search(services, said, FOUND)) if said.strip() else services
    return tuple(Choice(service.id, service.name) for service in found)


def _reasons(reasons: Iterable[tuple[str, int | None]], words: Phrases) -> Iterable[Choice]:
    for reason, minutes in reasons:
        yield Choice(reason, reason if minutes is None else words.about.format(reason=reason, minutes=minutes))


def _colleagues(situation: Situation, words: Phrases) -> Iterable[Choice]:
    desk, active = situation.desk, situation.active
    for window in desk.colleagues if desk and active else ():
        assert active is not None
        yield Choice(f"{active.ticket.group}{_ALONE}{window}", words.window.format(number=window), "person")


def _groups(situation: Situation) -> Iterable[Choice]:
    return (Choice(group.id, group.name, group.icon) for group in transfer_groups(situation))
