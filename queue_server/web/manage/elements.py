"""The few kinds of elements all parts of the page are made of; words are always text, never markup."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from nicegui import ui
from nicegui.element import Element

from queue_server.web.manage.icons import icon
from queue_server.web.manage.tones import Tone

T = TypeVar("T")
_NOTHING = "请选"
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


def give(element: Element, **attributes: str | int) -> Element:
    """Attributes of an element, whatever words they hold; their names have `_` for `-`.

    Text given to `props` itself is read in a language of its own, in which a backslash or a quotation mark means more.
    """
    element.props.update({name.replace("_", "-"): value for name, value in attributes.items()})
    return element


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


def chooser(label: str, on_chosen: Callable[[str], Any]) -> Element:
    """A labelled select; its choices are put into what is given back by `options`."""
    with box("label", "choose"):
        text(label, "")
        made = ui.element("select").classes("rule-field")
        made.on("change", lambda event: on_chosen(str(event.args)), js_handler="(e) => emit(e.target.value)")
    return made


def options(made: Element, groups: dict[str, dict[str, str]], *, chosen: str = "", empty: bool = True) -> None:
    """Put choices into a select, under headings where there are any; `empty` if nothing may be chosen."""
    made.clear()
    with made:
        if empty:
            text(_NOTHING, "", "option").props('value=""')
        for heading, choices in groups.items():
            holder = give(ui.element("optgroup"), label=heading) if heading else made
            with holder:
                for value, words in choices.items():
                    option = give(text(words, "", "option"), value=value)
                    if value == chosen:
                        option.props("selected")


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
