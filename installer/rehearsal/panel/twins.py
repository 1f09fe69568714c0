"""The panel for QML: every twin's state in a line, the chosen one's buttons, and what the last press did, in words."""

import os
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image
from PySide6.QtCore import Property, QObject, Qt, Signal, Slot
from PySide6.QtQml import QmlElement

from installer.rehearsal.panel.hand import Done, Hand, Look
from installer.rehearsal.panel.table import SAY, TWINS, Button, Given, Sign, Twin, Words

QML_IMPORT_NAME = "installer.rehearsal.panel"
QML_IMPORT_MAJOR_VERSION = 1
LOOKS = ("standard", "large_print", "high_contrast")
LANGUAGES = ("zh", "en")


@QmlElement
class PanelModel(QObject):
    """What the panel shows and what its buttons do. Every press ends in one sentence, also when it was not done.

    Args:
        addresses: Control port by kind of twin; kinds without an entry in the table are left out.
        folder: Where pictures of displays may lie.
        look: Theme to begin with, one of LOOKS.
        language: One of LANGUAGES.
    """

    changed = Signal()  # the state of a twin, the newest slip
    spoken = Signal()  # the sentence
    reworded = Signal()  # what stands on things: language, choice, acts
    restyled = Signal()
    happened = Signal(object)  # from the hands' threads

    def __init__(
        self, addresses: Mapping[str, str], folder: Path, look: str = "standard", language: str = "zh"
    ) -> None:
        super().__init__()
        self._twins: tuple[Twin, ...] = tuple(twin for twin in TWINS if twin.kind in addresses)
        self._hands = tuple(
            Hand(addresses[twin.kind], partial(self._hear, at), folder) for at, twin in enumerate(self._twins)
        )
        self._looks: list[Look | None] = [None] * len(self._twins)
        self._present = 0
        self._language = language
        self._look = look
        self._said: tuple[str, Words | str] = ("info", SAY["start"])
        self._code = ""
        self._taken = ""
        self.happened.connect(self._take, Qt.ConnectionType.AutoConnection)

    def start(self) -> None:
        """Begin to look at the twins."""
        for hand in self._hands:
            hand.start()

    def stop(self) -> None:
        """Let go of the twins; call it before the screen goes."""
        for hand in self._hands:
            hand.stop()

    # What stands on the screen

    @Property("QVariantList", notify=reworded)  # type: ignore[arg-type] # the stub knows no names of C++ types
    def twins(self) -> list[dict[str, str]]:
        """Every twin: kind, icon, title."""
        return [{"kind": twin.kind, "icon": twin.icon, "title": self._in(twin.words)} for twin in self._twins]

    @Property("QVariantList", notify=changed)  # type: ignore[arg-type]
    def lines(self) -> list[str]:
        """How each twin is, in the order of `twins`."""
        return [self._line(twin, seen) for twin, seen in zip(self._twins, self._looks, strict=True)]

    @Property(int, notify=reworded)
    def present(self) -> int:
        """Which twin is chosen, as an index of `twins`."""
        return self._present

    @Property("QVariantList", notify=reworded)  # type: ignore[arg-type]
    def acts(self) -> list[dict[str, object]]:
        """What hands do to the chosen twin: words, and `at` for `press`."""
        twin = self._twins[self._present]
        return self._offered(twin.acts, 0)

    @Property("QVariantList", notify=reworded)  # type: ignore[arg-type]
    def faults(self) -> list[dict[str, object]]:
        """What can go wrong with it, in the same way."""
        twin = self._twins[self._present]
        return self._offered(twin.faults, len(twin.acts))

    @Property("QVariantMap", notify=reworded)  # type: ignore[arg-type]
    def words(self) -> dict[str, str]:
        """The panel's own words."""
        return {name: self._in(words) for name, words in SAY.items()}

    @Property(bool, notify=reworded)
    def wantsCode(self) -> bool:  # noqa: N802
        """Whether the chosen twin can be shown the code in the field."""
        twin = self._twins[self._present]
        return any(Given.CODE in button.arguments.values() for button in twin.acts)

    @Property(str, notify=changed)
    def code(self) -> str:
        """The text of the code to hold before a scanner; the one on the slip taken last, unless it was edited."""
        return self._code

    @Property(str, notify=changed)
    def paper(self) -> str:
        """Picture of the chosen twin's newest slip or of its display, as a path; empty if there is none."""
        seen = self._looks[self._present]
        if seen is None:
            return ""
        return str(seen.slips[-1]["png"] or "") if seen.slips else seen.picture

    @Property(str, notify=spoken)
    def said(self) -> str:
        """What the last press did."""
        words = self._said[1]
        return words if isinstance(words, str) else self._in(words)

    @Property(str, notify=spoken)
    def saidKind(self) -> str:  # noqa: N802
        """How it went: a kind of Strip."""
        return self._said[0]

    @Property(str, notify=restyled)
    def look(self) -> str:
        """Name of the theme."""
        return self._look

    @Property(str, notify=restyled)
    def nextLook(self) -> str:  # noqa: N802
        """Name of the theme after it."""
        return _after(self._look)

    # What a person does

    @Slot(int)
    def choose(self, at: int) -> None:
        """Choose a twin."""
        self._present = at
        self.reworded.emit()
        self.changed.emit()

    @Slot(int)
    def press(self, at: int) -> None:
        """Press a button of the chosen twin."""
        chosen = self._present
        twin = self._twins[chosen]
        button = (*twin.acts, *twin.faults)[at]
        if Given.CODE in button.arguments.values() and not self._code:
            self._say("caution", SAY["no_code"])
            return
        arguments = {name: self._given(value) for name, value in button.arguments.items()}
        self._hands[chosen].do(
            button.act, arguments, lambda done: self.happened.emit((chosen, partial(self._done, twin, button, done)))
        )

    @Slot(str)
    def write(self, code: str) -> None:
        """Edit the code."""
        self._code = code
        self.changed.emit()

    @Slot()
    def turnLanguage(self) -> None:  # noqa: N802
        """The other language."""
        self._language = LANGUAGES[1 - LANGUAGES.index(self._language)]
        self.reworded.emit()
        self.changed.emit()
        self.spoken.emit()

    @Slot()
    def turnLook(self) -> None:  # noqa: N802
        """The next theme."""
        self._look = _after(self._look)
        self.restyled.emit()

    def _hear(self, at: int, seen: Look) -> None:
        """On a hand's thread."""
        self.happened.emit((at, seen))

    # On the screen's thread, what the hands tell

    def _take(self, told: tuple[int, Any]) -> None:
        at, news = told
        if not isinstance(news, Look):
            news()
            return
        before, self._looks[at] = self._looks[at], news
        if before == news:
            return
        self._note_taken(news.slips)
        self.changed.emit()
        if at == self._present and (before is None or (before.acts, before.faults) != (news.acts, news.faults)):
            self.reworded.emit()

    def _done(self, twin: Twin, button: Button, done: Done) -> None:
        title, words = self._in(twin.words), self._in(button.words)
        if done.refused:
            self._say("negative", f"{title} {words}：{self._in(SAY['refused'])}。{done.refused}")
        elif button.nothing and not done.answer.get(button.nothing[0]):
            self._say("caution", button.nothing[1])
        else:
            name = done.answer.get("masked_name")
            person = f"（{name}，{self._in(SAY['invented'])}）" if name else ""
            self._say("positive", f"{title}：{words}{person}")

    def _say(self, kind: str, words: Words | str) -> None:
        self._said = (kind, words)
        self.spoken.emit()

    def _note_taken(self, slips: Sequence[Mapping[str, Any]]) -> None:
        taken = next((str(slip["png"] or "") for slip in reversed(slips) if slip["taken"]), "")
        if taken and taken != self._taken:
            self._taken, self._code = taken, code_on(taken)

    def _line(self, twin: Twin, seen: Look | None) -> str:
        if seen is None or not seen.running:
            return self._in(SAY["asking" if seen is None else "gone"])
        state = {**seen.state, "waiting": sum(not slip["taken"] for slip in seen.slips)}
        read = [self._in(sign.words).format(state[sign.key]) for sign in twin.signs if _reads(sign, state)]
        return ("，" if self._language == "zh" else ", ").join(read) or self._in(SAY["well"])

    def _offered(self, buttons: Sequence[Button], first: int) -> list[dict[str, object]]:
        seen = self._looks[self._present]
        return [
            {"words": self._in(button.words), "at": at}
            for at, button in enumerate(buttons, start=first)
            if seen is not None and button.act in seen.acts and (not seen.faults or _known(button, seen.faults))
        ]

    def _given(self, value: object) -> object:
        if value is Given.SEED:
            return int.from_bytes(os.urandom(6))
        return self._code if value is Given.CODE else value

    def _in(self, words: Words) -> str:
        return words.zh if self._language == "zh" else words.en


def code_on(picture: str) -> str:
    """The text of the QR code on a slip's picture, empty if there is none to read."""
    if not picture:
        return ""
    with Image.open(picture) as paper:
        return next((code.text for code in zxingcpp.read_barcodes(paper)), "")


def _after(look: str) -> str:
    return LOOKS[(LOOKS.index(look) + 1) % len(LOOKS)]


def _known(button: Button, faults: frozenset[str]) -> bool:
    return not button.fault or button.fault in faults


def _reads(sign: Sign, state: Mapping[str, object]) -> bool:
    value = state.get(sign.key)
    return bool(value) if sign.value is None else sign.key in state and value == sign.value
