"""The SDT driver without a line: readers made of functions, of a recording, and of the published tables alone."""

import json
import threading
from datetime import date
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any

import pytest

from devices.errors import DeviceSilent
from devices.health import HealthState
from devices.id_card import CardEvent, CardLifted, CardRead, CardUnreadable, UnreadableReason
from devices.id_card.codec import PHOTO_LENGTH, SENT, Command, Status, answer_frame, read_data
from devices.id_card.drivers.sdt import RATES, SdtReader
from devices.id_card.layouts import text_of
from devices.id_card.people import invented_person
from devices.transports import MemoryTransport, ReplayTransport
from tests.golden.id_card import builder

GOLDEN = Path(__file__).parents[2] / "golden" / "id_card"
EXCHANGES = json.loads((GOLDEN / "exchanges.json").read_text("utf-8"))
CARDS = json.loads((GOLDEN / "layouts.json").read_text("utf-8"))["cards"]


def test_a_recorded_reader_plays_back() -> None:
    transport = ReplayTransport((GOLDEN / "no_card.txt").read_text("utf-8"))
    told: list[CardEvent] = []
    reader = SdtReader(transport, told.append)
    reader.open()
    number = ("安全模块", "05.03-20111202-0002136532-0123456789")
    assert number in reader.health().details  # the first answer was another, as happens
    with pytest.raises(DeviceSilent):
        reader.watch(threading.Event())
    assert told == []
    assert transport.finished


class Module:
    """A reader made of a function: well, without a card, and perhaps unable to tell its number or status."""

    def __init__(self, number: bytes | None = bytes(16), *, tells_status: bool = True) -> None:
        self.number = number
        self.tells_status = tells_status
        self.heard: list[Command] = []
        self.transport = MemoryTransport(self._answer)

    def _answer(self, request: bytes) -> bytes:
        command = next(command for command in SENT if command.request == request)
        self.heard.append(command)
        if command is Command.SAM_STATUS and not self.tells_status:
            return b""
        if command is Command.SAM_ID:
            return answer_frame(Status.OK, self.number) if self.number else answer_frame(Status.COMMAND_WRONG)
        return answer_frame(Status.NO_CARD if command is Command.FIND else Status.OK)


def test_the_rate_is_found_once_and_remembered() -> None:
    module = Module()
    tried: list[int] = []

    def port(rate: int) -> MemoryTransport:
        def answer(request: bytes) -> bytes:
            tried.append(rate)
            module.transport.open()
            module.transport.write(request)
            return module.transport.read_available() if rate == 19200 else b""

        return MemoryTransport(answer)

    reader = SdtReader({rate: port(rate) for rate in RATES}, lambda _: None)
    reader.open()
    assert [rate for rate, _ in groupby(tried)] == [115200, 57600, 38400, 19200]
    assert ("波特率", "19200") in reader.health().details
    reader.close()
    tried.clear()
    reader.open()
    assert set(tried) == {19200}


def test_a_reader_at_no_rate_is_silent() -> None:
    reader = SdtReader({rate: MemoryTransport(lambda _: b"") for rate in RATES}, lambda _: None)
    with pytest.raises(DeviceSilent):
        reader.open()


def test_a_module_without_a_number_reads_all_the_same() -> None:
    module = Module(number=None)
    reader = SdtReader(module.transport, lambda _: None)
    reader.open()
    assert ("安全模块", "编号不详") in reader.health().details
    assert Command.SAM_STATUS in module.heard


def test_a_reader_that_tells_no_status_is_known_by_its_finding() -> None:
    reader = SdtReader(Module(tells_status=False).transport, lambda _: None)
    reader.open()
    assert reader.health().state is HealthState.ONLINE


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card["name"])
def test_a_reader_made_of_the_published_tables_is_read(card: dict[str, Any]) -> None:
    """No twin and no codec of this house: every answer comes from the golden tables."""
    answers = {
        "11 FF": builder.answer(0x90),
        "12 FF": bytes.fromhex(EXCHANGES["sam_id"]["frame"]),
        "20 01": builder.answer(0x9F, bytes(4)),
        "20 02": builder.answer(0x90, bytes(8)),
        "30 01": builder.read_answer(builder.card(card["fields"])),
        "30 03": builder.answer(0x91),
    }
    by_request = {bytes.fromhex(f"AA AA AA 96 69 00 03 {command}"): answer for command, answer in answers.items()}
    told: list[CardEvent] = []
    stop = threading.Event()

    def heed(event: CardEvent) -> None:
        told.append(event)
        stop.set()

    reader = SdtReader(MemoryTransport(lambda request: by_request[request[:-1]]), heed, with_newest_address=True)
    reader.open()
    reader.watch(stop)
    [event] = told
    assert isinstance(event, CardRead)
    for name, value in card["document"].items():
        read = getattr(event.document, name)
        assert (read.isoformat() if isinstance(read, date) else read) == value


