"""The clerk's screen and the rating page as tests draw them: with whom, in which looks, and what is cut off."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from hall.calling import CallReason
from hall.ticket import TicketState
from tests.support.grab import Screen, application
from tests.support.tickets import MINUTE
from tests.support.window_desk import (
    LONG_NAME,
    NOW,
    StandingClock,
    sample_catalog,
    served_here,
    shown,
)
from window_client.desk.situation import Connection
from window_client.i18n import LANGUAGES
from window_client.viewmodels.by_hand_model import ByHandModel
from window_client.viewmodels.desk_model import DeskModel
from window_client.viewmodels.rating_model import RatingModel
from window_client.viewmodels.sheet_model import SheetModel
from window_client.viewmodels.sign_in_model import SignInModel
from window_client.viewmodels.slip_model import SlipModel

CATALOG = sample_catalog()
LOOKS = (
    *(("standard", language) for language in LANGUAGES),
    *(("large_print", language) for language in LANGUAGES),
    ("high_contrast", "zh"),
)
"""Contrast changes no width, so one language is enough for it."""
LONG = served_here(
    1001,
    lane=103,
    service="property_mortgage_first",
    name=LONG_NAME,
    group_name="不动产登记",
    note="复印件已核对过原件，抵押合同第三页还差一个骑缝章，请帮着看一下再收件，谢谢您",
    reason=CallReason(counts_from=NOW, penalty_us=10 * MINUTE, before="A102-1002", earlier_us=90 * MINUTE),
)
CROWD = tuple(shown(n, 40 + n / 20, name=LONG_NAME) for n in range(1, 201))
HELD = (
    shown(8, state=TicketState.ON_HOLD, held_for="回去取材料", back=100),
    shown(9, state=TicketState.ON_HOLD, held_for="去复印", back=50),
    shown(1001, lane=103, name=LONG_NAME, state=TicketState.ON_HOLD, held_for="等后台审核"),
)
ASIDE = (
    shown(7, state=TicketState.MISSED),
    shown(6, state=TicketState.MISSED, returns=2),
    shown(1001, lane=103, name=LONG_NAME, state=TicketState.MISSED),
)
kept: list[Any] = []  # models live as long as the test run: a page must never see its model go first


def models(language: str = "zh") -> tuple[SignInModel, DeskModel]:
    application()
    words = LANGUAGES[language]
    sign_in, model = SignInModel(words, 12), DeskModel(words, 12, StandingClock(), lambda: "c" * 32)
    kept.append((sign_in, model))
    return sign_in, model


def signed_in(language: str = "zh") -> tuple[SignInModel, DeskModel]:
    sign_in, model = models(language)
    sign_in.signed_in()
    model.opened("0317", CATALOG)
    model.connected(Connection.ONLINE)
    return sign_in, model


class Outage:
    """The models of what a window does without its server, over a desk."""

    def __init__(self, desk: DeskModel, folder: Path, language: str = "zh") -> None:
        words = LANGUAGES[language]
        self.desk = desk
        self.by_hand = ByHandModel(words, desk, lambda: "d" * 32)
        self.slip = SlipModel(words, desk)
        self.sheet = SheetModel(words, desk, 12, folder)
        kept.append(self)


def desk_screen(
    both: tuple[SignInModel, DeskModel],
    theme: str = "standard",
    language: str = "zh",
    outage: Outage | None = None,
    size: tuple[int, int] = (1366, 768),
) -> Screen:
    words = LANGUAGES[language].plain()
    outage = outage or Outage(both[1], Path("unused"), language)
    return Screen(
        "window_client/qml/Desk.qml",
        size,
        {
            "signIn": both[0],
            "desk": both[1],
            "byHand": outage.by_hand,
            "slip": outage.slip,
            "sheet": outage.sheet,
            "words": words,
        },
        theme=theme,
        scale="desk",
    )


def rating_screen(model: RatingModel, theme: str = "standard", language: str = "zh") -> Screen:
    kept.append(model)
    words = LANGUAGES[language].plain()
    return Screen("window_client/qml/Rating.qml", (1024, 600), {"rating": model, "words": words}, theme=theme)


def keep(screen: Screen, name: str) -> None:
    picture = screen.picture()
    folder = os.environ.get("ONEWINDOW_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        assert picture.save(str(Path(folder) / f"{name}.png"))


def visible(root: QQuickItem) -> Iterator[QQuickItem]:
    """Every item drawn, as it is drawn."""
    if root.isVisible():
        yield root
        for item in root.childItems():
            yield from visible(item)


def cut_off(screen: Screen) -> list[str]:
    """Texts that end in … or stand partly outside the screen, once it is at rest.

    A list makes the rows beyond its edge between two frames; one only half made has no width yet.
    """
    for _ in range(50):
        found = _cut_off_now(screen)
        if not found:
            break
        QTest.qWait(20)
    return found


def _cut_off_now(screen: Screen) -> list[str]:
    found = []
    for item in visible(screen.root):
        text = item.property("text")
        if not isinstance(text, str) or not text or item.property("truncated") is None:
            continue
        right = item.mapToScene(QPointF(item.property("paintedWidth"), 0)).x()
        if item.property("truncated") or right > screen.root.width() + 1:
            found.append(text)
    return found


def item(screen: Screen, name: str) -> QQuickItem:
    """The visible item of that name; rows of lists are found too."""
    return next(each for each in visible(screen.root) if each.objectName() == name)
