"""Each part of the catalogue as a form and back: what it is called, which fields it has, what was meant. Pure."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from hall.arrangements import (
    Alarms,
    Arrangement,
    BoardLayout,
    CallingRule,
    GroupHours,
    GroupPart,
    Holidays,
    Loudness,
    MadeGroup,
    NewGroup,
    NewService,
    Notices,
    OpeningHours,
    ServicePart,
    SlipText,
    Targets,
    WindowPart,
    ZonePart,
)
from hall.arrangements.places import part_of_group
from hall.catalog import Catalog, Service
from hall.window import Window
from hall.zones import Zone
from queue_server.web.manage.settings import (
    figures_form,
    hours_form,
    new_places_form,
    places_form,
    rule_words,
    screens_form,
    words_form,
)
from queue_server.web.manage.settings.fields import Field, Reading, Typed


@dataclass(frozen=True, slots=True)
class _Form:
    """How one kind of part is shown; `made` is None for what is changed on a page of its own."""

    title: Callable[[Any, Catalog], str]
    fields: Callable[[Any, Catalog], tuple[Field, ...]]
    made: Callable[[Any, Reading], Arrangement] | None
    summary: Callable[[Any, Catalog], str] = lambda *_: ""


_FORMS: dict[type[Any], _Form] = {
    Holidays: _Form(lambda *_: "休息日和调休", hours_form.holidays, hours_form.holidays_read),
    OpeningHours: _Form(lambda *_: "全厅办理时间", hours_form.hall_hours, hours_form.hall_hours_read),
    GroupHours: _Form(
        hours_form.group_title, hours_form.group_hours, hours_form.group_hours_read, hours_form.group_summary
    ),
    WindowPart: _Form(
        places_form.window_title, places_form.window_fields, places_form.window_read, places_form.window_summary
    ),
    GroupPart: _Form(
        places_form.group_title, places_form.group_fields, places_form.group_read, places_form.group_summary
    ),
    ServicePart: _Form(
        places_form.service_title, places_form.service_fields, places_form.service_read, places_form.service_summary
    ),
    NewGroup: _Form(new_places_form.group_title, new_places_form.group_fields, new_places_form.group_read),
    NewService: _Form(new_places_form.service_title, new_places_form.service_fields, new_places_form.service_read),
    Targets: _Form(lambda *_: "等候目标", figures_form.targets, figures_form.targets_read),
    Alarms: _Form(lambda *_: "警报", figures_form.alarms, figures_form.alarms_read),
    Notices: _Form(lambda *_: "公告", words_form.notices, words_form.notices_read),
    SlipText: _Form(lambda *_: "取号单", words_form.slip, words_form.slip_read),
    BoardLayout: _Form(lambda *_: "叫号屏上显示什么", screens_form.layout, screens_form.layout_read),
    Loudness: _Form(lambda *_: "叫号的声音", screens_form.voice, screens_form.voice_read),
    ZonePart: _Form(
        screens_form.zone_title, screens_form.zone_fields, screens_form.zone_read, screens_form.zone_summary
    ),
    CallingRule: _Form(lambda *_: "叫号规则", rule_words.fields, None),
}


def title_of(part: Arrangement, catalog: Catalog) -> str:
    """What a part is called."""
    return _FORMS[type(part)].title(part, catalog)


def summary_of(part: Arrangement, catalog: Catalog) -> str:
    """A part in half a line, for the list of its kind."""
    return _FORMS[type(part)].summary(part, catalog)


def removal_of(part: Arrangement) -> Arrangement | None:
    """What takes a part away that may be taken away: a window or zone that is there."""
    match part:
        case WindowPart(number=number, window=Window()):
            return WindowPart(number=number)
        case ZonePart(id=id_, zone=Zone()):
            return ZonePart(id=id_)
        case _:
            return None


def drafts(kinds: tuple[type[Any], ...], catalog: Catalog, once_made: Collection[str] = ()) -> Iterator[Arrangement]:
    """What may be made anew of these kinds, each of the first number of which there is none.

    Nor was there one: a kiosk that is cut off may still tell of a number of a group that was taken back, and it must
    not come to another group of the same id.
    """
    for make in (_NEW[kind] for kind in kinds if kind in _NEW):
        made = (make(number) for number in range(1, 1000))
        yield next(part for part in made if part.as_in(catalog) == part and getattr(part, "id", "") not in once_made)


def is_draft(part: Arrangement) -> bool:
    """Whether a part is a group or a service that is not made yet."""
    return isinstance(part, (NewGroup, NewService)) and part.made is None


def becomes(part: Arrangement) -> Arrangement:
    """As what a part is changed from now on: a new group or service has a page of its own once it is made."""
    match part:
        case NewGroup(made=MadeGroup(group=group)):
            return part_of_group(group)
        case NewService(made=Service() as service):
            return ServicePart(service=service.id, group=service.group)
        case _:
            return part


_NEW: dict[Any, Callable[[int], Arrangement]] = {
    WindowPart: lambda number: WindowPart(number=number),
    ZonePart: lambda number: ZonePart(id=f"area-{number}"),
    NewGroup: lambda number: NewGroup(id=f"group_{number}"),
    NewService: lambda number: NewService(id=f"service_{number}"),
}


def fields_of(part: Arrangement, catalog: Catalog) -> tuple[Field, ...]:
    """Its fields as it stands."""
    return _FORMS[type(part)].fields(part, catalog)


def read(part: Arrangement, typed: Typed, catalog: Catalog) -> Arrangement | tuple[str, ...]:
    """What a manager means who looked at `part` and typed this, or everything that is wrong with it."""
    form = _FORMS[type(part)]
    reading = Reading(form.fields(part, catalog), typed)
    made = form.made
    assert made is not None  # what has no form is drawn nowhere
    meant = made(part, reading)
    return reading.checked(lambda: meant, lambda each: each.troubles(catalog))


def differences(before: Arrangement, after: Arrangement, catalog: Catalog) -> tuple[tuple[str, str, str], ...]:
    """What differs between two states of a part: the field, and both in words."""
    then = {field.key: field for field in fields_of(before, catalog)}
    now = {field.key: field for field in fields_of(after, catalog)}
    nothing = Field("", "")
    told = []
    for key in (*then, *(key for key in now if key not in then)):
        old, new = then.get(key), now.get(key)
        if (old or nothing).value != (new or nothing).value or old is None or new is None:
            label = (new or old or nothing).label
            told.append((label, (old or nothing).in_words(), (new or nothing).in_words()))
    return tuple(told)


def both(seen: Arrangement, theirs: Arrangement, typed: Typed, catalog: Catalog) -> tuple[tuple[str, str, str], ...]:
    """Where somebody changed what one has been typing in: the field, what stands now, and what one typed."""
    then = {field.key: field.value for field in fields_of(seen, catalog)}
    told = []
    for field in fields_of(theirs, catalog):
        before = then.get(field.key, "")
        own = typed.get(field.key, before)
        if {field.value, own} != {before}:
            told.append((field.label, field.in_words(), "没有动" if own == before else field.in_words(own)))
    return tuple(told)
