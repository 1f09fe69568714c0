"""Between the clerk's link and the models: what the link's threads tell comes back as queued signals."""

from PySide6.QtCore import QObject, Signal, Slot

from hall.catalog import Catalog
from hall.clock import Clock
from hall.wire.commands import EnterByHand
from hall.wire.replies import Reply
from hall.wire.views import Desk
from queue_server.link.act_log import ActLog
from queue_server.link.errors import LinkError, ServerRefused, SessionLost
from queue_server.link.find import Finder
from queue_server.link.settling import Settled
from window_client.desk.by_hand import open_numbers
from window_client.desk.situation import Act, Connection
from window_client.i18n import Phrases
from window_client.links.clerk import Clerk
from window_client.links.last_list import LastList
from window_client.viewmodels.by_hand_model import ByHandModel
from window_client.viewmodels.desk_model import DeskModel
from window_client.viewmodels.sign_in_model import SignInModel


class ClerkBridge(QObject):
    """Carries what the clerk does to the link, and what the server says to the models."""

    _signed_in = Signal(str, object)
    _not_signed_in = Signal(object)
    _replied = Signal(object)
    _not_replied = Signal(object)
    _desk = Signal(object)
    _online = Signal(bool)
    _session_ended = Signal()
    _kept = Signal(object)
    _not_kept = Signal(str)
    _settled = Signal(object)
    _owed = Signal(bool)
    _away = Signal(bool)

    def __init__(
        self,
        finder: Finder,
        window: int,
        clock: Clock,
        log: ActLog,
        last: LastList,
        words: Phrases,
        sign_in: SignInModel,
        desk: DeskModel,
        by_hand: ByHandModel,
    ) -> None:
        super().__init__()
        self._log = log
        self._last = last
        self._is_away = False
        self._by_hand = by_hand
        self._words = words
        self._sign_in = sign_in
        self._model = desk
        self._clerk = Clerk(
            finder,
            window,
            clock,
            log,
            on_signed_in=self._signed_in.emit,
            on_not_signed_in=self._not_signed_in.emit,
            on_reply=self._replied.emit,
            on_no_reply=self._not_replied.emit,
            on_desk=self._desk.emit,
            on_online=self._online.emit,
            on_session_ended=self._session_ended.emit,
            on_kept=self._kept.emit,
            on_not_kept=self._not_kept.emit,
            on_settled=self._settled.emit,
            on_owed=self._owed.emit,
            on_away=self._away.emit,
            last=last,
        )
        sign_in.asked.connect(self._clerk.sign_in)
        desk.asked.connect(self._clerk.send)
        desk.keep.connect(self._clerk.keep)
        by_hand.keep.connect(self._clerk.keep)
        self._signed_in.connect(self._on_signed_in)
        self._not_signed_in.connect(self._on_not_signed_in)
        self._replied.connect(self._on_reply)
        self._not_replied.connect(self._on_no_reply)
        self._desk.connect(self._on_desk)
        self._online.connect(self._on_online)
        self._session_ended.connect(self._on_session_ended)
        self._kept.connect(self._on_kept)
        self._not_kept.connect(self._on_not_kept)
        self._settled.connect(self._on_settled)
        self._owed.connect(sign_in.owes)
        self._away.connect(self._on_away)

    def start(self) -> None:
        """Begin to look whether the server waits for what this window remembers."""
        self._clerk.start()

    def close(self) -> None:
        """Stop following and let the worker end; nothing is told to the server."""
        self._clerk.close()

    @Slot(str, object)
    def _on_signed_in(self, staff: str, catalog: Catalog | None) -> None:
        self._model.opened(staff, catalog)
        self._by_hand.renew(self._log.hand_calls())
        self._sign_in.signed_in()

    @Slot(object)
    def _on_not_signed_in(self, error: LinkError | None) -> None:
        self._sign_in.failed(words_of(error, self._words))

    @Slot(object)
    def _on_reply(self, reply: Reply) -> None:
        left = reply.done and self._model.situation.pending is Act.SIGN_OUT
        self._model.answered(reply)
        if left:
            self._leave("")

    @Slot(object)
    def _on_no_reply(self, error: LinkError | None) -> None:
        self._model.not_answered(words_of(error, self._words))

    @Slot(object)
    def _on_desk(self, desk: Desk) -> None:
        self._model.arrived(desk)

    @Slot(bool)
    def _on_online(self, online: bool) -> None:  # noqa: FBT001 - a signal's value
        self._model.connected(Connection.ONLINE if online else Connection.AWAY)

    @Slot(object)
    def _on_kept(self, call: EnterByHand) -> None:
        calls = self._log.hand_calls()
        self._by_hand.renew(calls)
        self._by_hand.kept(call)
        self._model.kept(call, open_numbers(calls))

    @Slot(str)
    def _on_not_kept(self, why: str) -> None:
        self._by_hand.not_kept(why)
        self._model.not_kept(why)

    @Slot(object)
    def _on_settled(self, settled: Settled) -> None:
        calls = self._log.hand_calls()
        self._by_hand.renew(calls)
        self._model.settled(settled.command, settled.reply, open_numbers(calls))

    @Slot()
    def _on_session_ended(self) -> None:
        self._leave(self._words.session_lost)

    def _leave(self, why: str) -> None:
        if self._sign_in.property("open"):
            self._model.closed()
            self._sign_in.signed_out(why)
            self._recall()

    @Slot(bool)
    def _on_away(self, away: bool) -> None:  # noqa: FBT001 - a signal's value
        self._is_away = away
        self._recall()

    def _recall(self) -> None:
        """Without server and clerk the last list is shown, to be read."""
        if not self._sign_in.property("open"):
            self._model.recall(self._last.read() if self._is_away else None)


def words_of(error: LinkError | None, words: Phrases) -> str:
    """What to tell a person: the server's own words if it spoke, else what to do."""
    match error:
        case None:
            return words.went_wrong
        case SessionLost():
            return ""  # the sign-in page tells it
        case ServerRefused():
            return error.problem.message
        case _:
            return error.advice or str(error)
