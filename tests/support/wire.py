"""A ledger's conversation carried to a real referee by hand: a test decides what is lost, late or told twice."""

from collections.abc import Sequence
from dataclasses import asdict

from hall.catalog import Catalog
from hall.keys import device_proof
from hall.wire.hello import Hello, Welcome
from hall.wire.sync import FeedHead, FeedMessage, Push, Pushed, SentFact
from hall.wire.version import SCHEMA_VERSION
from queue_server.link.conversation import Conversation, Introduction, Request
from queue_server.link.ledger import Ledger
from queue_server.operations.devices import new_nonce
from queue_server.operations.errors import FencedError
from queue_server.operations.sync import push
from queue_server.store.records import Session
from tests.support.referee import HALL_KEY, Referee


class Wire:
    """Between one ledger and the referee."""

    def __init__(self, referee: Referee, ledger: Ledger) -> None:
        self.referee = referee
        self.ledger = ledger
        self.session: Session | None = None
        self.conversation = Conversation(ledger)

    def cut(self) -> None:
        """The connection breaks; the next one begins with a hello."""
        self.conversation = Conversation(self.ledger)

    def say(self, *, request_lost: bool = False, reply_lost: bool = False) -> bool:
        """One request and its answer; whether there was anything to ask."""
        request = self.conversation.next_request(self.referee.moment)
        if request is None:
            return False
        if request_lost:
            self.cut()
            return True
        answer = self.ask(request)
        if answer is None or reply_lost:
            self.cut()
        else:
            self.conversation.take(request, answer)
        return True

    def talk(self) -> None:
        """Say everything, hear everything."""
        while self.say():
            pass
        with self.referee.store.read() as reader:
            items: list[FeedMessage] = [*reader.feed(self.conversation.follow_after, 10_000)]
            head = FeedHead(
                seq=reader.head_seq(),
                server_epoch=reader.server_epoch(),
                server_time=self.referee.moment.wall_us,
                catalog_version=reader.catalog_version(),
            )
        self.conversation.hear([*items, head])

    def ask(self, request: Request) -> Welcome | Catalog | Pushed | None:
        """What the referee answers; None when it does not take the session any more."""
        match request:
            case Introduction():
                return self._greet(request)
            case Push():
                return self._push(request)
            case _:
                with self.referee.store.read() as reader:
                    return reader.catalog()

    def again(self, facts: Sequence[SentFact]) -> Pushed | None:
        """Facts arrive in whatever order and number a network may bring them; the answer goes nowhere."""
        state = self.ledger.state
        if state.lane is None:
            return None
        return self._push(
            Push(
                lane=state.lane,
                session_no=state.session_no,
                sent_mono_us=self.referee.moment.mono_us,
                boot_id=self.referee.moment.boot_id,
                facts=tuple(facts),
            )
        )

    def _greet(self, request: Introduction) -> Welcome:
        nonce = self.referee.run(lambda tx: new_nonce(tx, self.referee.moment)).nonce
        hello = Hello(
            **asdict(request),
            schema_version=SCHEMA_VERSION,
            nonce=nonce,
            proof=device_proof(HALL_KEY, request.device, nonce),
        )
        welcome = self.referee.greet(hello)
        self.session = self.referee.session_of(welcome.session)
        return welcome

    def _push(self, request: Push) -> Pushed | None:
        session = self.session
        if session is None:
            return None
        try:
            return self.referee.run(lambda tx: push(tx, self.referee.moment, session, request))
        except FencedError:
            return None
