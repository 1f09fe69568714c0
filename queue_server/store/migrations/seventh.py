"""The seventh step, for more acts of a window.

Calls by name in the day's figures, what clerks say to each other, windows that call by themselves, 系统故障.
"""

STATEMENTS = (
    "ALTER TABLE window_status ADD COLUMN auto_call INTEGER NOT NULL DEFAULT 0 CHECK (auto_call IN (0, 1))",
    "ALTER TABLE day_count ADD COLUMN chosen INTEGER NOT NULL DEFAULT 0",
    """
    CREATE TABLE note (
        hall_id TEXT NOT NULL,
        ticket TEXT NOT NULL,
        note TEXT NOT NULL,
        PRIMARY KEY (hall_id, ticket)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE system_fault (
        hall_id TEXT NOT NULL,
        "group" TEXT NOT NULL,
        since INTEGER NOT NULL,
        staff TEXT NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (hall_id, "group")
    ) STRICT, WITHOUT ROWID
    """,
)
