"""The sixth step: calls by name in the day's figures."""

STATEMENTS = ("ALTER TABLE day_count ADD COLUMN chosen INTEGER NOT NULL DEFAULT 0",)
