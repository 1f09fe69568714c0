"""From the card laid on the reader to the choices on the screen, against what the serial line allows at best.

The reader alone, without the pause between two polls, stands in `reading.py`.
"""

import json
import time
from collections.abc import Iterator
from random import Random

from devices.id_card.codec import PHOTO_LENGTH, TEXT_LENGTH, Command, Status, answer_frame, read_data
from devices.id_card.drivers.sdt import POLL_S
from devices.id_card.people import invented_person
from installer.bench.errors import BenchError
from installer.bench.figures import Against, Figure, figure, quantile
from installer.bench.halls import BenchHall
from installer.bench.reading import found_to_document_ms
from installer.bench.sizes import Sizes

BAUD = 115_200
_BITS_PER_BYTE = 10
_LIFTED_S = 1.3
"""A card is known to be another one only after a second without any."""
_PATIENCE_S = 10.0
_READINGS = 3  # readings of the reader alone for each card laid at the kiosk


def wire_floor_ms(baud: int = BAUD) -> float:
    """The time that the bytes of one find, select and read spend on the wire, both ways, with nothing else added."""
    exchanges = (
        (Command.FIND, answer_frame(Status.CARD_FOUND, bytes(4))),
        (Command.SELECT, answer_frame(Status.OK, bytes(8))),
        (Command.READ, answer_frame(Status.OK, read_data(bytes(TEXT_LENGTH), bytes(PHOTO_LENGTH)))),
    )
    length = sum(len(command.request) + len(answer) for command, answer in exchanges)
    return length * _BITS_PER_BYTE / baud * 1000


def measure(hall: BenchHall, sizes: Sizes) -> Iterator[Figure]:
    """Cards are laid at any moment between two polls; the kiosk's own screen greets and is sent home again."""
    floor = wire_floor_ms()
    alone = found_to_document_ms(hall.folder, BAUD, _READINGS * sizes.cards)  # before anything else is at work
    hall.stage.start_server()
    kiosk = hall.stage.start_kiosk(_script(sizes.cards))
    random = Random(sizes.cards)
    to_document, to_choices = [], []
    for seed in range(sizes.cards):
        kiosk.hear("say", 60)
        time.sleep(_LIFTED_S + random.uniform(0, POLL_S))
        laid_us = time.monotonic_ns() / 1000
        hall.twins["id_card"].control.act("lay", seed=seed)
        kiosk.hear("say", 60)
        shown = _shown(hall, seed)
        to_choices.append((shown["mono_us"] - laid_us) / 1000)
        to_document.append(to_choices[-1] - shown["ms"])
        hall.twins["id_card"].control.act("lift")
    at_best = Against(floor + POLL_S * 1000, f"wire + one poll of {POLL_S * 1000:.0f} ms")
    bar = f"≤ {floor:.0f} × 1.25 + one poll = {floor * 1.25 + POLL_S * 1000:.0f} ms"
    yield figure(f"card: wire time of find, select, read at {BAUD} baud, computed", floor, "ms")
    wire = Against(floor, "wire time")
    yield figure("card: found → document in the driver, p50", quantile(alone, 0.5), "ms", "ratio ≤ 1.15", wire)
    yield figure("card: laid → document in the driver, p50", quantile(to_document, 0.5), "ms", "", at_best)
    yield figure("card: laid → choices on the kiosk's screen, p50", quantile(to_choices, 0.5), "ms", "", at_best)
    yield figure(
        f"card: laid → choices on the kiosk's screen, slowest of {sizes.cards}", max(to_choices), "ms", bar, at_best
    )


def _script(cards: int) -> list[dict[str, object]]:
    """Says when a card may be laid, waits for its greeting, and goes home, where the person is forgotten."""
    script: list[dict[str, object]] = []
    for seed in range(cards):
        greeting = invented_person(Random(seed)).masked_name
        script += [
            {"wait": {"page": "home", "maskedName": ""}, "patience_s": 60},
            {"say": "lay"},
            {"wait": {"page": "home", "maskedName": greeting}},
            {"say": "greeted"},
            {"tap": "search"},
            {"wait": "search"},
            {"tap": "bar-home"},
        ]
    return script


def _shown(hall: BenchHall, before: int) -> dict[str, float]:
    """The kiosk's own note of the frame that showed the card, after so many earlier ones."""
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        if hall.stage.metrics.exists():
            lines = [json.loads(line) for line in hall.stage.metrics.read_text("utf-8").splitlines()]
            shown = [line for line in lines if line["what"] == "card_to_choices"]
            if len(shown) > before:
                found: dict[str, float] = shown[before]
                return found
        time.sleep(0.01)
    raise BenchError("取号机没有记下读卡到显示的用时")
