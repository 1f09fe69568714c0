"""Kiosks as the server sees them: a lane, a plan, and facts built as a kiosk builds them."""

import secrets
from collections.abc import Sequence
from datetime import date
from itertools import cycle, islice

from hall.catalog import Catalog, Service
from hall.clock import Clock
from hall.facts import Fact, TicketIssued
from hall.identity import Holder, HolderToken
from hall.numbering import next_number
from hall.opening import business_day
from hall.wire.hello import DeviceKind, Welcome
from hall.wire.sync import BATCH, Push, SentFact
from installer.bench.clients import post
from installer.bench.halls import BenchHall
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.server_link import ServerLink


class IssuerLane:
    """One kiosk with a session, without ledger or screen: its facts are made in memory, by the rules of hall/.

    Args:
        welcome: What the server answered to its hello.
        catalog: Whose services it gives numbers for.
        clock: The kiosk's own.
    """

    def __init__(self, welcome: Welcome, catalog: Catalog, clock: Clock) -> None:
        self._welcome = welcome
        self._catalog = catalog
        self._clock = clock
        self._seq = welcome.highwater
        self._highest: dict[tuple[str, date], int] = {}

    def issue(self, services: Sequence[Service], count: int) -> list[SentFact]:
        """Numbers for the services in turn, each for another person who showed a card."""
        return [self._issued(service) for service in islice(cycle(services), count)]

    def pushes(self, facts: Sequence[SentFact], at_once: int = BATCH) -> list[bytes]:
        """The facts as requests, so many in each."""
        moment = self._clock.now()
        return [
            post(
                "/api/sync",
                self._welcome.session,
                Push(
                    lane=self._welcome.lane,
                    session_no=self._welcome.session_no,
                    sent_mono_us=moment.mono_us,
                    boot_id=moment.boot_id,
                    facts=tuple(facts[start : start + at_once]),
                ),
            )
            for start in range(0, len(facts), at_once)
        ]

    def _issued(self, service: Service) -> SentFact:
        moment = self._clock.now()
        group = self._catalog.group(service.group)
        day = business_day(moment.wall_us, self._catalog.hall.offset_minutes)
        highest = self._highest.get((group.prefix, day), 0)  # of the one form this lane counts in that day
        number = next_number(group.prefix, day, self._welcome.plan, highest, self._welcome.lane, highest)
        self._highest[group.prefix, day] = number.n
        self._seq += 1
        body = TicketIssued(
            ticket=new_id(),
            day=day,
            service=service.id,
            group=group.id,
            prefix=group.prefix,
            lane=number.lane,
            n=number.n,
        )
        fact = Fact(
            event_id=new_id(),
            lane=self._welcome.lane,
            lane_seq=self._seq,
            wall_us=moment.wall_us,
            mono_us=moment.mono_us,
            boot_id=moment.boot_id,
            body=body,
        )
        return SentFact(fact=fact, holder=Holder(token=HolderToken(secrets.token_hex(32)), masked_name="王**"))


def open_lanes(hall: BenchHall, count: int, clock: Clock | None = None) -> list[IssuerLane]:
    """So many kiosks let in by the running server; by the machine's clock unless told of another."""
    lanes, clock = [], clock or SystemClock()
    for number in range(1, count + 1):
        with ServerLink(hall.stage.address, clock) as link:
            welcome = link.hello(
                hall.hall_key,
                device=f"bench-{number}",
                kind=DeviceKind.KIOSK,
                incarnation=new_id(),
                boot_id=clock.now().boot_id,
            )
        lanes.append(IssuerLane(welcome, hall.stage.catalog, clock))
    return lanes
