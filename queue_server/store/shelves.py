"""Where each kind of record is kept: record class ↔ table, with the statements compiled once by peewee.

Compiling a query costs several times more than running it; a push or a call runs half a dozen. So the statements of
the hot path are compiled when the room is imported, and only rare queries are built when they are asked.
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from peewee import EXCLUDED, SQL, IntegerField, TextField
from playhouse.apsw_ext import APSWDatabase

from hall.alerts import Alert
from hall.booking import Booking
from hall.projection import WindowStatus
from hall.ticket import Ticket
from queue_server.store import records, tables

R = TypeVar("R")
_DIALECT = APSWDatabase(None)  # compiles only, never opened


class Shelf(Generic[R]):
    """One table and the records it holds.

    Attributes:
        insert: A new record; a record already there is an error.
        replace: A new record, or a new state of one already there.
        select: All columns of one record by its key.
        select_all: All columns of all records, in the order of their keys.
        delete: One record by its key.
    """

    def __init__(self, record: type[R], model: type[tables.Table], build: Callable[..., R] | None = None) -> None:
        self.record_type = record
        self.model = model
        self._build: Callable[..., R] = build or record
        fields = model._meta.sorted_fields  # noqa: SLF001 - peewee's documented way to a model's columns
        self._fields = [field for field in fields if field.name != "hall_id"]
        # Most columns hold what the record holds; only the others are converted, row after row.
        self._readers = [
            (place, field.python_value)
            for place, field in enumerate(self._fields)
            if type(field) not in (TextField, IntegerField)
        ]
        self.columns = [field.name for field in self._fields]
        primary: Any = model._meta.primary_key  # noqa: SLF001
        self.key: list[str] = [name for name in primary.field_names if name != "hall_id"]
        self._key_fields = [getattr(model, name) for name in self.key]
        sample = dict.fromkeys(fields, "0")  # only the places of the values matter
        by_key = [model.hall_id == "0", *(field == "0" for field in self._key_fields)]
        changes = {field: getattr(EXCLUDED, field.column_name) for field in self._fields if field.name not in self.key}
        self.insert = compiled(model.insert(sample))
        self.replace = compiled(
            model.insert(sample).on_conflict(conflict_target=[model.hall_id, *self._key_fields], update=changes)
        )
        self.select = compiled(model.select(*self._fields).where(*by_key))
        self.select_all = compiled(self.query().order_by(*self._key_fields))
        self.delete = compiled(model.delete().where(*by_key))

    def row(self, hall_id: str, record: R) -> tuple[Any, ...]:
        """The values of a record for `insert` and `replace`."""
        return (hall_id, *(field.db_value(getattr(record, field.name)) for field in self._fields))

    def record(self, row: Sequence[Any]) -> R:
        """The record of a selected row."""
        values = list(row)
        for place, read in self._readers:
            values[place] = read(values[place])
        return self._build(**dict(zip(self.columns, values, strict=True)))

    def key_of(self, record: R) -> tuple[Any, ...]:
        """The record's key."""
        return tuple(getattr(record, name) for name in self.key)

    def key_row(self, hall_id: str, key: tuple[Any, ...]) -> tuple[Any, ...]:
        """The values of a key for `select` and `delete`."""
        return (hall_id, *(field.db_value(value) for field, value in zip(self._key_fields, key, strict=True)))

    def query(self, *conditions: Any) -> Any:
        """A query of whole records of a hall (`?`, the first value), to be ordered and limited by the caller."""
        return self.model.select(*self._fields).where(self.model.hall_id == SQL("?"), *conditions)


def compiled(query: Any) -> str:
    """The text of a query; values stand as `?` in the order peewee writes them."""
    text: str = query.bind(_DIALECT).sql()[0]
    return text


_ALL: tuple[Shelf[Any], ...] = (
    Shelf(Ticket, tables.TicketTable, Ticket.model_construct),
    Shelf(WindowStatus, tables.WindowTable, WindowStatus.model_construct),
    Shelf(records.Lane, tables.LaneTable),
    Shelf(records.GivenPlan, tables.PlanTable),
    Shelf(records.Health, tables.HealthTable),
    Shelf(records.Served, tables.ServedTable),
    Shelf(records.Rating, tables.RatingTable),
    Shelf(records.DayCount, tables.DayCountTable),
    Shelf(records.HandCall, tables.HandCallTable),
    Shelf(records.Doubled, tables.DoubledTable),
    Shelf(records.Recovery, tables.RecoveryTable),
    Shelf(Booking, tables.BookingTable, Booking.model_construct),
    Shelf(records.SlotChange, tables.SlotChangeTable),
    Shelf(records.BookerRow, tables.BookerTable),
    Shelf(records.Portal, tables.PortalTable),
    Shelf(records.BookingAnswer, tables.BookingAnswerTable),
    Shelf(records.SystemFault, tables.SystemFaultTable),
    Shelf(records.PlanSwitch, tables.PlanSwitchTable),
    Shelf(Alert, tables.AlertTable, Alert.model_construct),
    Shelf(records.HolderRow, tables.HolderTable),
    Shelf(records.NoteRow, tables.NoteTable),
    Shelf(records.Answer, tables.AnswerTable),
    Shelf(records.LaneStanding, tables.LaneStandingTable),
    Shelf(records.DeviceSession, tables.DeviceSessionTable),
    Shelf(records.Session, tables.SessionTable),
    Shelf(records.Staff, tables.StaffTable),
    Shelf(records.Attempts, tables.AttemptsTable),
    Shelf(records.SignInPlace, tables.SignInPlaceTable),
    Shelf(records.NonceRow, tables.NonceTable),
    Shelf(records.Forecast, tables.ForecastTable),
    Shelf(records.DaySummary, tables.DaySummaryTable),
    Shelf(records.SummedDay, tables.SummedDayTable),
    Shelf(records.CatalogSnapshot, tables.CatalogTable),
    Shelf(records.Meta, tables.MetaTable),
)
_BY_TYPE: dict[type, Shelf[Any]] = {shelf.record_type: shelf for shelf in _ALL}


def shelf_of(record_type: type[R]) -> Shelf[R]:
    """Where records of this class are kept."""
    return _BY_TYPE[record_type]
