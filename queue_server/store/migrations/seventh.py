"""The seventh step: appointments, who booked them, changes of their slots, the portals that book them."""

STATEMENTS = (
    "ALTER TABLE ticket ADD COLUMN booking TEXT",
    "ALTER TABLE ticket ADD COLUMN slot_at INTEGER",
    """
    CREATE TABLE booking (
        hall_id TEXT NOT NULL,
        id TEXT NOT NULL,
        number TEXT NOT NULL,
        service TEXT NOT NULL,
        "group" TEXT NOT NULL,
        day TEXT NOT NULL,
        slot_at INTEGER NOT NULL,
        made_at INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('booked', 'cancelled', 'checked_in', 'no_show')),
        changed_at INTEGER NOT NULL,
        ticket TEXT,
        PRIMARY KEY (hall_id, id),
        UNIQUE (hall_id, number)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX booking_day ON booking (hall_id, day, slot_at)",
    "CREATE INDEX booking_open ON booking (hall_id, slot_at) WHERE state = 'booked'",
    """
    CREATE TABLE booker (
        hall_id TEXT NOT NULL,
        booking TEXT NOT NULL,
        token TEXT NOT NULL,
        masked_name TEXT NOT NULL,
        PRIMARY KEY (hall_id, booking)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX booker_token ON booker (hall_id, token)",
    """
    CREATE TABLE slot_change (
        hall_id TEXT NOT NULL,
        day TEXT NOT NULL,
        "group" TEXT NOT NULL,
        start INTEGER NOT NULL,
        capacity INTEGER NOT NULL CHECK (capacity >= 0),
        PRIMARY KEY (hall_id, day, "group", start)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE portal (
        hall_id TEXT NOT NULL,
        token_hash TEXT NOT NULL,
        name TEXT NOT NULL,
        made_at INTEGER NOT NULL,
        PRIMARY KEY (hall_id, token_hash),
        UNIQUE (hall_id, name)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE booking_answer (
        hall_id TEXT NOT NULL,
        request_id TEXT NOT NULL,
        digest TEXT NOT NULL,
        reply TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (hall_id, request_id)
    ) STRICT, WITHOUT ROWID
    """,
)
