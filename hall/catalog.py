"""What citizens come to do: services 事项, their groups 业务类别, their guides 办事指南.

The guide's fields are the union asked for by GB/T 36114 and the exchange schema of the national 实施清单
(docs list: mission 1.4). A catalogue travels as one versioned snapshot and is applied whole.
"""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from hall.alerts import AlertRules
from hall.head_start import (
    LONGEST_RETURN_DAYS,
    MOST_MINUTES,
    USUAL_CAP,
    USUAL_ROWS,
    HeadStart,
    Standing,
    claimable,
    standing,
)
from hall.opening import CHINA_MINUTES, DAYS, DayPeriods, MakeUpDay, WeekHours
from hall.slots import BookingPolicy, Changes, Slot, SlotPlan, slots_on
from hall.window import AutoCallSeconds, Window
from hall.zones import Layout, Voice, Zone

Prefix = Annotated[str, Field(pattern=r"^[A-Z]$")]
GroupId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
ServiceId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Text = Annotated[str, Field(min_length=1)]
CallWords = Annotated[str, Field(min_length=1, max_length=20)]
CALL_REASONS = ("刚才没办完", "材料补齐了", "叫错号更正", "现场协调")
"""Offered to a clerk who calls out of order until the hall sets its own. None of them says anything of a person."""


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Material(_Words):
    """One paper of a guide 材料: what, in which form, how many, from where."""

    name: Text
    form: str = "原件"
    copies: int = Field(default=1, ge=0)
    source: str = "申请人自备"
    necessity: str = "必要"
    note: str = ""


class Guide(_Words):
    """办事指南: what a citizen must know before queueing. Times are in working days; 0 means 当场办结."""

    legal_basis: Text
    conditions: Text
    materials: tuple[Material, ...] = Field(min_length=1)
    legal_days: int = Field(ge=0)
    promised_days: int = Field(ge=0)
    fee: Text
    steps: Text
    place: Text
    hours: Text
    consult_phone: Text
    complaint_phone: Text
    result: Text
    visits: int = Field(ge=0)
    online: str = ""


class ServiceGroup(_Words):
    """业务类别: services that share a prefix letter and windows.

    `examples` are the words under a tile (each at most six characters); `icon` names a picture of themes/icons.
    """

    id: GroupId
    prefix: Prefix
    name: Text
    name_en: Text
    icon: Text
    examples: tuple[str, ...] = ()
    examples_en: str = ""
    place: str = ""
    place_en: str = ""
    usual_minutes: float = Field(default=10, gt=0, le=240)
    daily_limit: int | None = Field(default=None, ge=1)
    warning_at: int | None = Field(default=None, ge=1)  # 预警值: from so many numbers a day on the manager is told
    hours: WeekHours | None = None  # None: the hall's own
    issuing: WeekHours | None = None  # 放号时段: None: numbers are given in the opening hours
    pre_opening_minutes: int = Field(default=0, ge=0, le=240)  # 提前放号: before each of these periods begins
    booking: SlotPlan | None = None  # None: no appointments
    target_minutes: int | None = Field(default=None, ge=1, le=480)  # nobody should wait longer; None: as the server's
    suspended: bool = False  # 停办: no numbers and no appointments until a manager lifts it
    served_out_on: date | None = None  # the day it stopped giving numbers early: whoever waited then is still served
    ended_on: date | None = None  # the day it stopped early and its numbers ended 号作废, also those told of later


class Service(_Words):
    """事项. `initials` is made when the catalogue is built (pinyin), so that a search needs no library."""

    id: ServiceId
    group: GroupId
    name: Text
    name_en: Text
    department: Text
    code: str = ""
    aliases: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    usual_minutes: float | None = Field(default=None, gt=0, le=240)
    online: bool = False
    guide: Guide | None = None


