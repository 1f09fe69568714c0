"""The sixth step: what was said of the wait of each ticket, so that it can be judged and learned from."""

STATEMENTS = (
    """
    CREATE TABLE forecast (
        hall_id TEXT NOT NULL,
        ticket TEXT NOT NULL,
        nth INTEGER NOT NULL CHECK (nth >= 0),
        at INTEGER NOT NULL,
        "group" TEXT NOT NULL,
        ticket_class TEXT NOT NULL,
        ahead INTEGER NOT NULL CHECK (ahead >= 0),
        p20_us INTEGER NOT NULL CHECK (p20_us >= 0),
        p50_us INTEGER NOT NULL CHECK (p50_us >= p20_us),
        p90_us INTEGER NOT NULL CHECK (p90_us >= p50_us),
        shown TEXT NOT NULL,
        low INTEGER NOT NULL,
        high INTEGER NOT NULL,
        features TEXT NOT NULL,
        PRIMARY KEY (hall_id, ticket, nth)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX forecast_at ON forecast (hall_id, at)",
)
