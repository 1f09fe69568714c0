"""From a failing script to the smallest one that still breaks the same promise, by leaving events out."""

from dataclasses import replace

from installer.rehearsal.hall_sim.run import Run
from installer.rehearsal.hall_sim.script import Event, Script

MOST_TRIES = 120


def shrink(script: Script, steps: int, promise: str) -> Script:
    """Leave out ever smaller runs of events, as long as the same promise stays broken.

    Args:
        script: A failing script.
        steps: How many steps it was played.
        promise: The promise it broke.

    Returns:
        A script of as few events as so many tries could reach.
    """
    tries = 0

    def fails(events: tuple[Event, ...]) -> bool:
        nonlocal tries
        tries += 1
        return Run(replace(script, events=events)).play(steps).promise == promise

    events, size = script.events, max(1, len(script.events) // 2)
    while tries < MOST_TRIES:
        start, before = 0, len(events)
        while start < len(events) and tries < MOST_TRIES:
            fewer = events[:start] + events[start + size :]
            if fails(fewer):
                events = fewer
            else:
                start += size
        if size == 1 and len(events) == before:
            break
        size = max(1, size // 2)
    kinds = {event.kind for event in events}
    return replace(script, events=events, faults=tuple(kind for kind in script.faults if kind in kinds))
