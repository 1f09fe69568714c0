"""Desks in an outage as tests draw them: cut off, with the panel open, with calls made by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtTest import QSignalSpy

from hall.mending import HandOutcome
from hall.ticket import Flag, TicketClass, TicketState
from hall.wire.commands import EnterByHand
from hall.wire.replies import Refusal, Reply
from queue_server.link.act_log import EnteredCall
from tests.support.grab import Screen
from tests.support.tickets import MINUTE
from tests.support.window_desk import LONG_NAME, NOW, called_here, desk, reply, served_here, shown
from tests.support.window_screens import CROWD, LONG, Outage, desk_screen, signed_in
from window_client.desk.situation import Connection
from window_client.viewmodels.desk_model import DeskModel
from window_client.viewmodels.sign_in_model import SignInModel

CODE = "OW1:" + "A" * 91
UNCERTAIN = (
    shown(31, 20, state=TicketState.WAITING, flags=(Flag.UNCERTAIN,)),
    shown(104, 30, lane=12, name=LONG_NAME, state=TicketState.SERVING, flags=(Flag.UNCERTAIN,)),
)

BOTH_MARKS = (Flag.LATE_MERGED, Flag.PAPER_UNKNOWN)
MARKED = (
    shown(25, 20, flags=BOTH_MARKS),
    shown(26, 30, lane=12, name=LONG_NAME, flags=BOTH_MARKS),
    shown(27, 31, name=LONG_NAME, kind=TicketClass.APPOINTMENT, flags=(*BOTH_MARKS, Flag.SAME_HOLDER)),
    shown(28, 32, flags=(Flag.LATE_MERGED,)),
)
"""Who waits after an outage, with all that can be said of them."""


def hand_call(
    n: int, number: str, minutes: float, refusal: Refusal | None = None, *, open_: bool = False
) -> EnteredCall:
    command = EnterByHand(
        request_id=f"{n:032x}",
        number=number,
        called_at=NOW - round(minutes * MINUTE),
        ended_at=NOW - round((minutes - 5) * MINUTE),
        outcome=HandOutcome.MISSED if n % 4 == 3 else HandOutcome.FINISHED,
    )
    ticket = None if n % 5 == 4 else called_here().ticket
    return EnteredCall(command, None if open_ else Reply(request_id=command.request_id, ticket=ticket, refusal=refusal))


CALLS = (
    hand_call(1, "A017", 40),
    hand_call(2, "A12-104", 30, Refusal.BAD_TIME),
    hand_call(3, "A019", 25, Refusal.ALREADY_OVER),
    hand_call(4, "A2-007", 20),
    hand_call(5, "A020", 15, open_=True),
)


@dataclass
class Hall:
    """A desk with everything of an outage."""

    both: tuple[SignInModel, DeskModel]
    outage: Outage
    theme: str = "standard"
    language: str = "zh"

    @property
    def desk(self) -> DeskModel:
        return self.both[1]

    def screen(self) -> Screen:
        return desk_screen(self.both, self.theme, self.language, self.outage)


def make(folder: Path, theme: str = "standard", language: str = "zh") -> Hall:
    both = signed_in(language)
    return Hall(both, Outage(both[1], folder / "sheets", language), theme, language)


def cut(hall: Hall) -> None:
    hall.desk.arrived(desk(served_here()))
    hall.desk.connected(Connection.AWAY)


def panel(hall: Hall) -> None:
    hall.desk.arrived(desk())
    hall.desk.open("outage")


def panel_when_cut(hall: Hall) -> None:
    hall.desk.arrived(desk(LONG, CROWD))
    hall.desk.connected(Connection.AWAY)
    hall.desk.open("outage")


def sheet_saved(hall: Hall) -> None:
    panel_when_cut(hall)
    hall.outage.sheet.save()


def slip_found(hall: Hall) -> None:
    hall.desk.arrived(desk(uncertain=UNCERTAIN))
    hall.desk.open("outage")
    hall.outage.slip.edit("a12-104")
    hall.outage.slip.submit()


def slip_while_busy(hall: Hall) -> None:
    hall.desk.arrived(desk(called_here(), queue=MARKED))
    hall.desk.open("outage")
    hall.outage.slip.edit("A027")
    hall.outage.slip.submit()


def slip_unknown(hall: Hall) -> None:
    panel(hall)
    hall.outage.slip.edit("A999")
    hall.outage.slip.submit()


def slip_refused(hall: Hall) -> None:
    panel(hall)
    hall.outage.slip.edit(CODE)
    hall.outage.slip.submit()
    hall.desk.answered(reply(refusal=Refusal.BAD_CODE))


def by_hand_empty(hall: Hall) -> None:
    hall.desk.arrived(desk())
    hall.desk.open("by_hand")


def by_hand(hall: Hall) -> None:
    by_hand_empty(hall)
    hall.outage.by_hand.renew(CALLS)


def by_hand_when_cut(hall: Hall) -> None:
    cut(hall)
    hall.desk.open("by_hand")
    hall.outage.by_hand.renew([hand_call(n, f"A{n:03}", 60 - n, open_=n > 20) for n in range(1, 41)])


def by_hand_mistake(hall: Hall) -> None:
    by_hand(hall)
    for field, text in (("number", "A021"), ("called", "0950"), ("ended", "0940")):
        hall.outage.by_hand.edit(field, text)
    hall.outage.by_hand.enter()


def uncertain(hall: Hall) -> None:
    hall.desk.arrived(desk(uncertain=UNCERTAIN))
    hall.desk.browse(3)


def kept_by_hand(hall: Hall) -> None:
    cut(hall)
    spy = QSignalSpy(hall.desk.keep)
    hall.desk.act("finish")
    hall.desk.kept(spy.at(0)[0], frozenset({"A023"}))


STATES: dict[str, Callable[[Hall], None]] = {
    "cut": cut,
    "panel": panel,
    "panel-cut-longest": panel_when_cut,
    "sheet-saved": sheet_saved,
    "slip-found": slip_found,
    "slip-while-busy": slip_while_busy,
    "slip-unknown": slip_unknown,
    "slip-refused": slip_refused,
    "by-hand-empty": by_hand_empty,
    "by-hand": by_hand,
    "by-hand-forty": by_hand_when_cut,
    "by-hand-mistake": by_hand_mistake,
    "uncertain": uncertain,
    "kept": kept_by_hand,
}
