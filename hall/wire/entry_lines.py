"""A journal entry as one line of text between two processes of one server; what chains it stays behind."""

from hall.facts import Fact, JournalEntry, TimeQuality


def entry_line(seq: int, at: int, quality: str, fact: str) -> str:
    """`SEQ AT QUALITY FACT-JSON`, of an entry as it is stored."""
    return f"{seq} {at} {quality} {fact}"


def entry_of(line: bytes) -> JournalEntry:
    """The entry of such a line, without its hashes."""
    seq, at, quality, fact = line.split(b" ", 3)
    return JournalEntry(
        seq=int(seq),
        at=int(at),
        quality=TimeQuality(quality.decode()),
        fact=Fact.model_validate_json(fact),
        prev_hash="",
        hash="",
    )
