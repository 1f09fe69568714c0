"""The fifth step: who is next and why.

Whom one window alone may call, when those on hold and those who paused mean to be back; the class 补件; who was called
by a clerk's choice, and how often; what clerks say to each other of a ticket they send on; what was said of its wait;
windows that call by themselves; what cannot be served, 系统故障; switches of window plans;
appointments, who booked them, what a manager changed of their slots, the portals that book them;
the figures of each day for the statistics; alerts, and accounts and sessions of those who may only look; where people
signed in.

The check of a column is words about the table; its rows stay where they are. This is SQLite's own way for a
change that touches no content (https://www.sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema
Changes"); RESET reads the changed words before the step ends.
"""

STATEMENTS = (
    "ALTER TABLE ticket ADD COLUMN pinned INTEGER",
    "ALTER TABLE ticket ADD COLUMN back_at INTEGER",
    "ALTER TABLE window_status ADD COLUMN back_at INTEGER",
    "PRAGMA writable_schema = ON",
    """
    UPDATE sqlite_schema SET sql = replace(sql, '''appointment'')', '''appointment'', ''returning'')')
    WHERE type = 'table' AND name = 'ticket'
    """,
    """
    UPDATE sqlite_schema SET sql = replace(sql, '''manager'',', '''manager'', ''auditor'',')
    WHERE type = 'table' AND name = 'session'
    """,
    "PRAGMA writable_schema = RESET",
    "ALTER TABLE ticket ADD COLUMN chosen INTEGER NOT NULL DEFAULT 0 CHECK (chosen IN (0, 1))",
    "ALTER TABLE day_count ADD COLUMN chosen INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE window_status ADD COLUMN auto_call INTEGER NOT NULL DEFAULT 0 CHECK (auto_call IN (0, 1))",
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
    """
    CREATE TABLE note (
        hall_id TEXT NOT NULL,
        ticket TEXT NOT NULL,
        note TEXT NOT NULL,
        PRIMARY KEY (hall_id, ticket)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE plan_switch (
        hall_id TEXT NOT NULL,
        seq INTEGER NOT NULL,
        at INTEGER NOT NULL,
        plan TEXT NOT NULL,
        staff TEXT NOT NULL,
        as_is TEXT NOT NULL,
        expected TEXT NOT NULL,
        judged_at INTEGER NOT NULL,
        happened TEXT NOT NULL,
        PRIMARY KEY (hall_id, seq)
    ) STRICT, WITHOUT ROWID
    """,
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
        state TEXT NOT NULL CHECK (state IN ('booked', 'cancelled', 'called_off', 'checked_in', 'no_show')),
        changed_at INTEGER NOT NULL,
        changed_seq INTEGER NOT NULL,
        ticket TEXT,
        portal TEXT,
        PRIMARY KEY (hall_id, id),
        UNIQUE (hall_id, number)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX booking_day ON booking (hall_id, day, slot_at)",
    "CREATE INDEX booking_changed ON booking (hall_id, changed_seq)",
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
    """
    CREATE TABLE day_summary (
        hall_id TEXT NOT NULL,
        day TEXT NOT NULL,
        subject TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (hall_id, subject, day)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE summed_day (
        hall_id TEXT NOT NULL,
        day TEXT NOT NULL,
        touched_seq INTEGER NOT NULL,
        counted_seq INTEGER NOT NULL,
        counted_at INTEGER NOT NULL,
        PRIMARY KEY (hall_id, day)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE alert (
        hall_id TEXT NOT NULL,
        about TEXT NOT NULL CHECK (about IN ('wait', 'idle', 'unserved', 'paper', 'unsent', 'doubt')),
        subject TEXT NOT NULL,
        measure INTEGER NOT NULL,
        raised_at INTEGER NOT NULL,
        acknowledged_at INTEGER NOT NULL,
        staff TEXT NOT NULL,
        note TEXT NOT NULL,
        escalated_at INTEGER NOT NULL,
        PRIMARY KEY (hall_id, about, subject)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX journal_change ON journal (hall_id, seq) WHERE kind = 'arrangement_changed'",
    "CREATE INDEX journal_account ON journal (hall_id, seq) WHERE kind IN ('account_changed', 'pin_renewed')",
    "ALTER TABLE staff ADD COLUMN auditor INTEGER NOT NULL DEFAULT 0 CHECK (auditor IN (0, 1))",
    """
    CREATE TABLE sign_in_place (
        hall_id TEXT NOT NULL,
        source TEXT NOT NULL,
        used_at INTEGER NOT NULL,
        PRIMARY KEY (hall_id, source)
    ) STRICT, WITHOUT ROWID
    """,
)
