"""The journal as text, one entry a line, for anybody who wants to recompute what a manager sees."""

from collections.abc import Iterator

from queue_server.store import Reader


def journal_lines(reader: Reader, after: int = 0, limit: int | None = None) -> Iterator[str]:
    """Entries after a place as JSON, without line ends. Nothing personal is in them."""
    return (entry.model_dump_json() for entry in reader.entries(after, limit))
