"""Alerts 警报: what a manager must see to. Each rings once; pure, a state machine over what stands at a moment.

    a sign stands for a while ─▶ raised ─▶ acknowledged, with a note ─┬─ the sign is gone for a while ─▶ over
                                    └─ nobody did for too long ─▶ escalated ─┘

Whatever changes an alert is a fact, so a restart finds every alert as it was and rings none again. How long a sign has
stood, or has been gone, is remembered by the running server alone: after a restart that counts anew.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from hall.clock import MINUTE_US
from hall.words import Micros, Staff, Word

LONGEST_NOTE = 40


class AlertKind(StrEnum):
    """What an alert is about."""

    WAIT = "wait"  # who comes now may wait longer than the group's target
    IDLE = "idle"  # a window calls nobody while people wait whom it could serve
    UNSERVED = "unserved"  # the last window that could serve who waits has closed
    PAPER = "paper"  # a kiosk's paper is low or at its end
    UNSENT = "unsent"  # a kiosk knows of numbers that the server has not heard of
    DOUBT = "doubt"  # two files under one name, or a clock that cannot be right


class AlertRules(BaseModel):
    """From when things ring: the hall's own, in its catalogue. `off` are the kinds that never ring.

    A group's target stands with the group.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    steady_minutes: int = Field(
        default=2, ge=0, le=60
    )  # so long a sign stands before it rings, and is gone before over
    idle_minutes: int = Field(default=3, ge=1, le=240)
    unsent_minutes: int = Field(default=5, ge=1, le=240)
    escalate_minutes: int = Field(default=10, ge=1, le=240)
    off: tuple[AlertKind, ...] = ()

    def patience_us(self, about: AlertKind) -> int:
        """So long a sign of this kind stands before it rings."""
        own = {AlertKind.IDLE: self.idle_minutes, AlertKind.UNSENT: self.unsent_minutes}
        return own.get(about, self.steady_minutes) * MINUTE_US


class _OfAlert(Word):
    """`subject` is a group, a window's number or a device; never a person."""

    about: AlertKind
    subject: str = Field(min_length=1, max_length=60)

    @property
    def key(self) -> tuple[AlertKind, str]:
        """There is one open alert of it at a time."""
        return self.about, self.subject


class AlertRaised(_OfAlert):
    """Something stood long enough to ring; `measure` is its figure then: minutes, people, facts."""

    kind: Literal["alert_raised"] = "alert_raised"
    measure: int = Field(ge=0)


class AlertAcknowledged(_OfAlert):
    """A manager has seen it and says what is done about it."""

    kind: Literal["alert_acknowledged"] = "alert_acknowledged"
    staff: Staff
    note: str = Field(default="", max_length=LONGEST_NOTE)


class AlertEscalated(_OfAlert):
    """Nobody acknowledged it in time."""

    kind: Literal["alert_escalated"] = "alert_escalated"


class AlertOver(_OfAlert):
    """What it was about is gone."""

    kind: Literal["alert_over"] = "alert_over"


AlertFact = AlertRaised | AlertAcknowledged | AlertEscalated | AlertOver


class Alert(_OfAlert):
    """An alert that is not over. Moments are 0 until they come; `staff` and `note` are of who acknowledged it."""

    measure: int
    raised_at: Micros
    acknowledged_at: Micros = 0
    staff: str = ""
    note: str = ""
    escalated_at: Micros = 0

    @property
    def rings(self) -> bool:
        """Whether it still asks for somebody."""
        return not self.acknowledged_at


def alert_after(before: Alert | None, body: AlertFact, at: Micros) -> Alert | None:
    """What a fact makes of an alert, None if it is over; one that is not there stays so."""
    match body:
        case AlertRaised():
            return Alert(about=body.about, subject=body.subject, measure=body.measure, raised_at=at)
        case AlertAcknowledged(staff=staff, note=note) if before is not None:
            return before.model_copy(update={"acknowledged_at": at, "staff": staff, "note": note})
        case AlertEscalated() if before is not None:
            return before.model_copy(update={"escalated_at": at})
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that stands at this moment and should ring if it goes on."""

    about: AlertKind
    subject: str
    measure: int

    @property
    def key(self) -> tuple[AlertKind, str]:
        """Of its alert."""
        return self.about, self.subject


@dataclass(frozen=True, slots=True)
class Watched:
    """Since when each sign stands, and since when the sign of each open alert is gone."""

    since: Mapping[tuple[AlertKind, str], Micros] = field(default_factory=dict)
    gone: Mapping[tuple[AlertKind, str], Micros] = field(default_factory=dict)

    def seen(self, signs: Iterable[Sign], alerts: Iterable[Alert], now_us: Micros) -> "Watched":
        """The next state at a look. What began after now, by a clock that was put back since, begins now."""
        standing = {sign.key for sign in signs}
        return Watched(
            {key: min(self.since.get(key, now_us), now_us) for key in standing},
            {alert.key: min(self.gone.get(alert.key, now_us), now_us) for alert in alerts if alert.key not in standing},
        )


def due(
    watched: Watched, signs: Iterable[Sign], alerts: Iterable[Alert], rules: AlertRules, now_us: Micros
) -> tuple[AlertFact, ...]:
    """What happens to the alerts at this look, with the signs and alerts that `watched` has seen."""
    known, facts = {alert.key: alert for alert in alerts}, list[AlertFact]()
    for sign in signs:
        patient = now_us - watched.since[sign.key] < rules.patience_us(sign.about)
        if sign.key not in known and not patient and sign.about not in rules.off:
            facts.append(AlertRaised(about=sign.about, subject=sign.subject, measure=sign.measure))
    for key, alert in known.items():
        gone = watched.gone.get(key)
        late = now_us - alert.raised_at >= rules.escalate_minutes * MINUTE_US
        ended = gone is not None and now_us - gone >= rules.steady_minutes * MINUTE_US
        if ended or alert.about in rules.off:  # switched off while it rang: nobody wants to know of it
            facts.append(AlertOver(about=alert.about, subject=alert.subject))
        elif gone is None and late and alert.rings and not alert.escalated_at:
            facts.append(AlertEscalated(about=alert.about, subject=alert.subject))
    return tuple(facts)
