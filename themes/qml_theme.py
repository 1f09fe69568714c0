"""The one door between themes and Qt: gives QML the tokens, the icons and the typeface.

    engine = QQmlApplicationEngine()
    theme = install(engine, scale="desk")       # before any page is loaded
    theme.setProperty("name", "high_contrast")  # at any time; every page follows

QML reads `import themes` and then `Theme.color.primary`, `Theme.size.title`, `Theme.space.gap`.
"""

import logging
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontInfo, QGuiApplication, QImage, QPainter
from PySide6.QtQml import QmlElement, QmlSingleton, QQmlEngine
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

from themes.errors import ThemeError
from themes.icons import icon_svg
from themes.loader import load_theme

QML_IMPORT_NAME = "themes.tokens"
QML_IMPORT_MAJOR_VERSION = 1
FAMILIES = ("Noto Sans CJK SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei")
_LOG = logging.getLogger("onewindow.themes.qml")


@QmlElement
@QmlSingleton
class ThemeFiles(QObject):
    """Hands a theme's tokens to `Theme.qml` as plain maps with QML's spelling of the names."""

    @Slot(result=str)
    def family(self) -> str:
        """Name of the typeface all words are set in."""
        return QFontInfo(QGuiApplication.font()).family()

    @Slot(str, str, result="QVariantMap")
    def tokens(self, name: str, scale: str) -> dict[str, object]:
        """Colours, sizes and measures of one theme at one scale.

        A theme with mistakes is reported in the log and the standard look stands in: a screen in the wrong colours
        still serves people, a blank one does not.
        """
        try:
            theme = load_theme(name)
        except ThemeError as error:
            _LOG.error("%s theme %s unusable, standard used: %s", error.code, name, error)
            theme = load_theme("standard")
        chosen = theme.desk if scale == "desk" else theme.kiosk
        return {
            "fadeMs": theme.fade_ms,
            "color": _spelt(asdict(theme.colors)),
            "size": _spelt(asdict(chosen.size)),
            "space": _spelt(asdict(chosen.space)),
        }


class IconImages(QQuickImageProvider):
    """Draws `image://icons/NAME/RRGGBB` from the icon's SVG at exactly the size asked for."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, N802, N803, D102
        name, _, color = id.partition("/")
        side = max(requestedSize.width(), requestedSize.height(), 1)
        image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        QSvgRenderer(icon_svg(name, f"#{color}", side)).render(painter)
        painter.end()
        size.setWidth(side)
        size.setHeight(side)
        return image


def install(engine: QQmlEngine, *, name: str = "standard", scale: Literal["kiosk", "desk"] = "kiosk") -> QObject:
    """Prepares an engine for `import themes` and `import themes.controls`.

    Args:
        engine: An engine that has not loaded a page yet.
        name: Theme to start with.
        scale: Which sizes and measures the program uses.

    Returns:
        The `Theme` singleton; set its properties `name`, `scale` and `unit` at any time.
    """
    engine.addImportPath(str(Path(__file__).parents[1]))
    engine.addImageProvider("icons", IconImages())
    _set_typeface()
    theme = engine.singletonInstance("themes", "Theme")
    if not isinstance(theme, QObject):
        raise ThemeError(name, ("themes/Theme.qml could not be loaded; QML has printed the reason",))
    theme.setProperty("scale", scale)
    theme.setProperty("name", name)
    return theme


def _set_typeface() -> None:
    font = QFont(list(FAMILIES))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    QGuiApplication.setFont(font)


@cache
def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


def _spelt(values: dict[str, object]) -> dict[str, object]:
    return {_camel(name): value for name, value in values.items()}
