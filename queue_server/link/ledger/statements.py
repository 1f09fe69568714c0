"""Statements of the ledger, made by peewee once and kept as text.

Making the text of a query costs several times what SQLite needs to run it, and a number or an entry of the feed runs
a dozen. Values are given in the order in which the statement asks for them.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from peewee import SQL
from playhouse.apsw_ext import APSWDatabase

_DIALECT = APSWDatabase(None)  # makes text only, never opened
ASKED = SQL("?")
"""Stands in a query where a value will be given."""


class Statement:
    """One statement.

    Args:
        query: A peewee query with `ASKED` in place of its values.
    """

    def __init__(self, query: Any) -> None:
        self.text: str = query.bind(_DIALECT).sql()[0]

    def run(self, database: Any, *values: Any) -> Any:
        """Run it with these values; the rows as tuples."""
        return database.execute_sql(self.text, values)

    def value(self, database: Any, *values: Any) -> Any:
        """The first column of the first row, None if there is none."""
        row = database.execute_sql(self.text, values).fetchone()
        return None if row is None else row[0]


def insert(table: Any, columns: Iterable[str]) -> Statement:
    """A new row of a table with values for these columns, in this order."""
    names = [getattr(table, column) for column in columns]
    return Statement(table.insert([(ASKED,) * len(names)], columns=names))


@lru_cache(maxsize=64)
def update(table: Any, columns: tuple[str, ...], key: str = "") -> Statement:
    """New values for these columns.

    Args:
        table: The table.
        columns: In alphabetical order, as peewee writes them and as the values follow.
        key: The column that says in which rows; its value comes last. Without it in every row.
    """
    query = table.update({getattr(table, column): ASKED for column in columns})
    return Statement(query.where(getattr(table, key) == ASKED) if key else query)