class Hall(_Words):
    """The hall itself and the few rules it sets for everybody."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=24)]
    name: Text
    name_en: Text
    offset_minutes: int = Field(default=CHINA_MINUTES, ge=-720, le=840)
    hours: WeekHours
    notice: str = ""
    notice_en: str = ""
    slip_note: str | None = None  # 取号单末尾的话; None: the notice, empty: nothing
    public_url: str = ""
    calls_before_missed: int = Field(default=3, ge=1, le=9)
    seconds_to_come: int = Field(default=90, ge=15, le=900)
    returns_allowed: int = Field(default=2, ge=0, le=9)
    serve_after_closing: bool = True  # at closing time those still waiting are served; false: cancelled as day_end
    call_reasons: tuple[CallWords, ...] = Field(default=CALL_REASONS, max_length=8)  # why somebody is called by name
    auto_call_seconds: AutoCallSeconds = 0
    fault_days: int = Field(default=5, ge=0, le=30)  # so many working days a slip ended by 系统故障 gives priority
    priority_age: int = Field(default=65, ge=50, le=100)
    closed_days: tuple[date, ...] = ()  # 休息日: holidays, whatever the weekday says
    make_up_days: tuple[MakeUpDay, ...] = ()  # 调休上班日: worked as another weekday
    booking: BookingPolicy = BookingPolicy()
    return_days: int = Field(default=15, ge=0, le=LONGEST_RETURN_DAYS)  # 补件: so long a slip brings one back; 0: never
    head_start_cap: int = Field(default=USUAL_CAP, ge=0, le=MOST_MINUTES)
    head_starts: tuple[HeadStart, ...] = Field(default=USUAL_ROWS, max_length=30)
    voice: Voice = Voice()
    layout: Layout = Layout()
    zones: tuple[Zone, ...] = Field(default=(), max_length=20)
    alerts: AlertRules = AlertRules()

    def periods(self, hours: WeekHours, day: date) -> DayPeriods:
        """What such hours are on a day: none on a holiday, those of another weekday on a make-up day."""
        if day in self.closed_days:
            return ()
        like = next((made.like for made in self.make_up_days if made.day == day), DAYS[day.weekday()])
        return hours.periods_of(like)

    def layout_over(self, window: int) -> Layout:
        """What the screen over a window shows: as its zone has it, the first of several, else as the hall."""
        zone = next((zone for zone in self.zones if window in zone.windows), None)
        return self.layout if zone is None else zone.shows(self.layout)

    def standing(self, *earned: str) -> Standing:
        """The class and head start of somebody for whom these rows of the table apply."""
        return standing(self.head_starts, self.head_start_cap, earned)

    def claimed(self) -> Standing:
        """The same for somebody who pressed 优先, without a reason."""
        return self.standing(*claimable(self.head_starts))


class Catalog(_Words):
    """One whole snapshot. `version` is a fingerprint of the content, so equal content has an equal version.

    `plan` is the window plan 潮汐方案 in force, "" for none; `windows` are then as the plan has them, and `usual` as
    they are without one.
    """

    hall: Hall
    groups: tuple[ServiceGroup, ...]
    services: tuple[Service, ...]
    windows: tuple[Window, ...]
    plan: str = ""
    usual: tuple[Window, ...] = ()

    @property
    def plans(self) -> tuple[str, ...]:
        """The names of all window plans, in the order in which windows name them."""
        return tuple(dict.fromkeys(name for window in self.usual or self.windows for name in window.plans))

    def under(self, plan: str) -> "Catalog":
        """The catalogue with this plan in force, "" for none; KeyError if there is no such plan."""
        usual = self.usual or self.windows
        if plan and plan not in self.plans:
            raise KeyError(plan)
        return Catalog(
            hall=self.hall,
            groups=self.groups,
            services=self.services,
            windows=tuple(window.under(plan) for window in usual),
            plan=plan,
            usual=usual if plan else (),
        )

    @cached_property
    def version(self) -> str:
        """First 16 hex digits of SHA-256 over the canonical JSON.

        What came into the schema later counts only where it says something of its own: an older catalogue keeps the
        version under which it was stored.
        """
        parts = {"groups": self.groups, "windows": self.windows, "usual": self.usual}
        unsaid = _unsaid(self) | {"hall": _unsaid(self.hall)}
        unsaid["hall"].setdefault("zones", {place: _unsaid(zone) for place, zone in enumerate(self.hall.zones)})
        for name in parts.keys() - unsaid.keys():
            unsaid[name] = {place: _unsaid(each) for place, each in enumerate(parts[name])}
        return hashlib.sha256(self.model_dump_json(exclude=unsaid).encode()).hexdigest()[:16]

    def group(self, group_id: str) -> ServiceGroup:
        """The group of that id; KeyError if there is none."""
        return self._groups[group_id]

    def service(self, service_id: str) -> Service:
        """The service of that id; KeyError if there is none."""
        return self._services[service_id]

    def window(self, number: int) -> Window:
        """The window of that number; KeyError if there is none."""
        return self._windows[number]

    def auto_call_seconds(self, number: int) -> int:
        """How long after its last act that window may call by itself; 0: it may not, or there is none."""
        window = self._windows.get(number)
        own = None if window is None else window.auto_call_seconds
        return 0 if window is None else self.hall.auto_call_seconds if own is None else own

    def services_of(self, group_id: str) -> Iterator[Service]:
        """The services of one group, in the order of the catalogue."""
        return (service for service in self.services if service.group == group_id)

    def hours_of(self, group_id: str) -> WeekHours:
        """A group's own opening hours, else the hall's."""
        return self.group(group_id).hours or self.hall.hours

    def periods_on(self, group_id: str, day: date) -> DayPeriods:
        """When a group is open on a day."""
        return self.hall.periods(self.hours_of(group_id), day)

    def opens_on(self, group_id: str, day: date) -> bool:
        """Whether a group is open at all on a day."""
        return bool(self.periods_on(group_id, day))

    def gives_numbers(self, group_id: str, local: datetime) -> bool:
        """Whether a number of a group may be taken at this local time."""
        return any(start <= local < end for start, end in self._issuing_on(group_id, local.date()))

    def next_numbers(self, group_id: str, local: datetime) -> datetime | None:
        """The next moment from which numbers of a group are given, within a fortnight; None if never."""
        days = (local.date() + timedelta(days=n) for n in range(15))
        starts = (start for day in days for start, _ in self._issuing_on(group_id, day))
        return next((start for start in starts if start > local), None)

    def _issuing_on(self, group_id: str, day: date) -> Iterator[tuple[datetime, datetime]]:
        if self.group(group_id).suspended:
            return
        group, midnight = self.group(group_id), datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the hall's clock
        early = timedelta(minutes=group.pre_opening_minutes)
        for start, end in self.hall.periods(group.issuing or self.hours_of(group_id), day):
            yield midnight + timedelta(minutes=start) - early, midnight + timedelta(minutes=end)

    @property
    def takes_appointments(self) -> bool:
        """Whether any group takes appointments."""
        return any(group.booking is not None for group in self.groups)

    def slots_of(self, group_id: str, day: date, changes: Changes) -> tuple[Slot, ...]:
        """The slots of a group on a day as they stand with what a manager changed of it; none on a closed day."""
        plan = self.group(group_id).booking
        if plan is None or self.group(group_id).suspended:
            return ()
        periods = self.hall.periods(plan.periods or self.hours_of(group_id), day)
        return slots_on(plan, periods, day, self.hall.offset_minutes, group_id, changes)

    @cached_property
    def _groups(self) -> dict[str, ServiceGroup]:
        return {group.id: group for group in self.groups}

    @cached_property
    def _services(self) -> dict[str, Service]:
        return {service.id: service for service in self.services}

    @cached_property
    def _windows(self) -> dict[int, Window]:
        return {window.number: window for window in self.windows}


_CAME_LATER: dict[type[BaseModel], tuple[str, ...]] = {
    Hall: (
        "alerts",
        "auto_call_seconds",
        "booking",
        "call_reasons",
        "closed_days",
        "fault_days",
        "head_start_cap",
        "head_starts",
        "layout",
        "make_up_days",
        "return_days",
        "slip_note",
        "voice",
        "zones",
    ),
    ServiceGroup: (
        "booking",
        "ended_on",
        "issuing",
        "pre_opening_minutes",
        "served_out_on",
        "suspended",
        "target_minutes",
        "warning_at",
    ),
    Window: ("auto_call_seconds", "plans"),
    Zone: ("layout",),
    Catalog: ("plan", "usual"),
}


def _unsaid(model: BaseModel) -> dict[str, Any]:
    """The fields that came into the schema later and hold what they hold where nobody says anything."""
    late = {name: type(model).model_fields[name] for name in _CAME_LATER.get(type(model), ())}
    return {
        name: True
        for name, field in late.items()
        if getattr(model, name) == field.get_default(call_default_factory=True)
    }
