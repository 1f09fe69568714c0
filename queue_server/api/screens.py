"""Views composed for screens from one look at the hall, with what only this room knows put in."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property

from hall.clock import Clock, Moment
from hall.slip_code import SlipCode
from hall.wire.door import Door
from hall.wire.phone import PhoneTicket
from hall.wire.views import Board, Desk, HallNow, RatingPage, Waits, WentBefore
from hall.zones import Voice
from queue_server.api.errors import NoSuchAddressError
from queue_server.api.live import View
from queue_server.api.standing import still_open
from queue_server.forecast.outlook import Outlook
from queue_server.operations import views
from queue_server.store import Reader, Store
from queue_server.store.records import Session
from queue_server.voice import CHIME, Announcer, Call, Language

_TIMES = {"at": 0, "seq": 0}


class Scene:
    """One consistent look at the hall, shared by all views of a round."""

    def __init__(self, reader: Reader, moment: Moment, outlook: Outlook | None = None) -> None:
        self.reader = reader
        self.moment = moment
        self.outlook = outlook

    @cached_property
    def live(self) -> views.Live:
        """Tickets and windows as they stand, looked at once."""
        return views.look(self.reader, self.moment)

    def waits(self, session: Session | None = None) -> Waits:
        """How long newcomers wait; for a device, while its session lasts."""
        if session is not None:
            still_open(self.reader, self.moment, session)
        return views.waits(self.moment, self.outlook)

    def desk(self, session: Session) -> Desk:
        """The desk of a clerk's window, while the session lasts."""
        still_open(self.reader, self.moment, session)
        return views.desk(self.reader, self.moment, session.window, self.live, self.outlook)

    def rating(self, session: Session) -> RatingPage:
        """What a citizen may rate at a window, while the session lasts."""
        still_open(self.reader, self.moment, session)
        return views.rating_page(self.reader, session.window)

    def hall(self) -> HallNow:
        """The hall for its manager."""
        return views.hall_now(self.reader, self.moment, live=self.live, outlook=self.outlook)

    def overtakers(self, number: str) -> WentBefore:
        """Who went before a number of today.

        Raises:
            NoSuchAddressError: If it is none.
        """
        found = views.overtakers(self.reader, self.moment, number)
        if found is None:
            raise NoSuchAddressError("今天没有这个号", advice="请核对取号单上的号码和日期")
        return found

    def phone(self, code: SlipCode) -> PhoneTicket:
        """One ticket for its holder."""
        return views.phone(self.reader, self.moment, code, self.live, self.outlook)

    def board(self, announcer: Announcer | None, zone: str = "") -> Board:
        """The board; calls not heard before are given to the announcer, which is not waited for."""
        return views.board(self.reader, self.moment, _voice(announcer) if announcer else None, self.live, zone)

    def door(self, window: int) -> Door:
        """The screen over a window."""
        return views.door(self.reader, self.moment, window, self.live)


def looking(
    store: Store, clock: Clock, outlook: Callable[[], Outlook | None] = lambda: None
) -> Callable[[], AbstractContextManager[Scene]]:
    """How to open a look at the hall.

    Args:
        store: The hall's store.
        clock: Tells the moment of the look.
        outlook: The newest forecast, None while there is none.
    """

    @contextmanager
    def look() -> Iterator[Scene]:
        with store.read() as reader:
            yield Scene(reader, clock.now(), outlook())

    return look


def live(composed: Board | Door | Desk | RatingPage | HallNow | Waits | PhoneTicket) -> View:
    """A view for the fan-out, to be compared apart from when it was composed."""
    times = {name: value for name, value in _TIMES.items() if name in type(composed).model_fields}
    return View(composed.model_dump_json(), composed.model_copy(update=times))


def _voice(announcer: Announcer) -> Callable[[str, int, Voice], tuple[str, tuple[str, ...]]]:
    def spoken(number: str, window: int, voice: Voice) -> tuple[str, tuple[str, ...]]:
        languages = [Language.MANDARIN, *([Language.ENGLISH] if voice.english else [])]
        calls = [Call(number, window, language) for language in languages]
        for call in calls:
            announcer.announce(call)
        mandarin, *english = (call.address for call in calls)
        return mandarin, (*([CHIME] if voice.chime else []), *[mandarin] * voice.times, *english)

    return spoken
