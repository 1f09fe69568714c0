"""The desk for QML: one situation, drawn by the pure functions of `window_client.desk`.

It is long because QML reads one object for one screen; each property is a line over a pure function.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement

from hall.catalog import Catalog
from hall.clock import Clock
from hall.opening import business_day
from hall.wire.commands import Command, EnterByHand
from hall.wire.replies import Reply
from hall.wire.views import Desk
from window_client.desk.acts import (
    REST_MS,
    Details,
    act_of,
    allowed,
    command_for,
    further_acts,
    main_act,
    offer,
    row_of_acts,
    ticket_of,
    undo_seconds,
)
from window_client.desk.band import band
from window_client.desk.by_hand import at_the_window
from window_client.desk.choices import ASKING, choices, chosen, entry, head, second_question, whole_answer
from window_client.desk.citizen import citizen
from window_client.desk.note import note
from window_client.desk.papers import papers
from window_client.desk.situation import Act, Connection, Listing, Outcome, Situation
from window_client.desk.times import clock as clock_words
from window_client.desk.times import day
from window_client.desk.waiting import load, newcomers, rows, tabs
from window_client.i18n import Phrases
from window_client.viewmodels.plain import plain
from window_client.viewmodels.rows_model import RowsModel

QML_IMPORT_NAME = "window_client.viewmodels"
QML_IMPORT_MAJOR_VERSION = 1
_OF_THE_CITIZEN = ("transfer", "hold", "finish", "guide", "next_service")
_OF_AN_IDLE_WINDOW = (Act.CALL_TICKET, Act.START_WITHOUT_TICKET)
_ROW_ACTS = {
    Listing.WAITING: Act.CALL_TICKET,
    Listing.MISSED: Act.PUT_BACK,
    Listing.HELD: Act.PUT_BACK,
    Listing.UNCERTAIN: Act.CALL_TICKET,
}


@QmlElement
class DeskModel(QObject):
    """What the desk shows and what its buttons do.

    `asked` carries a command for the link; its answer comes back by `answered` or `not_answered`. `keep` carries an end
    made without the server, to be written down; it comes back by `kept` or `not_answered`.
    """

    changed = Signal()
    ticked = Signal()
    asked = Signal(object)
    keep = Signal(object)

    def __init__(
        self, words: Phrases, window: int, clock: Clock, new_id: Callable[[], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._window = window
        self._clock = clock
        self._new_id = new_id
        self._staff = ""
        self._recalled = False
        self._panel = ""
        self._row = self._said = ""
        self._by_hand: EnterByHand | None = None
        self._ticked: frozenset[int] = frozenset()
        self._listing = Listing.WAITING
        self._rows = RowsModel(self)
        moment = clock.now()
        self._server_us, self._received_us = moment.wall_us, moment.mono_us
        self.situation = Situation(moment.wall_us)
        self._seconds = QTimer(self, interval=1000)
        self._seconds.timeout.connect(self.tick)
        self._seconds.start()
        self._settle = QTimer(self, interval=REST_MS, singleShot=True)
        self._settle.timeout.connect(self._settled)

    # What comes from the server

    def opened(self, staff: str, catalog: Catalog | None) -> None:
        """A clerk signed in."""
        self._staff = staff
        self.recall(None)
        self._set(catalog=catalog)

    def closed(self) -> None:
        """The clerk is gone: nothing of the desk stays."""
        self._staff = self._panel = ""
        self._listing = Listing.WAITING
        self._set(desk=None, connection=Connection.CONNECTING, pending=None, outcome=None)

    def recall(self, desk: Desk | None) -> None:
        """Show the last list of today to be read while nobody is signed in and there is no server; None: no longer."""
        moment = self._clock.now()
        offset = self.situation.offset_minutes
        if desk is not None and business_day(desk.at, offset) == business_day(moment.wall_us, offset):
            self._recalled = True
            self._server_us, self._received_us = max(desk.at, moment.wall_us), moment.mono_us
            self._set(desk=desk, connection=Connection.AWAY)
        elif self._recalled:
            self._recalled = False
            self._listing = Listing.WAITING
            self._set(desk=None, connection=Connection.CONNECTING)

    def arrived(self, desk: Desk) -> None:
        """The server sent the desk as it stands now."""
        self._recalled = False
        before = self.situation.active
        self._server_us, self._received_us = desk.at, self._clock.now().mono_us
        same = before is not None and desk.active is not None and before.ticket.id == desk.active.ticket.id
        if not same:
            self._ticked = frozenset()
            self._panel = "" if self._panel.partition("@")[0] in _OF_THE_CITIZEN else self._panel
        if self._panel in _OF_AN_IDLE_WINDOW and desk.active is not None:
            self._panel = ""
        if self._panel == Act.CALL_TICKET and self._row not in {each.ticket.id for each in desk.queue}:
            self._panel = ""
        if self._listing is Listing.UNCERTAIN and not desk.uncertain:
            self._listing = Listing.WAITING
        self._set(desk=desk)

    def connected(self, connection: Connection) -> None:
        """The way to the server changed."""
        self._set(connection=connection)

    def answered(self, reply: Reply) -> None:
        """The server answered the act on its way."""
        self._end(reply=reply)

    def not_answered(self, trouble: str) -> None:
        """No answer came; `trouble` says why in words."""
        self._end(trouble=trouble)

    def kept(self, call: EnterByHand, waiting: frozenset[str]) -> None:
        """A call made by hand is durable; the server has not heard of those `waiting`."""
        self._set(kept=waiting)
        if call == self._by_hand:
            self._by_hand = None
            self._end(kept=call.number)

    def not_kept(self, why: str) -> None:
        """The disk did not take the end of the citizen here: it can be tried again."""
        if self._by_hand is not None:
            self._by_hand = None
            self._end(trouble=why)

    def settled(self, command: Command, reply: Reply, waiting: frozenset[str]) -> None:
        """A command of which nobody knew came to an end; told like an answer, unless another act is under way."""
        act = act_of(command)
        told = act is not None and self.situation.pending is None
        self._set(kept=waiting, **({"outcome": Outcome(act, reply)} if told and act else {}))

    def _end(self, **how: Any) -> None:
        act = self.situation.pending
        if act is None:  # the clerk was signed out meanwhile
            return
        self._settle.start()
        self._set(pending=None, outcome=Outcome(act, **how), settling=True)

    def _settled(self) -> None:
        self._set(settling=False)

    @Slot()
    def tick(self) -> None:
        """A second has passed."""
        self.situation = replace(self.situation, now_us=self._now())
        self._rows.show(rows(self.situation, self._listing, self._words))
        self.ticked.emit()

    def _set(self, **changes: Any) -> None:
        self.situation = replace(self.situation, **changes, now_us=self._now())
        self._rows.show(rows(self.situation, self._listing, self._words))
        self.changed.emit()
        self.ticked.emit()

    def _now(self) -> int:
        return self._server_us + self._clock.now().mono_us - self._received_us

    # What the clerk does

    @Slot(str)
    @Slot(str, str)
    def act(self, name: str, detail: str = "") -> None:
        """Do an act by its name; `detail` is the row's ticket, the code of a slip, or what was chosen in its panel.

        A waiting row that is called out of order needs a reason; of an uncertain one it is known.
        """
        act = Act(name)
        chosen_row = act is Act.CALL_TICKET and self._listing is Listing.WAITING
        asks = chosen_row or (act in ASKING and act not in (Act.FINISH, Act.CALL_TICKET) and not detail)
        if asks and allowed(self.situation, act):
            self.open(act.value)
            self._row = detail
            return
        self.do(act, detail, self._words.uncertain_reason if act is Act.CALL_TICKET else "")

    @Slot(str)
    def answer(self, value: str) -> None:
        """A button of the panel that asks was pressed, or by an empty value what stands in its line answers."""
        following = second_question(self._panel, value)
        if following:
            self.open(following)
            return
        act, value = whole_answer(self._panel, value)
        details = chosen(act, value, self._words, self._said)
        if act is not Act.CALL_TICKET or details.reason:
            self._carry_out(act, self._row, details)

    @Slot(str)
    def say(self, text: str) -> None:
        """Write into the line of the panel that asks."""
        self._said = text
        self.changed.emit()

    def do(self, act: Act, detail: str = "", reason: str = "") -> None:
        """As `act`, by whatever hand, and asking nothing: a pause may go without a reason.

        A reason given here is the whole of what is said of the act.
        """
        self._carry_out(act, detail, Details(reason=reason) if reason else chosen(act, detail, self._words))

    def _carry_out(self, act: Act, row: str, details: Details) -> None:
        if not allowed(self.situation, act):
            return
        if act is not Act.ADOPT and self._panel != "by_hand":
            self._panel = ""
        if self.situation.connection is Connection.AWAY:
            self._by_hand = at_the_window(replace(self.situation, now_us=self._now()), act, self._new_id())
            self._set(pending=act, outcome=None)
            self.keep.emit(self._by_hand)
            return
        command = command_for(
            act,
            self._new_id(),
            ticket=ticket_of(self.situation, act, row),
            details=details,
        )
        self._set(pending=act, outcome=None)
        self.asked.emit(command)

    @Slot(str)
    def open(self, panel: str) -> None:
        """Show a panel over the middle column: transfer, pause, guide, outage, by_hand; an empty name closes it."""
        self._panel = "" if panel == self._panel else panel
        self._row = self._said = ""
        # What came of an act before belongs to the page that is left, unless it can still be taken back.
        over = self.situation.pending is None and not undo_seconds(self.situation)
        self._set(**({"outcome": None} if over else {}))

    @Slot(int)
    def tick_paper(self, place: int) -> None:
        """Tick a paper off, or take the tick back."""
        self._ticked = self._ticked ^ {place}
        self.changed.emit()

    @Slot(int)
    def browse(self, place: int) -> None:
        """Show the waiting, the missed, the held or the uncertain."""
        self._listing = tuple(Listing)[place]
        self._set()

    # The top bar

    @Property(str, notify=changed)
    def windowTitle(self) -> str:
        """`3 号窗口`."""
        return self._words.window.format(number=self._window)

    @Property("QStringList", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def captions(self) -> list[str]:
        """What the window is for, and who sits there."""
        catalog = self.situation.catalog
        windows = catalog.windows if catalog else ()
        name = next((window.name for window in windows if window.number == self._window), "")
        return [text for text in (name, self._words.clerk.format(staff=self._staff)) if text]

    @Property(str, notify=ticked)
    def date(self) -> str:
        """Day and weekday."""
        return day(self.situation.now_us, self.situation.offset_minutes, self._words)

    @Property(str, notify=ticked)
    def time(self) -> str:
        """The hall's clock."""
        return clock_words(self.situation.now_us, self.situation.offset_minutes)

    @Property(str, notify=changed)
    def connection(self) -> str:
        """connecting, online or away."""
        return self.situation.connection.value

    @Property(str, notify=changed)
    def connectionWords(self) -> str:
        """The same in words."""
        return self._words.connections[self.situation.connection]

    @Property(str, notify=changed)
    def offlineHelp(self) -> str:
        """How old what is shown is, while the server is away."""
        desk = self.situation.desk
        at = desk.at if desk else self.situation.now_us
        return self._words.offline_help.format(time=clock_words(at, self.situation.offset_minutes))

    # The columns

    @Property(str, notify=changed)
    def state(self) -> str:
        """closed, idle, calling, serving or paused."""
        return self.situation.state.value

    @Property("QVariantMap", notify=ticked)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def band(self) -> dict[str, Any]:
        """`window_client.desk.band.Band`."""
        return dict(plain(band(self.situation, self._words)))

    @Property("QVariantMap", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def citizen(self) -> dict[str, Any]:
        """`window_client.desk.citizen.Citizen`."""
        return dict(plain(citizen(self.situation, self._words)))

    @Property("QVariantMap", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def papers(self) -> dict[str, Any]:
        """`window_client.desk.papers.Papers`."""
        return dict(plain(papers(self.situation, self._ticked, self._words)))

    @Property(RowsModel, notify=changed)
    def rows(self) -> RowsModel:
        """The list shown."""
        return self._rows

    @Property("QStringList", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def tabs(self) -> list[str]:
        """Names of the lists."""
        return [*tabs(self.situation, self._words)]

    @Property(bool, notify=changed)
    def known(self) -> bool:
        """Whether the server, or a list kept from it, has told who waits."""
        return self.situation.desk is not None

    @Property(int, notify=changed)
    def listing(self) -> int:
        """Which list is shown, from 0."""
        return tuple(Listing).index(self._listing)

    @Property("QVariantMap", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def rowAct(self) -> dict[str, Any]:
        """What can be done with a row of the list shown; `whole` if by a press on the row, else it has a button."""
        whole = self._listing is Listing.WAITING
        return {**self._button(_ROW_ACTS[self._listing]), "whole": whole}

    @Property("QVariantList", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def newcomers(self) -> list[Any]:
        """How long who comes now waits, of this window's groups; empty while not known."""
        return list(plain(newcomers(self.situation, self._words)))

    @Property("QVariantList", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def load(self) -> list[Any]:
        """The hall's three figures."""
        return list(plain(load(self.situation, self._words)))

    # The acts

    @Property("QVariantList", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def acts(self) -> list[Any]:
        """The five acts beside the main one."""
        return [self._button(each.act) for each in row_of_acts(self.situation)]

    @Property("QVariantList", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def further(self) -> list[Any]:
        """Acts that are rarely wanted, beside the papers."""
        return [self._button(each.act) for each in further_acts(self.situation)]

    @Property("QVariantMap", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def main(self) -> dict[str, Any]:
        """The one primary act."""
        return self._button(main_act(self.situation))

    @Property("QVariantMap", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def signOut(self) -> dict[str, Any]:
        """签退."""
        return self._button(Act.SIGN_OUT)

    @Property(str, notify=changed)
    def undoWords(self) -> str:
        """撤销."""
        return self._words.acts[Act.UNDO]

    @Property("QVariantMap", notify=ticked)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def note(self) -> dict[str, Any]:
        """`window_client.desk.note.Note`."""
        return dict(plain(note(self.situation, self._words)))

    @Property(str, notify=changed)
    def recalledWords(self) -> str:
        """From when the list is that is shown without server and clerk; empty unless one is."""
        desk = self.situation.desk
        if not self._recalled or desk is None:
            return ""
        return self._words.last_list.format(time=clock_words(desk.at, self.situation.offset_minutes))

    @Property(str, notify=changed)
    def panel(self) -> str:
        """The panel over the middle column, none if empty."""
        return self._panel

    @Property("QVariantList", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def choices(self) -> list[Any]:
        """The buttons of a panel that asks: `window_client.desk.choices.Choice`."""
        return list(plain(choices(self.situation, self._panel, self._words, self._said)))

    @Property("QVariantMap", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def entry(self) -> dict[str, Any]:
        """The line of a panel that asks, `window_client.desk.choices.Entry`; empty for one without."""
        line = entry(self._panel, self._words)
        return {} if line is None else dict(plain(line))

    @Property(str, notify=changed)
    def said(self) -> str:
        """What stands in that line."""
        return self._said

    @Property(str, notify=changed)
    def faultWords(self) -> str:
        """What this window serves and cannot just now, empty if it can serve everything."""
        names = "、".join(group.name for group in self.situation.down)
        return self._words.fault_now.format(groups=names) if names else ""

    @Property(bool, notify=changed)
    def mayEnd(self) -> bool:
        """Whether the service here may end now with a result the server hears at once."""
        return self.situation.online and allowed(self.situation, Act.FINISH)

    @Property("QStringList", notify=changed)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def question(self) -> list[str]:
        """Title and help of a panel that asks; both empty for any other."""
        queue = self.situation.desk.queue if self.situation.desk else ()
        number = next((each.number for each in queue if each.ticket.id == self._row), "")
        return list(head(self._panel, self._words, number))

    def _button(self, act: Act) -> dict[str, Any]:
        return {**plain(offer(self.situation, act)), "act": act.value, "words": self._words.acts[act]}
