"""The few kinds of elements all parts of the page are made of; words are always text, never markup."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from nicegui import ui
from nicegui.element import Element

from queue_server.web.manage.icons import icon
from queue_server.web.manage.tones import Tone

T = TypeVar("T")
_TONES = " ".join(f"tone-{tone}" for tone in Tone)


def box(tag: str, classes: str) -> Element:
    """An element that holds others: those made within `with`."""
    return ui.element(tag).classes(classes)


def text(words: str, classes: str, tag: str = "span") -> ui.html:
    """Words in an element of our own choice."""
    return ui.html(_escaped(words), sanitize=False, tag=tag).classes(classes)


def say(element: ui.html, words: str) -> None:
    """Change the words of an element."""
    element.set_content(_escaped(words))


def sign(name: str, classes: str = "icon") -> ui.html:
    """A picture of the family."""
    return ui.html(icon(name), sanitize=False, tag="span").classes(classes)


def tint(element: Element, tone: Tone) -> None:
    """Change the tone of an element."""
    element.classes(remove=_TONES, add=f"tone-{tone}")


def button(words: str, on_press: Callable[[], Any], classes: str = "button") -> ui.html:
    """Something to press; `on_press` may be a coroutine function."""
    made = text(words, classes, tag="button").props('type="button"')
    made.on("click", lambda _: on_press())
    return made


class Lists:
    """Lists that are built anew only when they say something else than before."""

    def __init__(self) -> None:
        self._shown: dict[Element, Sequence[object]] = {}

    def show(self, holder: Element, items: Sequence[T], build: Callable[[T], object]) -> bool:
        """Fill an element with items; whether anything changed."""
        if self._shown.get(holder) == items:
            return False
        self._shown[holder] = items
        holder.clear()
        with holder:
            for item in items:
                build(item)
        return True


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
