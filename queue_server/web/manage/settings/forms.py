"""Each part of the catalogue as a form and back: what it is called, which fields it has, what was meant. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hall.arrangements import Arrangement, CallingRule, GroupHours, Holidays, OpeningHours
from hall.catalog import Catalog
from queue_server.web.manage.settings import hours_form, rule_words
from queue_server.web.manage.settings.fields import Field, Reading, Typed


@dataclass(frozen=True, slots=True)
class _Form:
    """How one kind of part is shown; `made` is None for what is changed on a page of its own."""

    title: Callable[[Any, Catalog], str]
    fields: Callable[[Any, Catalog], tuple[Field, ...]]
    made: Callable[[Any, Reading], Arrangement] | None


_FORMS: dict[type[Any], _Form] = {
    Holidays: _Form(lambda *_: "休息日和调休", hours_form.holidays, hours_form.holidays_read),
    OpeningHours: _Form(lambda *_: "全厅办理时间", hours_form.hall_hours, hours_form.hall_hours_read),
    GroupHours: _Form(hours_form.group_title, hours_form.group_hours, hours_form.group_hours_read),
    CallingRule: _Form(lambda *_: "叫号规则", rule_words.fields, None),
}


def title_of(part: Arrangement, catalog: Catalog) -> str:
    """What a part is called."""
    return _FORMS[type(part)].title(part, catalog)


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