def test_a_module_that_fails_in_the_middle_of_a_card_is_reset_and_reads_it() -> None:
    heard: list[Command] = []
    text = text_of(invented_person(Random(3)))

    def answer(request: bytes) -> bytes:
        heard.append(next(command for command in SENT if command.request == request))
        match heard[-1]:
            case Command.FIND:
                return answer_frame(Status.CARD_FOUND, bytes(4))
            case Command.SELECT if Command.RESET not in heard:
                return answer_frame(Status.UNRECOGNISED)
            case Command.READ:
                return answer_frame(Status.OK, read_data(text, bytes(PHOTO_LENGTH)))
        return answer_frame(Status.OK, bytes(8))

    told: list[CardEvent] = []
    stop = threading.Event()

    def heed(event: CardEvent) -> None:
        told.append(event)
        stop.set()

    reader = SdtReader(MemoryTransport(answer), heed, poll_s=0.01)
    reader.open()
    reader.watch(stop)
    assert told == [CardRead(invented_person(Random(3)))]
    assert heard.count(Command.RESET) == 1


A, B = (CardRead(invented_person(Random(seed))) for seed in (1, 2))
UNREADABLE = CardUnreadable(UnreadableReason.NOT_READ)
FOREIGN = CardUnreadable(UnreadableReason.NOT_AN_ID_DOCUMENT)


@pytest.mark.parametrize("sees_lying_cards", [True, False])
@pytest.mark.parametrize(
    ("laid", "told"),
    [
        ([A, None, B], [A, CardLifted(), B]),
        ([A, None, A], [A]),
        ([A, None, A, None, A, None, B], [A, CardLifted(), B]),
        ([A, None, FOREIGN], [A, CardLifted(), FOREIGN]),
        ([A, None, UNREADABLE, None, B], [A, CardLifted(), UNREADABLE, CardLifted(), B]),
        ([UNREADABLE, None, UNREADABLE], [UNREADABLE]),
        ([UNREADABLE, None, A], [UNREADABLE, CardLifted(), A]),
    ],
)
def test_after_a_moment_without_a_card_only_another_one_is_told(
    laid: list[CardEvent | None], told: list[CardEvent], sees_lying_cards: bool
) -> None:
    """A citizen takes the card and the next lays theirs at once; or one card is badly found for a moment."""
    stop = threading.Event()
    # Each card, or none, for so many polls; the driver's clock stands still, so that none is away for long.
    polls = iter([lies for lies in laid for _ in range(9)])
    lies: CardEvent | None = None
    known = False

    def found() -> bool:
        nonlocal lies, known
        before = lies
        try:
            lies = next(polls)
        except StopIteration:
            stop.set()
        known = known and lies is before
        return lies is not None and (sees_lying_cards or not known)

    def answer(request: bytes) -> bytes:
        nonlocal known
        match next(command for command in SENT if command.request == request):
            case Command.FIND:
                return answer_frame(Status.CARD_FOUND, bytes(4)) if found() else answer_frame(Status.NO_CARD)
            case Command.SELECT if lies == FOREIGN:
                return answer_frame(Status.WRONG_CARD_TYPE)
            case Command.READ:
                if not isinstance(lies, CardRead):
                    return answer_frame(Status.READ_FAILED)
                known = True
                return answer_frame(Status.OK, read_data(text_of(lies.document), bytes(PHOTO_LENGTH)))
        return answer_frame(Status.OK, bytes(8))

    events: list[CardEvent] = []
    reader = SdtReader(MemoryTransport(answer), events.append, poll_s=0, now_us=lambda: 0)
    reader.open()
    reader.watch(stop)
    assert events == told
