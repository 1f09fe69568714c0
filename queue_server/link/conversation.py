"""What a device with a ledger says to its server and what it makes of the answers: no thread, no socket, no clock.

One conversation is one connection. Whoever carries it asks for `next_request`, brings the answer back with `take`, and,
once nothing is left to ask, hands over what the feed tells with `hear`. The kiosk's thread (`sync`) and the simulated
hall carry the same conversation.
"""

import logging
from dataclasses import dataclass
from typing import TypeVar

from hall.catalog import Catalog
from hall.clock import Moment
from hall.facts import PlanGiven
from hall.wire.hello import DeviceKind, Welcome
from hall.wire.sync import BATCH, FeedHead, FeedItem, FeedMessage, Push, Pushed
from queue_server.link.errors import LaneDiverged, ServerAway, ServerGarbled
from queue_server.link.ledger import Ledger

A = TypeVar("A", Welcome, Catalog, Pushed)
_log = logging.getLogger("onewindow.link.conversation")


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a hello says beside nonce and proof, which need the hall key; answered by a `Welcome`."""

    device: str
    kind: DeviceKind
    incarnation: str
    boot_id: str
    last_seq: int
    acked_seq: int
    catalog_version: str
    lane: int | None
    replaces: int | None
    plan_id: str
    server_epoch: str
    feed_seq: int


@dataclass(frozen=True, slots=True)
class CatalogWanted:
    """The server has named this version of the catalogue; answered by the `Catalog` in force."""

    version: str


Request = Introduction | CatalogWanted | Push
"""What may be asked of the server; a `Push` is answered by a `Pushed`."""


class Conversation:
    """One connection of a ledger with the server.

    `hear` may run beside the other calls on a thread of its own: the two meet in the ledger, which locks itself.

    Args:
        ledger: The device's ledger; everything that must outlive the connection stands there.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._welcomed = False
        self._renewed = False
        self._catalog_told = ""
        self._plan_told = ""
        self._plan_waits = False
        self._server_time = 0

    @property
    def has_a_question(self) -> bool:
        """Whether the feed told of something to ask for: another catalogue, or a plan that is not held here."""
        return self._wants_catalog or self._plan_waits

    @property
    def _wants_catalog(self) -> bool:
        return self._catalog_told not in ("", self._ledger.state.catalog_version)

    @property
    def follow_after(self) -> int:
        """The journal place after which the feed is wanted."""
        return self._ledger.state.feed_seq

    def next_request(self, moment: Moment) -> Request | None:
        """What to ask now: first the hello, then a catalogue, then facts in their order; None when all is there.

        A plan taken over is told at once, by a push without facts if need be: all other issuers' plans wait for that.

        Args:
            moment: The device's own clocks at sending.
        """
        if not self._welcomed:
            return self._introduction(moment)
        if self._wants_catalog:
            return CatalogWanted(self._catalog_told)
        facts, state = self._ledger.unsent(BATCH), self._ledger.state
        if not facts and not self._plan_waits and state.newest_plan == self._plan_told:
            return None
        self._plan_waits = False  # what the feed tells from here on is asked for anew
        return Push(
            lane=state.lane or 0,
            session_no=state.session_no,
            sent_mono_us=moment.mono_us,
            boot_id=moment.boot_id,
            plan_id=state.newest_plan,
            facts=tuple(facts),
        )

    def take(self, request: Request, answer: Welcome | Catalog | Pushed) -> bool:
        """Do what an answer asks for. A ledger that must take a new incarnation does, and says hello again.

        Returns:
            Whether the catalogue or the lane changed, and with it what people are shown.

        Raises:
            ServerGarbled: If it is no answer to the request, or the server does not get on.
            LaneDiverged: If the server does not take the new incarnation either.
            LedgerUnwritable: If the disk did not take it; the next connection begins where this ledger stands.
        """
        match request:
            case Introduction():
                return self._take_welcome(request, _of_kind(answer, Welcome))
            case CatalogWanted():
                self._take_catalog(request, _of_kind(answer, Catalog))
                return True
            case Push():
                return self._take_pushed(request, _of_kind(answer, Pushed))

    def hear(self, messages: list[FeedMessage]) -> bool:
        """Apply a run of the feed.

        Returns:
            Whether a ticket changed.

        Raises:
            ServerAway: If the server was restored: it has begun a new epoch, or its journal is shorter than before.
            LedgerUnwritable: If the disk did not take it.
        """
        state = self._ledger.state
        heads = [message for message in messages if isinstance(message, FeedHead)]
        if any(head.server_epoch != state.server_epoch for head in heads):
            raise ServerAway("the server has begun a new epoch")
        if any(head.seq < state.feed_seq for head in heads):
            self._ledger.reread_feed()
            raise ServerAway("the server's journal is shorter than what it told before")
        held = {plan.plan_id for plan in (state.plan, state.next_plan) if plan}
        given = (message.entry.fact.body for message in messages if isinstance(message, FeedItem))
        own = (body for body in given if isinstance(body, PlanGiven) and body.device_lane == state.lane)
        self._plan_waits |= any(body.plan.plan_id not in held for body in own)
        changed = self._ledger.apply_feed(messages)
        if heads:
            self._ledger.hear_time(heads[-1].server_time)
            self._catalog_told = heads[-1].catalog_version
        return changed

    def _introduction(self, moment: Moment) -> Introduction:
        state = self._ledger.state
        return Introduction(
            device=state.device,
            kind=DeviceKind.KIOSK,
            incarnation=state.incarnation,
            boot_id=moment.boot_id,
            last_seq=state.last_seq,
            acked_seq=state.acked,
            catalog_version=state.catalog_version,
            lane=state.lane,
            replaces=state.replaces,
            plan_id=state.newest_plan,
            server_epoch=state.server_epoch,
            feed_seq=state.feed_seq,
        )

    def _take_welcome(self, request: Introduction, welcome: Welcome) -> bool:
        if not self._ledger.apply_welcome(welcome):
            return self._begin_anew()
        self._plan_told = request.plan_id
        self._ledger.hear_time(welcome.server_time)
        self._ledger.tidy(welcome.server_time)
        self._catalog_told, self._server_time = welcome.catalog_version, welcome.server_time
        self._welcomed = True
        _log.info("link.welcome: lane %s, applied up to %s", welcome.lane, welcome.highwater)
        return request.lane != welcome.lane

    def _begin_anew(self) -> bool:
        if self._renewed:
            raise LaneDiverged("the server does not take the new incarnation either")
        self._renewed, self._welcomed = True, False
        return True

    def _take_catalog(self, request: CatalogWanted, catalog: Catalog) -> None:
        self._ledger.store_catalog(catalog)
        self._ledger.hear_time(self._server_time)  # the first catalogue brings the offset that a day needs
        if self._catalog_told == request.version:
            self._catalog_told = ""  # what came is in force, also if it is newer still

    def _take_pushed(self, request: Push, pushed: Pushed) -> bool:
        before = self._ledger.state
        if not self._ledger.apply_pushed(pushed):
            return self._begin_anew()
        if request.facts and pushed.highwater <= before.highwater:
            raise ServerGarbled(f"the server stays at {pushed.highwater} in lane {before.lane}")
        self._plan_told = request.plan_id
        self._catalog_told = pushed.catalog_version or self._catalog_told
        return False


def _of_kind(answer: object, kind: type[A]) -> A:
    if not isinstance(answer, kind):
        raise ServerGarbled(f"the answer is no {kind.__name__}")
    return answer
