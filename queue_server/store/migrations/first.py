"""Schema 1: the journal, the present computed from it, and what stands beside it.

STRICT tables, every one with the hall's id; instants are integer microseconds, days are ISO text.
"""

STATEMENTS = (
    """
    CREATE TABLE journal (
        hall_id TEXT NOT NULL,
        seq INTEGER NOT NULL CHECK (seq >= 1),
        event_id TEXT NOT NULL,
        lane INTEGER NOT NULL CHECK (lane >= 0),
        lane_seq INTEGER NOT NULL CHECK (lane_seq >= 1),
        kind TEXT NOT NULL,
        ticket TEXT,
        at INTEGER NOT NULL,
        quality TEXT NOT NULL CHECK (quality IN ('exact', 'estimated', 'clamped')),
        wall INTEGER NOT NULL,
        mono INTEGER NOT NULL,
        boot_id TEXT NOT NULL,
        fact_json TEXT NOT NULL,
        prev_hash TEXT NOT NULL,
        hash TEXT NOT NULL,
        PRIMARY KEY (hall_id, seq),
        UNIQUE (hall_id, event_id),
        UNIQUE (hall_id, lane, lane_seq)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX journal_ticket ON journal (hall_id, ticket, seq) WHERE ticket IS NOT NULL",
    """
    CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END
    """,
    """
    CREATE TRIGGER journal_is_never_shortened BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is never shortened'); END
    """,
    """
    CREATE TRIGGER journal_only_grows BEFORE INSERT ON journal
    WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM journal WHERE hall_id = NEW.hall_id), 0)
        OR EXISTS (SELECT 1 FROM journal WHERE hall_id = NEW.hall_id AND event_id = NEW.event_id)
        OR EXISTS (
            SELECT 1 FROM journal WHERE hall_id = NEW.hall_id AND lane = NEW.lane AND lane_seq = NEW.lane_seq
        )
    BEGIN SELECT RAISE(ABORT, 'the journal only grows, entry after entry'); END
    """,
    """
    CREATE TABLE ticket (
        hall_id TEXT NOT NULL,
        id TEXT NOT NULL,
        day TEXT NOT NULL,
        service TEXT NOT NULL,
        "group" TEXT NOT NULL,
        prefix TEXT NOT NULL,
        lane INTEGER,
        n INTEGER NOT NULL CHECK (n >= 1),
        issuer_lane INTEGER NOT NULL,
        issuer_seq INTEGER NOT NULL,
        ticket_class TEXT NOT NULL CHECK (ticket_class IN ('ordinary', 'priority', 'appointment')),
        issued_at INTEGER NOT NULL,
        effective_at INTEGER NOT NULL,
        state TEXT NOT NULL
            CHECK (state IN ('waiting', 'called', 'serving', 'missed', 'on_hold', 'finished', 'cancelled')),
        "window" INTEGER,
        calls INTEGER NOT NULL CHECK (calls >= 0),
        returns INTEGER NOT NULL CHECK (returns >= 0),
        called_at INTEGER,
        started_at INTEGER,
        ended_at INTEGER,
        changed_at INTEGER NOT NULL,
        flags TEXT NOT NULL,
        PRIMARY KEY (hall_id, id),
        CHECK ((state IN ('called', 'serving')) = ("window" IS NOT NULL))
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE UNIQUE INDEX ticket_number ON ticket (hall_id, day, prefix, coalesce(lane, -1), n)",
    """
    CREATE UNIQUE INDEX ticket_active ON ticket (hall_id, "window") WHERE state IN ('called', 'serving')
    """,
    """
    CREATE INDEX ticket_live ON ticket (hall_id, state)
    WHERE state IN ('called', 'missed', 'on_hold', 'serving', 'waiting')
    """,
    """
    CREATE TABLE window_status (
        hall_id TEXT NOT NULL,
        number INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('closed', 'idle', 'paused')),
        clerk TEXT,
        reason TEXT NOT NULL,
        since INTEGER NOT NULL,
        PRIMARY KEY (hall_id, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE lane (
        hall_id TEXT NOT NULL,
        lane INTEGER NOT NULL CHECK (lane >= 1),
        device TEXT NOT NULL,
        kind TEXT NOT NULL,
        incarnation TEXT NOT NULL,
        highwater INTEGER NOT NULL CHECK (highwater >= 0),
        last_at INTEGER NOT NULL,
        wall_offset_us INTEGER,
        PRIMARY KEY (hall_id, lane),
        UNIQUE (hall_id, device, incarnation)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE number_plan (
        hall_id TEXT NOT NULL,
        plan_id TEXT NOT NULL,
        lane INTEGER NOT NULL,
        modulus INTEGER NOT NULL CHECK (modulus >= 1),
        residue INTEGER NOT NULL CHECK (residue >= 0 AND residue < modulus),
        first_day TEXT NOT NULL,
        last_day TEXT NOT NULL CHECK (last_day >= first_day),
        seq INTEGER NOT NULL,
        PRIMARY KEY (hall_id, plan_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX number_plan_end ON number_plan (hall_id, last_day)",
    "CREATE INDEX number_plan_lane ON number_plan (hall_id, lane, seq)",
    """
    CREATE TABLE device_health (
        hall_id TEXT NOT NULL,
        device TEXT NOT NULL,
        part TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('online', 'attention', 'missing', 'fault')),
        problem TEXT NOT NULL,
        advice TEXT NOT NULL,
        since INTEGER NOT NULL,
        PRIMARY KEY (hall_id, device, part)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE served (
        hall_id TEXT NOT NULL,
        ticket TEXT NOT NULL,
        "window" INTEGER NOT NULL,
        clerk TEXT NOT NULL,
        day TEXT NOT NULL,
        at INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        PRIMARY KEY (hall_id, ticket)
    ) STRICT, WITHOUT ROWID
    """,
    'CREATE INDEX served_window ON served (hall_id, "window", seq)',
    'CREATE INDEX served_day ON served (hall_id, day, "window")',
    """
    CREATE TABLE rating (
        hall_id TEXT NOT NULL,
        ticket TEXT NOT NULL,
        "window" INTEGER NOT NULL,
        clerk TEXT NOT NULL,
        day TEXT NOT NULL,
        level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
        at INTEGER NOT NULL,
        PRIMARY KEY (hall_id, ticket)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX rating_day ON rating (hall_id, day, level)",
    """
    CREATE TABLE day_count (
        hall_id TEXT NOT NULL,
        day TEXT NOT NULL,
        "group" TEXT NOT NULL,
        issued INTEGER NOT NULL,
        finished INTEGER NOT NULL,
        missed INTEGER NOT NULL,
        cancelled INTEGER NOT NULL,
        first_calls INTEGER NOT NULL,
        wait_us INTEGER NOT NULL,
        PRIMARY KEY (hall_id, day, "group")
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE holder (
        hall_id TEXT NOT NULL,
        ticket TEXT NOT NULL,
        token TEXT NOT NULL,
        masked_name TEXT NOT NULL,
        PRIMARY KEY (hall_id, ticket)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX holder_token ON holder (hall_id, token)",
    """
    CREATE TABLE answer (
        hall_id TEXT NOT NULL,
        request_id TEXT NOT NULL,
        "window" INTEGER NOT NULL,
        staff TEXT NOT NULL,
        command TEXT NOT NULL,
        reply TEXT NOT NULL,
        seq INTEGER NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (hall_id, request_id)
    ) STRICT, WITHOUT ROWID
    """,
    'CREATE INDEX answer_window ON answer (hall_id, "window", seq) WHERE seq > 0',
    "CREATE INDEX answer_at ON answer (hall_id, at)",
    """
    CREATE TABLE device_session (
        hall_id TEXT NOT NULL,
        device TEXT NOT NULL,
        kind TEXT NOT NULL,
        session_no INTEGER NOT NULL,
        boot_id TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (hall_id, device, kind)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE session (
        hall_id TEXT NOT NULL,
        token_hash TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('clerk', 'manager', 'kiosk', 'window', 'rating')),
        subject TEXT NOT NULL,
        "window" INTEGER NOT NULL,
        lane INTEGER NOT NULL,
        session_no INTEGER NOT NULL,
        opened_at INTEGER NOT NULL,
        seen_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        PRIMARY KEY (hall_id, token_hash)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX session_subject ON session (hall_id, subject, kind)",
    """
    CREATE TABLE staff (
        hall_id TEXT NOT NULL,
        staff TEXT NOT NULL,
        pin_hash TEXT NOT NULL,
        clerk INTEGER NOT NULL CHECK (clerk IN (0, 1)),
        manager INTEGER NOT NULL CHECK (manager IN (0, 1)),
        disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
        PRIMARY KEY (hall_id, staff)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE attempts (
        hall_id TEXT NOT NULL,
        key TEXT NOT NULL,
        failures INTEGER NOT NULL,
        locked_until INTEGER NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (hall_id, key)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE nonce (
        hall_id TEXT NOT NULL,
        nonce TEXT NOT NULL,
        expires_at INTEGER NOT NULL,
        PRIMARY KEY (hall_id, nonce)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE catalog (
        hall_id TEXT NOT NULL,
        version TEXT NOT NULL,
        text TEXT NOT NULL,
        seq INTEGER NOT NULL,
        PRIMARY KEY (hall_id, version)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX catalog_in_force ON catalog (hall_id, seq)",
    """
    CREATE TABLE meta (
        hall_id TEXT NOT NULL,
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (hall_id, name)
    ) STRICT, WITHOUT ROWID
    """,
    # One hall's id is in every row, so it tells the planner nothing; without being told so it would read whole tables.
    "ANALYZE",
    """
    INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
        ('ticket', 'ticket', '1000000 1000000 1'),
        ('ticket', 'ticket_live', '1000 1000 200')
    """,
)
