"""The window without a screen: devices, links and the machine, joined by one queue.

Whatever happens is put into the queue by the thread that hears of it; the main thread alone takes it out, asks the
machine and carries out what it says.
"""

import logging
import queue
import signal
import sys
from dataclasses import replace
from types import FrameType

from hall.clock import SECOND_US
from hall.wire.views import Desk
from queue_server.link.act_log import ActLog
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.find import Finder
from window_client.attached import Attached
from window_client.box import effects as ef
from window_client.box import events as ev
from window_client.box.machine import Box, step
from window_client.box.pad import SignInWish
from window_client.config import Setup
from window_client.desk.acts import REST_MS, Details, command_for
from window_client.desk.by_hand import at_the_window, open_numbers
from window_client.i18n import LANGUAGES
from window_client.links.clerk import Clerk
from window_client.links.rating import Rating

_log = logging.getLogger("onewindow.window.box")


class App:
    """One window driven by a box.

    Args:
        setup: Checked settings, with a call pad among the devices.
    """

    def __init__(self, setup: Setup) -> None:
        config = setup.window
        self._clock = SystemClock()
        self._events: queue.SimpleQueue[ev.Event | None] = queue.SimpleQueue()
        self._rests_until: int | None = None
        self._ahead_us = 0  # of the server's clock against the monotonic one here
        self._log = ActLog(setup.folder)
        self._box = Box(LANGUAGES[config.language], config.number, config.idle_text)
        put, finder = self._events.put, Finder(config.server)
        self._attached = Attached(setup, finder, self._clock, on_key=put, on_level=put)
        self._clerk = Clerk(
            finder,
            config.number,
            self._clock,
            self._log,
            on_signed_in=lambda _, catalog: put(ev.SignedIn(catalog)),
            on_not_signed_in=lambda error: put(ev.NotSignedIn(error)),
            on_reply=lambda reply: put(ev.Answered(reply)),
            on_no_reply=lambda _: put(ev.NotAnswered()),
            on_desk=self._on_desk,
            on_online=lambda online: put(ev.LinkChanged(online)),
            on_session_ended=lambda: put(ev.SessionEnded()),
            on_kept=lambda call: put(ev.Kept(call.number, self._waiting())),
            on_not_kept=lambda _: put(ev.NotAnswered()),
            on_settled=lambda _: put(ev.Delivered(self._waiting())),
        )
        self._rating = self._rate_link(setup, finder) if setup.devices.rating_pad else None

    def run(self) -> int:
        """Serve until told to end; exit status."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        self._attached.start()
        if self._rating is not None:
            self._rating.start()
        self._show()
        sys.stdout.write('{"ready": "window"}\n')
        sys.stdout.flush()
        try:
            while (event := self._next()) is not None:
                self._box, effects = step(self._box, event)
                for effect in effects:
                    self._carry_out(effect)
                self._show()
            return 0
        finally:
            self._clerk.close()
            self._log.close()
            if self._rating is not None:
                self._rating.close()
            self._attached.stop()

    def _on_desk(self, desk: Desk) -> None:
        self._ahead_us = desk.at - self._clock.now().mono_us
        self._events.put(ev.DeskCame(desk))

    def _waiting(self) -> frozenset[str]:
        return open_numbers(self._log.hand_calls())

    def _rate_link(self, setup: Setup, finder: Finder) -> Rating:
        put = self._events.put
        return Rating(
            finder,
            setup.hall_key,
            setup.window.number,
            self._clock,
            on_page=lambda page: put(ev.PageCame(page)),
            on_online=lambda online: put(ev.ServerSeen(online)),
            on_reply=lambda reply: put(ev.Rated(reply)),
        )

    def _next(self) -> ev.Event | None:
        """What happens next, the end of a rest included; None: end."""
        if self._rests_until is None:
            return self._events.get()
        left = self._rests_until - self._clock.now().mono_us
        try:
            if left > 0:
                return self._events.get(timeout=left / SECOND_US)
        except queue.Empty:
            pass
        self._rests_until = None
        return ev.Rested()

    def _carry_out(self, effect: ef.Effect) -> None:
        match effect:
            case SignInWish(staff=staff, pin=pin):
                self._clerk.sign_in(staff, pin)
            case ef.Do(act=act, ticket=ticket, group=group):
                self._clerk.send(command_for(act, new_id(), ticket=ticket, details=Details(group=group)))
            case ef.Keep(act=act):
                now = replace(self._box.situation, now_us=self._clock.now().mono_us + self._ahead_us)
                self._clerk.keep(at_the_window(now, act, new_id()))
            case ef.Rest():
                self._rests_until = self._clock.now().mono_us + REST_MS * 1000
            case ef.Rate(ticket=ticket, level=level):
                assert self._rating is not None  # nothing else tells that there is something to rate
                self._rating.rate(ticket, level)
            case ef.Invite():
                self._attached.invite()
            case ef.LevelIgnored():
                _log.info("window.level_ignored: there is nothing to rate now")

    def _show(self) -> None:
        self._attached.show(self._box.line, self._box.message)

    def _end(self, number: int, _: FrameType | None) -> None:
        _log.info("window.end signal %d", number)
        self._events.put(None)
