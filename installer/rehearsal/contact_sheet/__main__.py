"""`./onewindow contact-sheet`: every page on a simulated Monday, as pictures and small on one sheet."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from hall.errors import OneWindowError
from hall.ticket import TicketState
from installer.hall_init.folder import FirstPin
from installer.rehearsal.browser import Browser, BrowserError, find
from installer.rehearsal.contact_sheet.monday import live_until, settle, slips
from installer.rehearsal.contact_sheet.pages import LIVE, PAGES, Page
from installer.rehearsal.contact_sheet.sheet import contact_sheet
from installer.rehearsal.hush import hushed
from installer.rehearsal.processes import Crew
from installer.rehearsal.simulate_day.shape import OPENS_MINUTE, WEEKDAY

ROOMS = tuple(dict.fromkeys(page.room for page in PAGES))
_OPENS_S = 60.0
_STILL = """Promise.race([
  document.fonts.ready.then(() => Promise.allSettled(document.getAnimations().map((each) => each.finished))),
  new Promise((seen) => setTimeout(seen, 2500)),
]).then(() => true)"""
"""Nothing moves any more, or it always will."""
_WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def main(argv: Sequence[str]) -> int:
    """Live the day, serve it, take the pictures; 1 if a page could not be taken or runs over its screen's edge."""
    options = _parser().parse_args(argv)
    try:
        options.out.mkdir(parents=True, exist_ok=True)
        return _take(options)
    except OSError as error:
        print(f"{options.out}：用不了（{error.strerror}）。请给 --out 换一个可以写的文件夹", file=sys.stderr)
    except OneWindowError as error:
        print(f"{error}\n{error.advice}".rstrip(), file=sys.stderr)
    return 1


def _take(options: argparse.Namespace) -> int:
    chromium = find()
    if chromium is None:
        raise BrowserError("没有 chromium，拍不了网页")
    shape = replace(WEEKDAY, citizens=options.citizens, windows=options.windows)
    shape = replace(shape, kiosks=max(shape.kiosks, -(-shape.citizens // 600)))
    print(f"正在过 {options.days} 天，最后一天 {shape.citizens} 人、{shape.windows} 个窗口 …", flush=True)
    with hushed():  # a kiosk that breaks is meant
        image, wall_us = live_until(shape, options.days, options.seed, options.at)
    with tempfile.TemporaryDirectory(prefix="onewindow-sheet-") as place:
        folder, manager = settle(Path(place) / "hall", image, wall_us, shape)
        codes = slips(folder)
        with Crew(options.out / "logs") as crew, Browser(chromium) as browser:
            module = "installer.rehearsal.contact_sheet.hall_then"
            server = crew.start("server", module, str(folder.settings), str(wall_us))
            address = server.hear("address", 60)["address"]
            taken, wrong = _pictures(browser, address, manager, codes, options)
    contact_sheet(taken, options.out / "contact-sheet.png")
    for words in wrong:
        print(words, file=sys.stderr)
    print(f"{len(taken)} 张图片在 {options.out}，合成一张：contact-sheet.png")
    return 1 if wrong else 0


def _pictures(
    browser: Browser, address: str, manager: FirstPin, codes: dict[TicketState, str], options: argparse.Namespace
) -> tuple[list[Path], list[str]]:
    """Every page at every size; the files, and what is wrong with a page."""
    _sign_in(browser, address, manager)
    taken, wrong = list[Path](), list[str]()
    for page in PAGES:
        path = f"/t/{codes[page.state]}" if page.state in codes else page.path
        if page.room not in options.only or not path:
            continue  # nobody is in that state just now
        for width, height in page.sizes:
            file = options.out / f"{page.name}-{width}x{height}.png"
            try:
                wider = _one(browser, f"{address}{path}", page, (width, height), file)
            except BrowserError as error:
                wrong.append(f"{file.stem}：{error}")
                continue
            taken.append(file)
            if wider > 0:
                wrong.append(f"{file.stem}：比屏幕宽 {wider} 像素")
    return taken, wrong


def _one(browser: Browser, address: str, page: Page, size: tuple[int, int], file: Path) -> int:
    """One picture; how many pixels it is wider than the screen."""
    browser.open(address, *size)
    browser.until(page.ready, _OPENS_S)
    if page.press:
        browser.run(page.press)
        browser.until(page.shows, _OPENS_S)
    browser.run(_STILL)
    wider = int(browser.run(_WIDER))
    if page.whole:  # as on a screen so high, so that what sticks to the screen's edge stands at the end
        browser.resize(size[0], max(size[1], int(browser.run("document.documentElement.scrollHeight"))))
        browser.run(_STILL)
    browser.picture(file, page.part)
    browser.close()
    return wider


def _sign_in(browser: Browser, address: str, manager: FirstPin) -> None:
    browser.open(f"{address}/manage/sign-in", 1366, 768)
    browser.enter("#staff", manager.staff)
    browser.enter("#pin", manager.pin)
    browser.click("button")
    browser.until(LIVE, _OPENS_S)
    browser.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="onewindow contact-sheet", description="模拟的星期一：把每个网页拍成图片，再合成一张"
    )
    parser.add_argument("--out", type=Path, required=True, help="图片放在哪里")
    parser.add_argument("--citizens", type=_between(1, 20_000), default=3000, help="星期一来多少人")
    parser.add_argument("--windows", type=_between(1, 200), default=30, help="多少个窗口")
    parser.add_argument("--days", type=_between(1, 20), default=2, help="连着过多少个工作日，最后一天是星期一")
    parser.add_argument("--at", type=_minute, default="10:30", metavar="HH:MM", help="拍哪个时刻")
    parser.add_argument("--seed", type=int, default=1, help="同一个种子，同样的人")
    parser.add_argument("--only", nargs="+", choices=ROOMS, default=list(ROOMS), help="只拍这些")
    return parser


def _between(least: int, most: int) -> Callable[[str], int]:
    def count(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"「{text}」应是 {least} 到 {most} 的整数")
        return int(text)

    return count


def _minute(text: str) -> int:
    hour, _, minute = text.partition(":")
    if not (hour.isdecimal() and minute.isdecimal() and int(minute) < 60):
        raise argparse.ArgumentTypeError(f"「{text}」不是时刻，例如 10:30")
    found = int(hour) * 60 + int(minute)
    if not OPENS_MINUTE < found < 17 * 60:
        raise argparse.ArgumentTypeError(f"「{text}」不在 9:00 到 17:00 之间")
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
