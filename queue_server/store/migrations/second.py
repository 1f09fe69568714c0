"""The second step: when a part last worked, and how much paper it has."""

STATEMENTS = (
    "ALTER TABLE device_health ADD COLUMN seen INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE device_health ADD COLUMN paper TEXT NOT NULL DEFAULT ''",
)
