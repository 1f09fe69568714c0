"""What a manager sees of a hall's backups."""

from hall.words import Micros, Word


class BackupNow(Word):
    """One backup. `trouble` says why it cannot be used; what else it says of itself is empty then.

    Attributes:
        name: The file's name.
        bytes: Its size.
        at: When it was taken.
        daily: Kept for a month, without anybody's name or token.
        asked: A person asked for it.
        offset_minutes: The hall's clock against UTC.
        seq: How far it reaches: place of its last journal entry.
    """

    name: str
    bytes: int
    at: Micros = 0
    daily: bool = False
    asked: bool = False
    offset_minutes: int = 0
    seq: int = 0
    trouble: str = ""


class BackupList(Word):
    """All backups of the first place, newest first."""

    backups: tuple[BackupNow, ...]


class DrillNow(Word):
    """How a drill went: which backup was tried, how many entries it holds, what is wrong (nothing, if it would do)."""

    name: str
    entries: int
    faults: tuple[str, ...]
