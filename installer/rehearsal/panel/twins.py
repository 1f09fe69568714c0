"""What the buttons of the panel do to the twins, and what happened, in words."""

import os
from random import Random
from typing import Any

import zxingcpp
from PIL import Image
from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from devices.id_card.people import invented_person
from devices.simulation import Control
from hall.errors import OneWindowError

QML_IMPORT_NAME = "installer.rehearsal.panel"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class TwinActs(QObject):
    """The hand of the person at the panel. Every act ends in one sentence, also when it could not be done."""

    changed = Signal()

    def __init__(self, id_card: Control, scanner: Control, printer: Control) -> None:
        super().__init__()
        self._twins = {"id_card": id_card, "scanner": scanner, "printer": printer}
        self._said = "点一个按钮试试"
        self._paper = ""
        self._code = ""

    @Property(str, notify=changed)
    def said(self) -> str:
        """What the last act did."""
        return self._said

    @Property(str, notify=changed)
    def paper(self) -> str:
        """Picture of the paper pulled last, as a path; empty if none."""
        return self._paper

    @Property(str, notify=changed)
    def code(self) -> str:
        """What the QR code on that paper says, to be held before the scanner; empty if none."""
        return self._code

    @Slot()
    def layCard(self) -> None:  # noqa: N802
        """Lay the card of a newly invented person."""
        seed = int.from_bytes(os.urandom(6))
        name = invented_person(Random(seed)).masked_name
        self._act("id_card", "lay", f"放上了 {name} 的身份证（虚构）", seed=seed)

    @Slot()
    def liftCard(self) -> None:  # noqa: N802
        """Take the card away."""
        self._act("id_card", "lift", "拿走了身份证")

    @Slot(str)
    def showCode(self, text: str) -> None:  # noqa: N802
        """Hold a QR code before the scanner."""
        self._act("scanner", "show", "出示了二维码", text=text)

    @Slot()
    def pullPaper(self) -> None:  # noqa: N802
        """Take the slip out of the printer and look at it."""
        taken = self._act("printer", "pull", "取走了取号单").get("taken")
        if taken == []:
            self._say("打印机口没有取号单")
        elif taken:
            slips = self._act("printer", "slips", "取走了取号单").get("slips", [])
            self._paper = next((slip["png"] or "" for slip in slips if slip["index"] == taken[-1]), "")
            self._code = code_on(self._paper)
        self.changed.emit()

    @Slot(str)
    def setPaper(self, state: str) -> None:  # noqa: N802
        """Empty or fill the printer."""
        self._act("printer", "paper", "打印机缺纸了" if state == "out" else "装好了纸", state=state)

    @Slot(str, str)
    def plug(self, twin: str, act: str) -> None:
        """Pull a device's plug or put it back."""
        self._act(twin, act, "拔掉了插头" if act == "unplug" else "插回了插头")

    def _act(self, twin: str, name: str, done: str, **arguments: object) -> dict[str, Any]:
        try:
            answer = self._twins[twin].act(name, **arguments)
        except OneWindowError as error:
            self._say(str(error))
            return {}
        self._say(done)
        return answer

    def _say(self, words: str) -> None:
        self._said = words
        self.changed.emit()


def code_on(picture: str) -> str:
    """The text of the QR code on a slip's picture, empty if there is none to read."""
    if not picture:
        return ""
    with Image.open(picture) as paper:
        return next((code.text for code in zxingcpp.read_barcodes(paper)), "")
