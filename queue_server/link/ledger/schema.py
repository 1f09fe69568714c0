"""The ledger's tables, as a ladder: step N brings a file from `user_version` N−1 to N. A step is never edited.

`device` is one row: who this ledger is and how far it got. `ticket` holds the own tickets and, from the feed, those of
the other issuers of the day, so that no number heard of can be given; `heard` is 0 for an own one of which the server
has not told yet. `fact` is the outbox and its own past; `acked_us` is when the server first had it, by its own clock.
"""

APPLICATION_ID = 0x4F574C31  # "OWL1"

LADDER: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE device (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            incarnation TEXT NOT NULL,
            device TEXT NOT NULL,
            lane INTEGER,
            session_no INTEGER NOT NULL DEFAULT 0,
            last_seq INTEGER NOT NULL DEFAULT 0,
            highwater INTEGER NOT NULL DEFAULT 0,
            acked INTEGER NOT NULL DEFAULT 0,
            server_epoch TEXT NOT NULL DEFAULT '',
            hall_id TEXT NOT NULL DEFAULT '',
            feed_seq INTEGER NOT NULL DEFAULT 0,
            last_day TEXT,
            plan TEXT,
            plan_suspended INTEGER NOT NULL DEFAULT 0 CHECK (plan_suspended IN (0, 1)),
            lane_floor INTEGER NOT NULL DEFAULT 0,
            catalog_version TEXT NOT NULL DEFAULT '',
            catalog TEXT
        ) STRICT""",
        """CREATE TABLE ticket (
            id TEXT PRIMARY KEY,
            own INTEGER NOT NULL CHECK (own IN (0, 1)),
            day TEXT NOT NULL,
            prefix TEXT NOT NULL,
            lane INTEGER,
            n INTEGER NOT NULL CHECK (n > 0),
            group_id TEXT NOT NULL,
            live INTEGER NOT NULL CHECK (live IN (0, 1)),
            body TEXT NOT NULL
        ) STRICT""",
        "CREATE UNIQUE INDEX ticket_number ON ticket (day, prefix, coalesce(lane, -1), n)",
        "CREATE INDEX ticket_live ON ticket (live, group_id)",
        """CREATE TABLE holder (
            ticket TEXT PRIMARY KEY,
            token TEXT NOT NULL,
            masked_name TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE fact (
            lane_seq INTEGER PRIMARY KEY,
            event_id TEXT NOT NULL UNIQUE,
            body TEXT NOT NULL,
            wall_us INTEGER NOT NULL,
            mono_us INTEGER NOT NULL,
            boot_id TEXT NOT NULL
        ) STRICT""",
        """CREATE TABLE high (
            day TEXT NOT NULL,
            prefix TEXT NOT NULL,
            form TEXT NOT NULL CHECK (form IN ('plan', 'lane')),
            n INTEGER NOT NULL,
            PRIMARY KEY (day, prefix, form)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE print_job (
            id TEXT PRIMARY KEY,
            ticket TEXT NOT NULL,
            copy_no INTEGER NOT NULL CHECK (copy_no > 0),
            state TEXT NOT NULL CHECK (state IN ('issued', 'sent', 'printed', 'unknown', 'failed')),
            slip TEXT NOT NULL,
            wall_us INTEGER NOT NULL,
            UNIQUE (ticket, copy_no)
        ) STRICT""",
    ),
    (
        "ALTER TABLE device ADD COLUMN home TEXT",
        "ALTER TABLE device ADD COLUMN replaces INTEGER",
        "ALTER TABLE device ADD COLUMN next_plan TEXT",
        "ALTER TABLE device ADD COLUMN contact_us INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE device ADD COLUMN before TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE fact ADD COLUMN acked_us INTEGER",
        "ALTER TABLE ticket ADD COLUMN heard INTEGER NOT NULL DEFAULT 1 CHECK (heard IN (0, 1))",
        """UPDATE ticket SET heard = 0 WHERE own = 1 AND id IN (
            SELECT json_extract(fact.body, '$.ticket') FROM fact, device
            WHERE fact.lane_seq > device.highwater AND json_extract(fact.body, '$.kind') = 'ticket_issued'
        )""",
    ),
    (
        "ALTER TABLE device ADD COLUMN plan_rests TEXT",
        "ALTER TABLE device ADD COLUMN marked INTEGER NOT NULL DEFAULT 0 CHECK (marked IN (0, 1))",
    ),
    (
        "ALTER TABLE device ADD COLUMN put_back TEXT",
        "UPDATE device SET put_back = plan_rests",
        "ALTER TABLE device ADD COLUMN refused TEXT NOT NULL DEFAULT ''",
    ),
    (
        """CREATE TABLE booking (
            id TEXT PRIMARY KEY,
            number TEXT NOT NULL,
            day TEXT NOT NULL,
            token TEXT,
            ticket TEXT,
            body TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX booking_number ON booking (number)",
        "CREATE INDEX booking_token ON booking (token) WHERE token IS NOT NULL",
        "CREATE INDEX booking_ticket ON booking (ticket) WHERE ticket IS NOT NULL",
        "CREATE INDEX booking_day ON booking (day)",
        """CREATE TABLE slot_change (
            day TEXT NOT NULL,
            group_id TEXT NOT NULL,
            start INTEGER NOT NULL,
            capacity INTEGER NOT NULL,
            PRIMARY KEY (day, group_id, start)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE sent_back (
            ticket TEXT PRIMARY KEY,
            day TEXT NOT NULL,
            service TEXT NOT NULL,
            group_id TEXT NOT NULL,
            used INTEGER NOT NULL DEFAULT 0 CHECK (used IN (0, 1))
        ) STRICT""",
        "CREATE TABLE system_fault (group_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    ),
)
