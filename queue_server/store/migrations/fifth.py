"""The fifth step: whom one window alone may call, and when those on hold and those who paused mean to be back."""

STATEMENTS = (
    "ALTER TABLE ticket ADD COLUMN pinned INTEGER",
    "ALTER TABLE ticket ADD COLUMN back_at INTEGER",
    "ALTER TABLE window_status ADD COLUMN back_at INTEGER",
)
