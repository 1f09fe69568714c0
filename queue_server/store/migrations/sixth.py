"""The sixth step: the class 补件. The check of a column is words about the table; its rows stay where they are.

SQLite's own way for a change that touches no content (https://www.sqlite.org/lang_altertable.html, "Making Other Kinds
Of Table Schema Changes"); RESET reads the changed words before the step ends.
"""

STATEMENTS = (
    "PRAGMA writable_schema = ON",
    """
    UPDATE sqlite_schema SET sql = replace(sql, '''appointment'')', '''appointment'', ''returning'')')
    WHERE type = 'table' AND name = 'ticket'
    """,
    "PRAGMA writable_schema = RESET",
)
