"""What the screen over one window shows, composed by the server. Never a name."""

from hall.wire.views import BoardCall, BoardNext
from hall.words import Micros, Word


class Door(Word):
    """What the screen over one window shows.

    `state` is a word of `hall.window.WindowState`. `call` is the number at the window, `ready` who comes next, `does`
    what is done there, nothing while all of it is suspended 停办, `hours` the periods in which it is open today.
    """

    at: Micros
    seq: int
    hall: str
    window: int
    name: str
    clerk: str = ""  # the staff number, never a name; empty too where the layout does not show it
    state: str
    back_at: Micros = 0  # when a clerk who paused means to be back, 0 if not said
    call: BoardCall | None = None
    ready: tuple[BoardNext, ...] = ()
    does: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
