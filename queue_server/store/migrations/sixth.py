"""The sixth step: the class 补件, and who was called by a clerk's choice.

The check of a column is words about the table; its rows stay where they are. This is SQLite's own way for a
change that touches no content (https://www.sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema
Changes"); RESET reads the changed words before the step ends.
"""

STATEMENTS = (
    "PRAGMA writable_schema = ON",
    """
    UPDATE sqlite_schema SET sql = replace(sql, '''appointment'')', '''appointment'', ''returning'')')
    WHERE type = 'table' AND name = 'ticket'
    """,
    "PRAGMA writable_schema = RESET",
    "ALTER TABLE ticket ADD COLUMN chosen INTEGER NOT NULL DEFAULT 0 CHECK (chosen IN (0, 1))",
)
