"""The papers of the service at the window, to be ticked off, and the guide behind them.

Ticks are this screen's own: they help the clerk's eye and are forgotten with the citizen.
"""

from collections.abc import Set
from dataclasses import dataclass

from hall.catalog import Guide, Material, Service
from window_client.desk.citizen import Line
from window_client.desk.situation import Situation
from window_client.i18n.phrases import Phrases

NEEDED = "必要"


@dataclass(frozen=True, slots=True)
class Paper:
    """One row: the paper, how it is asked for, whether everybody needs it, whether it is here."""

    name: str
    caption: str
    needed: bool
    ticked: bool


@dataclass(frozen=True, slots=True)
class Papers:
    """The middle column. Without rows `empty` says why."""

    rows: tuple[Paper, ...]
    summary: str
    facts: tuple[Line, ...]
    guide: tuple[Line, ...]
    empty: str


def papers(situation: Situation, ticked: Set[int], words: Phrases) -> Papers:
    """The middle column for the citizen at the window.

    Args:
        situation: What the desk knows.
        ticked: Places of the papers already received, from 0.
        words: The language.
    """
    if situation.active is None:
        return Papers((), "", (), (), words.papers_empty)
    service = situation.service(situation.active.ticket.service)
    if service is None or service.guide is None:
        return Papers((), "", (), (), words.papers_none)
    guide = service.guide
    rows = tuple(_row(material, place in ticked, words) for place, material in enumerate(guide.materials))
    needed = [row for row in rows if row.needed]
    summary = words.papers_received.format(needed=len(needed), received=sum(row.ticked for row in needed))
    return Papers(rows, summary, _facts(guide, words), _guide(service, guide, words), "")


def _row(material: Material, ticked: bool, words: Phrases) -> Paper:  # noqa: FBT001 - a field, not a switch
    needed = material.necessity == NEEDED
    copies = f" {words.copies.format(copies=material.copies)}" if material.copies > 1 else ""
    caption = [material.form, material.note] if needed else [words.optional, material.note]
    return Paper(material.name + copies, "，".join(filter(None, caption)), needed, ticked)


def _facts(guide: Guide, words: Phrases) -> tuple[Line, ...]:
    return (Line(words.fee, guide.fee), Line(words.promise, _promise(guide.promised_days, words)))


def _promise(days: int, words: Phrases) -> str:
    return words.days.format(days=days) if days else words.same_day


def _guide(service: Service, guide: Guide, words: Phrases) -> tuple[Line, ...]:
    return (
        Line(words.service, service.name),
        Line(words.conditions, guide.conditions),
        Line(words.steps, guide.steps),
        Line(words.fee, guide.fee),
        Line(words.promise, _promise(guide.promised_days, words)),
        Line(words.result, guide.result),
        Line(words.place, guide.place),
        Line(words.hours, guide.hours),
        Line(words.consult, guide.consult_phone),
        Line(words.legal_basis, guide.legal_basis),
    )
