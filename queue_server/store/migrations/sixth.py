"""The sixth step: calls by name in the day's figures, and what clerks say to each other of a ticket they send on."""

STATEMENTS = (
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
