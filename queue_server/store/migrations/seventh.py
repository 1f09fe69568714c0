"""The seventh step: calls by name in the figures, what clerks say to each other, windows that call by themselves."""

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
)
