"""The ladder of schemas: `user_version` says how far a file has climbed; each step is one transaction."""

from collections.abc import Sequence

import apsw

from queue_server.store.migrations import fifth, first, fourth, second, third

STEPS: tuple[Sequence[str], ...] = (
    first.STATEMENTS,
    second.STATEMENTS,
    third.STATEMENTS,
    fourth.STATEMENTS,
    fifth.STATEMENTS,
)
"""Step n leads from schema n to n + 1. Released steps are never changed; the last takes all until its release."""


def climb(connection: apsw.Connection, steps: Sequence[Sequence[str]] = STEPS) -> None:
    """Bring an open database to the newest schema; a step cut short by a crash is as if never begun.

    Args:
        connection: A writing connection outside any transaction.
        steps: The ladder.
    """
    version = connection.pragma("user_version")
    for number, statements in enumerate(steps[version:], start=version + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
