"""What is photographed: one line for each page, in the order of the sheet. A new page is a line here."""

from dataclasses import dataclass

from hall.ticket import TicketState
from queue_server.web.manage.settings.sections import SECTIONS, Section

UPRIGHT, LYING = (1080, 1920), (1920, 1080)
DESK, PHONE = (1366, 768), (390, 844)
LIVE = "[...document.querySelectorAll('.group .measures dd')].some((dd) => dd.textContent.includes('分钟'))"
"""The groups are there, and the first forecast has come: a wait is told in minutes."""
_FRIDAY = """(() => {
  const typed = document.querySelector(".replay-choices input"), day = new Date(typed.max);
  day.setUTCDate(day.getUTCDate() - 3);
  typed.value = day.toISOString().slice(0, 10);
  typed.dispatchEvent(new Event("input"));
  setTimeout(() => document.querySelector(".replay-choices button").click(), 300);
})()"""
_REPLAYS = "document.querySelector('.replay-choices button') !== null"
_READ = "document.querySelector('.player-clock').textContent !== ''"
_FIGURES = "document.querySelectorAll('.statistics-table tbody tr').length > 0"
_ONE_MORE = """(() => {
  const row = document.querySelector(".suppose-row"), chosen = row.querySelector("select");
  chosen.value = [...chosen.options].find((option) => option.value).value;
  chosen.dispatchEvent(new Event("change"));
  setTimeout(() => row.querySelector("button").click(), 300);
})()"""
_ANSWERED = "document.querySelectorAll('.suppose-table tbody tr').length > 0"

_ZONE = "document.querySelector('.set-card') !== null"


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        room: What it belongs to, for `--only`: `board`, `phone`, `manage` or `settings`.
        name: Of its picture.
        path: Its address; of a phone page empty, then `state` says whose ticket is shown.
        sizes: Of the screens, width and height in pixels.
        ready: JavaScript that holds once there is something to see.
        press: JavaScript run before the picture, such as a press on a button.
        shows: JavaScript that holds once that was answered.
        part: Selector of what is photographed; empty is the page.
        whole: Whether that is the page down to its end, not what stands on the screen at once.
    """

    room: str
    name: str
    path: str = ""
    sizes: tuple[tuple[int, int], ...] = (DESK, PHONE)
    ready: str = "true"
    press: str = ""
    shows: str = "true"
    part: str = ""
    whole: bool = True
    state: TicketState | None = None


def _board(name: str, path: str, ready: str) -> Page:
    return Page("board", name, path, (LYING, UPRIGHT), ready, whole=False)


def _phone(state: TicketState) -> Page:
    return Page("phone", f"phone-{state.value}", state=state, sizes=((320, 568), PHONE))


def _settings(section: Section) -> Page:
    path = f"/manage/settings/{section.name}"
    return Page("settings", f"settings-{section.name}", path, ready="document.querySelector('.set-tab.here') !== null")


PAGES: tuple[Page, ...] = (
    _board("board", "/board", "document.querySelectorAll('#recent li').length > 0"),
    _board("board-zone", "/board/zone/east", "document.querySelector('#zone').textContent !== ''"),
    _board("board-window-called", "/board/window/1", "document.querySelector('#words').textContent !== ''"),
    _board("board-window-other", "/board/window/2", "document.querySelector('#words').textContent !== ''"),
    *map(_phone, TicketState),
    Page("manage", "manage-sign-in", "/manage/sign-in", ready="document.querySelector('#staff') !== null"),
    Page("manage", "manage-live", "/manage/", ready=LIVE),
    Page("manage", "manage-what-if", "/manage/", ready=LIVE, press=_ONE_MORE, shows=_ANSWERED, part="#suppose"),
    Page("manage", "manage-rule", "/manage/rule", ready="document.querySelectorAll('.rule-field').length > 0"),
    Page("manage", "manage-appointments", "/manage/appointments", ready="document.querySelector('.main') !== null"),
    Page("manage", "manage-statistics", "/manage/statistics", ready=_FIGURES),
    Page("manage", "manage-replay", "/manage/replay", ready=_REPLAYS, press=_FRIDAY, shows=_READ),
    *map(_settings, SECTIONS),
    Page("settings", "settings-zone", "/manage/settings/screens/zone:east", ready=_ZONE),
)
