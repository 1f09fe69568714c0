"""Serial readers with a security module (SDT, SAM_V, SAM_A): ask for a card, select it, read it, wait until it is gone.

The reader never speaks first. Times and reactions follow the practice of published hosts and vendors' status tables.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress

from devices.clock import mono_us, wall_us
from devices.errors import DeviceFault, DeviceGarbled, DeviceSilent
from devices.health import Health, HealthState
from devices.id_card.codec import (
    FAULTS,
    RESEND,
    Answer,
    AnswerStream,
    Command,
    Status,
    sam_id_text,
    text_of_read,
)
from devices.id_card.layouts import address_of, document_of
from devices.id_card.reader import CardEvent, CardLifted, CardRead, CardUnreadable, UnreadableReason
from devices.transports import Transport
from hall.identity import IdentityDocument

_log = logging.getLogger("onewindow.devices.id_card")

POLL_S = 0.2
ATTEMPTS = 3  # whole rounds of find, select, read before the citizen is asked to lay the card anew
LOST_POLLS = 3  # so many in a row without a right answer, and the port is opened anew
ABSENT_US = 1_000_000  # "no card" for so long, then a card: it was lifted in between
CHECK_US = 15_000_000  # between two questions for the module's status
RATES = (115200, 57600, 38400, 19200, 9600)  # baud; all that the protocol has, the usual one first
NUMBER_ASKS = 3  # the module's number is now and then wrong in the first answer after opening
WAKING_ASKS = 4  # a module that has just been given power hears nothing for about 1.5 s
_ANSWER_S = 0.5  # until the first byte of an answer, and between its parts
_READ_S = 2.5  # the same for reading: the radio exchange with the card comes first
_LONGEST_ANSWER_US = 6_000_000  # a line that babbles without end is cut off here
_ADVICE = {
    Status.SELF_TEST_FAILED: "阅读器自检没有通过，请断电后重新接通，仍不行请联系维护人员",
    Status.NOT_AUTHORISED: "阅读器的安全模块没有授权，不能读证，请联系维护人员",
    Status.UNRECOGNISED: "阅读器报告未知错误，请断电后重新接通，仍不行请联系维护人员",
}


class SdtReader:
    """The driver. `open`, `watch` and `close` run on one thread, which also delivers the events.

    Args:
        transport: Not yet open. Or the same port at several baud rates: once at each opening they are tried in this
            order until the module answers, and the one that worked is the first of the next opening.
        on_event: Told every CardEvent; must be quick.
        name: In settings and logs.
        with_newest_address: Also ask for the address appended to the card. A number needs none: off by default.
        poll_s: Pause between two questions whether a card is there.
        now_us: A clock that never jumps.
        clock_us: UTC microseconds, for health.
    """

    def __init__(
        self,
        transport: Transport | Mapping[int, Transport],
        on_event: Callable[[CardEvent], None],
        *,
        name: str = "id_card",
        with_newest_address: bool = False,
        poll_s: float = POLL_S,
        now_us: Callable[[], int] = mono_us,
        clock_us: Callable[[], int] = wall_us,
    ) -> None:
        self._rates = dict(transport) if isinstance(transport, Mapping) else {0: transport}
        self._transport = next(iter(self._rates.values()))
        self._on_event = on_event
        self._name = name
        self._with_newest_address = with_newest_address
        self._poll_s = poll_s
        self._now_us = now_us
        self._clock_us = clock_us
        self._since_us = 0
        self._details: tuple[tuple[str, str], ...] = ()
        self._latch = _Latch()

    @property
    def name(self) -> str:
        """In settings and logs."""
        return self._name

    def health(self) -> Health:
        """Online while open: everything else shows as a DeviceError. Its details: baud rate and security module."""
        return Health(self._name, HealthState.ONLINE, self._since_us, details=self._details)

    def open(self) -> None:
        """Open the port, find its rate, ask whether the module is well and for its number; see Device.

        At the first rate the module is asked patiently: it may just be waking.
        """
        trouble: DeviceSilent | DeviceGarbled | None = None
        for baud, transport in tuple(self._rates.items()):
            self._transport = transport
            transport.open()
            try:
                self._wake(1 if trouble else WAKING_ASKS)
            except (DeviceSilent, DeviceGarbled) as unheard:
                transport.close()
                trouble = trouble or unheard
                continue
            self._rates = {baud: transport} | self._rates
            number = self._module_number() or "编号不详"
            self._details = (*((("波特率", str(baud)),) if baud else ()), ("安全模块", number))
            self._since_us = self._clock_us()
            _log.info("id_card.opened %s: %s", self._name, self._details)
            return
        raise trouble or DeviceSilent("没有波特率可试", code="id_card.silent")

    def close(self) -> None:
        """See Device."""
        self._transport.close()

    def watch(self, stop: threading.Event) -> None:
        """Poll for cards until stopped; see Device."""
        lost = 0
        checked_us = self._now_us()
        while not stop.is_set():
            try:
                self._found(self._ask(Command.FIND), stop)
                if self._now_us() - checked_us > CHECK_US:
                    checked_us = self._now_us()
                    self._check()
                lost = 0
            except (DeviceSilent, DeviceGarbled):
                lost += 1  # one bad moment on the line is not yet a trouble
                if lost >= LOST_POLLS:
                    raise
            stop.wait(self._poll_s)

    def _found(self, answer: Answer, stop: threading.Event) -> None:
        """React to one answer to FIND."""
        if answer.status in FAULTS:
            self._mend(answer)
        there = answer.status == Status.CARD_FOUND
        lifted, to_read = self._latch.see(there=there, now_us=self._now_us())
        if lifted:
            self._on_event(CardLifted())
        event = self._read_card(stop) if to_read else None
        if event is None:
            return
        doubted = self._latch.held
        if self._latch.hold(event):
            if doubted:
                self._on_event(CardLifted())
            self._on_event(event)

    def _read_card(self, stop: threading.Event) -> CardEvent | None:
        """The event for a card just found; None when it is gone again or the program stops."""
        for attempt in range(ATTEMPTS):
            if attempt:
                stop.wait(self._poll_s / 2)
                if stop.is_set():
                    return None
                if self._ask(Command.FIND).status != Status.CARD_FOUND:
                    continue
            try:
                answer = self._ask(Command.SELECT)
                if answer.status == Status.OK:
                    answer = self._ask(Command.READ, _READ_S)
                    if answer.status == Status.OK:
                        return CardRead(self._document(answer))
                if answer.status == Status.WRONG_CARD_TYPE:
                    return CardUnreadable(UnreadableReason.NOT_AN_ID_DOCUMENT)
                if answer.status in FAULTS:
                    self._mend(answer)
                _log.info("id_card.retry attempt %d: status %02X", attempt + 1, answer.status)
            except (DeviceSilent, DeviceGarbled) as disturbed:
                _log.info("id_card.retry attempt %d: %s", attempt + 1, disturbed.code)
        return CardUnreadable(UnreadableReason.NOT_READ)

    def _document(self, answer: Answer) -> IdentityDocument:
        newest_address = None
        if self._with_newest_address:
            with suppress(DeviceSilent, DeviceGarbled):  # a reader that cannot tell it has still read the card
                appended = self._ask(Command.READ_NEWEST_ADDRESS, _READ_S)
                if appended.status == Status.OK:
                    newest_address = address_of(appended.data)
        return document_of(text_of_read(answer.data), newest_address)

    def _wake(self, asks: int) -> None:
        for _ in range(asks):
            with suppress(DeviceSilent):
                return self._check()
        self._ask(Command.FIND)  # what finds cards is alive, though it may not tell its status
        return None

    def _module_number(self) -> str:
        """The module's number when two answers agree on it, else nothing: that is no reason not to read cards."""
        told = ""
        with suppress(DeviceSilent, DeviceGarbled):
            for _ in range(NUMBER_ASKS):
                answer = self._ask(Command.SAM_ID)
                before, told = told, sam_id_text(answer.data) if answer.status == Status.OK else ""
                if told == before:
                    return told
        return ""

    def _check(self) -> None:
        answer = self._ask(Command.SAM_STATUS)
        if answer.status != Status.OK:
            self._mend(answer)

    def _mend(self, answer: Answer) -> None:
        """Reset a module that reports a fault of its own, once; raises DeviceFault when that does not help."""
        _log.warning("id_card.reset status %02X", answer.status)
        self._ask(Command.RESET)
        again = self._ask(Command.SAM_STATUS)
        if again.status != Status.OK:
            raise DeviceFault(
                f"阅读器的安全模块报告 {again.status:02X}",
                code="id_card.fault",
                advice=next((words for status, words in _ADVICE.items() if status == again.status), None),
            )

    def _ask(self, command: Command, first_byte_s: float = _ANSWER_S) -> Answer:
        """One request and its answer; sent once more when either was damaged on the way, or a card's text lost.

        Raises:
            DeviceSilent: No answer in time.
            DeviceGarbled: Damaged twice.
            DeviceMissing: The port is gone.
        """
        try:
            answer = self._ask_once(command, first_byte_s)
            if answer.status not in RESEND:
                return answer
        except DeviceGarbled:
            pass
        except DeviceSilent:
            if command is not Command.READ:  # a card whose text was lost on the way is not found again, only read again
                raise
        answer = self._ask_once(command, first_byte_s)
        if answer.status in RESEND:
            raise DeviceGarbled(f"阅读器不接受 {command.name}，回答 {answer.status:02X}", code="id_card.refused")
        return answer

    def _ask_once(self, command: Command, first_byte_s: float) -> Answer:
        self._transport.reset()
        self._transport.write(command.request)
        stream = AnswerStream()
        until_us = self._now_us() + _LONGEST_ANSWER_US
        timeout_s, heard = first_byte_s, False
        while data := self._transport.read(stream.missing, timeout_s):
            timeout_s, heard = _ANSWER_S, True
            answer = stream.feed(data)
            if answer is not None:
                return answer
            if stream.timed_out or stream.damaged or self._now_us() > until_us:
                break
        if heard and not stream.timed_out:
            raise DeviceGarbled(f"阅读器对 {command.name} 的回答残缺", code="id_card.damaged")
        raise DeviceSilent(f"阅读器没有回答 {command.name}", code="id_card.silent")


