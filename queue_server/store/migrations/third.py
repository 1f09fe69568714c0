"""The third step: mending after an outage: lanes replaced, calls made by hand, numbers printed twice, recoveries."""

STATEMENTS = (
    "ALTER TABLE lane ADD COLUMN replaces INTEGER",
    "ALTER TABLE lane ADD COLUMN quarantined TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE lane ADD COLUMN retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1))",
    """
    CREATE TABLE lane_standing (
        hall_id TEXT NOT NULL,
        lane INTEGER NOT NULL CHECK (lane >= 1),
        session_no INTEGER NOT NULL CHECK (session_no >= 1),
        boot_id TEXT NOT NULL,
        boot_before TEXT NOT NULL,
        first_at INTEGER NOT NULL,
        hello_at INTEGER NOT NULL,
        told_seq INTEGER NOT NULL CHECK (told_seq >= 0),
        settled_at INTEGER NOT NULL,
        plan_id TEXT NOT NULL,
        acked_before INTEGER NOT NULL,
        PRIMARY KEY (hall_id, lane)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE hand_call (
        hall_id TEXT NOT NULL,
        day TEXT NOT NULL,
        prefix TEXT NOT NULL,
        lane INTEGER NOT NULL CHECK (lane >= 0),
        n INTEGER NOT NULL CHECK (n >= 1),
        "window" INTEGER NOT NULL,
        clerk TEXT NOT NULL,
        called_at INTEGER NOT NULL,
        ended_at INTEGER NOT NULL,
        outcome TEXT NOT NULL CHECK (outcome IN ('finished', 'missed')),
        ticket TEXT,
        PRIMARY KEY (hall_id, day, prefix, lane, n)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE doubled (
        hall_id TEXT NOT NULL,
        ticket TEXT NOT NULL,
        day TEXT NOT NULL,
        prefix TEXT NOT NULL,
        lane INTEGER NOT NULL CHECK (lane >= 0),
        n INTEGER NOT NULL CHECK (n >= 1),
        service TEXT NOT NULL,
        issuer_lane INTEGER NOT NULL,
        issued_at INTEGER NOT NULL,
        settled_by TEXT NOT NULL,
        PRIMARY KEY (hall_id, ticket)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE recovery (
        hall_id TEXT NOT NULL,
        seq INTEGER NOT NULL,
        epoch TEXT NOT NULL,
        reason TEXT NOT NULL,
        began_at INTEGER NOT NULL,
        known_until INTEGER NOT NULL,
        plans_rest_until TEXT NOT NULL,
        ended_at INTEGER NOT NULL,
        ended_by TEXT NOT NULL,
        PRIMARY KEY (hall_id, seq)
    ) STRICT, WITHOUT ROWID
    """,
    # Kiosks stand in lane_standing from now on; they say hello anew and lose nothing.
    "DELETE FROM device_session WHERE kind = 'kiosk'",
    "DELETE FROM session WHERE kind = 'kiosk'",
)
