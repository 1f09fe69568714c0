"""The fourth step: when a part last worked, recomputed from the journal; what is never deleted, guarded.

The second step set `seen` to "never" for parts known before, where the journal knows better: the tables must say what
the journal says. A part worked at an entry if it works from then on or did so until then.

Numbers, lanes and plans are what no two people may ever share: a number stays with its ticket, none of them goes away.
"""

STATEMENTS = (
    """
    UPDATE device_health SET seen = told.seen FROM (
        SELECT hall_id, device, part, max(at) AS seen FROM (
            SELECT hall_id, device, part, at, state,
                lag(state) OVER (PARTITION BY hall_id, device, part ORDER BY seq) AS before
            FROM (
                SELECT hall_id, seq, at,
                    json_extract(fact_json, '$.body.device') AS device,
                    json_extract(fact_json, '$.body.part') AS part,
                    json_extract(fact_json, '$.body.state') AS state
                FROM journal WHERE kind = 'health_changed'
            )
        )
        WHERE state IN ('online', 'attention') OR before IN ('online', 'attention')
        GROUP BY hall_id, device, part
    ) AS told
    WHERE told.hall_id = device_health.hall_id AND told.device = device_health.device
        AND told.part = device_health.part
    """,
    """
    CREATE TRIGGER ticket_keeps_its_number BEFORE UPDATE OF day, prefix, lane, n ON ticket
    WHEN OLD.day <> NEW.day OR OLD.prefix <> NEW.prefix OR OLD.lane IS NOT NEW.lane OR OLD.n <> NEW.n
    BEGIN SELECT RAISE(ABORT, 'a number stays with its ticket'); END
    """,
    """
    CREATE TRIGGER ticket_is_never_deleted BEFORE DELETE ON ticket
    BEGIN SELECT RAISE(ABORT, 'a ticket is never deleted'); END
    """,
    """
    CREATE TRIGGER lane_is_never_deleted BEFORE DELETE ON lane
    BEGIN SELECT RAISE(ABORT, 'a lane is never deleted'); END
    """,
    """
    CREATE TRIGGER number_plan_is_never_deleted BEFORE DELETE ON number_plan
    BEGIN SELECT RAISE(ABORT, 'a number plan is never deleted'); END
    """,
    # Asked at every look of the manager: years of tickets must cost nothing.
    "CREATE INDEX ticket_late_merged ON ticket (hall_id, day) WHERE instr(flags, 'late_merged') > 0",
)
