"""A day by half hour on a page: a sentence, what the marks mean, a picture for each figure, and a table of it all."""

from nicegui import ui

from queue_server.web.manage.curve_markup import curve_markup, table_markup
from queue_server.web.manage.day_curve import DayCurves
from queue_server.web.manage.elements import box, say, text

_USUAL = "往常"


class CurveView:
    """Drawn where it is made.

    Args:
        day: What the day is called: 今天, 当天.
        open_half: Whether the day may have a half hour that is not over.
    """

    def __init__(self, day: str, *, open_half: bool) -> None:
        self._day = day
        self._title = text("", "curve-title", "p").props('role="status"')
        with box("p", "curve-legend muted"):
            text("", "legend-bar")
            text(day, "")
            if open_half:
                text("", "legend-bar open")
                text("还没过完的半小时", "")
            text("", "legend-step")
            text(_USUAL, "")
        with box("div", "curves") as self._pictures:
            self._stands = ui.element("div").classes("stands")
        self._curves: list[ui.html] = []
        with box("details", "fold"):
            text("看成表格", "fold-title", "summary")
            self._table = ui.html("", sanitize=False, tag="div").classes("curve-table").props('tabindex="0"')
        self.stand(None)

    @property
    def is_deleted(self) -> bool:
        """Whether the page is closed."""
        return self._title.is_deleted

    def say(self, words: str) -> None:
        """Change the sentence alone."""
        say(self._title, words)

    def show(self, shown: DayCurves) -> None:
        """Change all of it."""
        say(self._title, shown.title)
        while len(self._curves) < len(shown.curves):
            with self._pictures:
                self._curves.append(ui.html("", sanitize=False, tag="div").classes("curve"))
        for picture, curve in zip(self._curves, shown.curves, strict=True):
            picture.set_content(curve_markup(shown, curve))
        self._table.set_content(table_markup(shown, self._day, _USUAL))

    def stand(self, share: float | None) -> None:
        """Where a replay stands, as a share of the picture's width; None for nowhere."""
        self._stands.set_visibility(share is not None and 0 <= share <= 1)
        self._stands.style(f"--stands: {share or 0:.4f}")
