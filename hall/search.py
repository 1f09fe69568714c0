"""Finding a service by pinyin initials, name or spoken alias: pure, offline, the same on every screen."""

from collections.abc import Sequence
from dataclasses import dataclass

from hall.catalog import Service


@dataclass(frozen=True, slots=True)
class Match:
    """A service found, and the part of its name that matched as (start, length); length 0 when an alias matched."""

    service: Service
    start: int
    length: int


def search(services: Sequence[Service], query: str, limit: int = 8) -> list[Match]:
    """The best matches for what was typed, best first: name start, then inside the name, then aliases.

    Args:
        services: Where to look, in the catalogue's order (which breaks ties).
        query: Pinyin initials (any case) or Chinese characters; blanks are ignored.
        limit: At most so many.
    """
    wanted = "".join(query.split()).lower()
    if not wanted:
        return []
    ranked = [
        (rank, place, match)
        for place, service in enumerate(services)
        for rank, match in [_match(service, wanted)]
        if match
    ]
    return [match for _, _, match in sorted(ranked, key=lambda item: item[:2])[:limit]]


def next_keys(services: Sequence[Service], query: str) -> frozenset[str]:
    """The letters and digits that, typed next, still find something; the other keys go flat on the screen."""
    wanted = "".join(query.split()).lower()
    found: set[str] = set()
    for service in services:
        for initials in service.initials:
            start = initials.find(wanted)
            while start >= 0:
                found.update(initials[start + len(wanted) : start + len(wanted) + 1])
                start = initials.find(wanted, start + 1)
    return frozenset(found)


def _match(service: Service, wanted: str) -> tuple[int, Match | None]:
    name = service.name.lower()
    in_name = name.find(wanted)
    if in_name >= 0:
        return (0 if in_name == 0 else 1), Match(service, in_name, len(wanted))
    best: tuple[int, Match | None] = (9, None)
    for initials in service.initials:
        start = initials.find(wanted)
        if start < 0:
            continue
        # Initials of the name run along its characters; those of an alias have another length and mark nothing.
        marks = len(initials) == len(service.name)
        rank = (0 if start == 0 else 2) + (0 if marks else 1)
        if rank < best[0]:
            best = (rank, Match(service, start, len(wanted)) if marks else Match(service, 0, 0))
    if best[1] is None and any(wanted in alias.lower() for alias in service.aliases):
        return 4, Match(service, 0, 0)
    return best
