"""The fourth step: when a part last worked, recomputed from the journal.

The second step set it to "never" for parts known before, where the journal knows better: the tables must say what the
journal says. A part worked at an entry if it works from then on or did so until then.
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
)