class _Latch:
    """Whether a card found is the one already dealt with.

    After a read some readers go on finding the card, many find none although it still lies there. Both are
    right with one rule: it was lifted when "no card" has lasted for a while and then a card is found. After a
    shorter "no card" it may be the same card, badly found for a moment, or another laid quickly: only reading tells.
    """

    def __init__(self) -> None:
        self.held = False  # the last card is not known to be gone
        self._last = 0  # of the last card nothing is kept but this, to know it again
        self._seen = False  # this reader sees the lying card, so that "no card" means lifted
        self._absent_since_us: int | None = None

    def hold(self, event: CardEvent) -> bool:
        """The card that lies there was tried; returns whether it is news, or only the card already held.

        Only a card that was read may be invisible from now on.
        """
        before, self._last = self._last if self.held else None, _mark(event)
        self.held, self._seen, self._absent_since_us = True, not isinstance(event, CardRead), None
        return self._last != before

    def see(self, *, there: bool, now_us: int) -> tuple[bool, bool]:
        """Take in one answer; returns whether the last card is now known to be gone, and whether to read a card."""
        if not self.held:
            return False, there
        if not there and self._absent_since_us is None:
            self._absent_since_us = now_us
        absent = self._absent_since_us is not None and now_us - self._absent_since_us >= ABSENT_US
        if absent and (there or self._seen):
            self.held = False
            return True, there
        if there:
            self._seen = True
        return False, there and self._absent_since_us is not None


def _mark(event: CardEvent) -> int:
    """By which a card is known again, salted by the interpreter: no number can be told from it."""
    if isinstance(event, CardRead):
        return hash((event.document.kind, event.document.number, event.document.name))
    return hash(event)
