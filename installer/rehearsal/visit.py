"""One citizen's visit, whole, played through the real programs, with or without the server alive at the tap."""

import json
import shutil
import time
import urllib.request
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from devices.id_card.people import invented_person
from hall.facts import TicketIssued
from hall.slip_code import SlipCode, printed_text, seal
from hall.wire.views import Board
from installer.hall_api import HallApi
from installer.hall_init.folder import FirstPin
from installer.rehearsal import browser
from installer.rehearsal.board_watch import BoardWatch
from installer.rehearsal.processes import Program, ProgramError
from installer.rehearsal.stage import WINDOW, Stage, Twin

SERVICE = "social_card_first"
INITIALS = "sbksl"
LEVEL = 5
_BOARD_SIZE = (1920, 1080)
_MANAGE_SIZE = (1366, 900)
_PHONE_SIZE = (390, 844)


class Visit:
    """Plays the visit and gathers what it leaves behind.

    Args:
        stage: A stage with hall, twins and server.
        twins: Its twins.
        clerk: The clerk's account at window 3.
        manager: The manager's account.
        seed: Makes the citizen; the same seed is the same invented person.
    """

    def __init__(self, stage: Stage, twins: dict[str, Twin], clerk: FirstPin, manager: FirstPin, seed: int) -> None:
        self._stage = stage
        self._twins = twins
        self._clerk = clerk
        self._manager = manager
        self._seed = seed
        self._out = stage.folder
        self._ms: dict[str, float] = {}

    def play(self, server: Program, *, server_dead: bool) -> dict[str, Any]:
        """From the home page to the manager's page; returns the summary, which also lies in `summary.json`.

        Raises:
            OneWindowError: If something did not happen as it should; the message says what.
        """
        with ExitStack() as stack:
            watch = BoardWatch(self._stage.address)
            stack.callback(watch.stop)
            kiosk, before = self._kiosk_half(server, server_dead=server_dead)
            if server_dead:
                self._stage.start_server()
            watch.until(lambda board: any(group.waiting for group in board.groups))
            pages = stack.enter_context(browser.Browser(path)) if (path := browser.find()) else None
            number = self._window_half(watch, pages)
            api = HallApi(self._stage.address, self._manager.staff, self._manager.pin)
            if pages is not None:
                self._manage_picture(pages)
            entries = list(api.journal())
            now = api.hall()
        _require(kiosk.stop() == 0, "取号机没有正常结束")
        (self._out / "journal.jsonl").write_text("".join(f"{e.model_dump_json()}\n" for e in entries), "utf-8")
        facts = [{"seq": e.seq, "kind": e.fact.body.kind, "at": self._local(e.at)} for e in entries if e.seq > before]
        self._keep_slip()
        summary = {
            "number": number,
            "service": self._stage.catalog.service(SERVICE).name,
            "window": WINDOW,
            "server_dead": server_dead,
            "facts": facts,
            "ms": self._ms,
        }
        _require(any(group.finished for group in now.groups), "管理页没有数到这次办理")
        (self._out / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1), "utf-8")
        return summary

    # -- the citizen

    def _kiosk_half(self, server: Program, *, server_dead: bool) -> tuple[Program, int]:
        """Card, choice, number, slip; returns the kiosk, and how long the journal was before."""
        before = len(list(HallApi(self._stage.address, self._manager.staff, self._manager.pin).journal()))
        masked_name = invented_person(Random(self._seed)).masked_name
        kiosk = self._stage.start_kiosk(_script(masked_name, dead=server_dead))
        reader = self._twins["id_card"].control
        _hear(kiosk, "home")
        self._stage.forget_script()
        laid = time.monotonic()
        reader.act("lay", seed=self._seed)
        _hear(kiosk, "greeted")
        self._ms["card_to_choices"] = self._stage.durations()["card_to_choices"]["mono_us"] / 1000 - laid * 1000
        _hear(kiosk, "before_tap")
        if server_dead:
            server.kill()
        _hear(kiosk, "printed")
        reader.act("lift")
        self._twins["printer"].control.act("pull")
        durations = self._stage.durations()
        for what in ("tap_to_durable", "tap_to_first_byte"):
            self._ms[what] = durations[what]["ms"]
        return kiosk, before

    # -- the clerk, and the citizen at the window

    def _window_half(self, watch: BoardWatch, pages: browser.Browser | None) -> str:
        window = self._stage.start_window(played=True)
        window.hear("ready")
        desk = Played(window, self._out)
        desk.picture("window-sign-in.png")
        desk.sign_in(self._clerk)
        desk.step(wait="idle")
        if pages is not None:
            pages.open(f"{self._stage.address}/board", *_BOARD_SIZE)
        called = time.monotonic()
        desk.step(tap="call_next")
        board, arrived = watch.until(lambda board: any(call.window == WINDOW for call in board.calls[:1]))
        self._ms["call_to_board"] = (arrived - called) * 1000
        call = board.calls[0]
        desk.step(wait="calling")
        desk.picture("window-called.png")
        self._keep_voice(board)
        if pages is not None:
            pages.until(f"document.body.innerText.includes({json.dumps(call.number)})")
            pages.picture(self._out / "board.png")
            self._phone_picture(pages)
        desk.step(tap="start")
        desk.step(wait="serving")
        desk.picture("window-serving.png")
        desk.step(tap="finish")
        desk.step(wait="rate")
        desk.picture("window-rating.png", of="rating")
        desk.step(tap=f"level_{LEVEL}")
        desk.step(wait="thanks")
        desk.picture("window-rating-thanks.png", of="rating")
        desk.step(wait="welcome")
        desk.picture("window-idle.png")
        window.stop()
        return call.number

    # -- what is left behind

    def _keep_voice(self, board: Board) -> None:
        address = board.calls[0].voice
        if address:
            with urllib.request.urlopen(self._stage.address + address, timeout=10) as answer:  # noqa: S310
                (self._out / "call.wav").write_bytes(answer.read())

    def _keep_slip(self) -> None:
        slips = self._twins["printer"].control.act("slips")["slips"]
        _require(bool(slips), "打印机没有收到取号单")
        shutil.copy(slips[-1]["bin"], self._out / "slip.bin")
        shutil.copy(slips[-1]["png"], self._out / "slip.png")

    def _phone_picture(self, pages: browser.Browser) -> None:
        """What the citizen's phone shows of the call."""
        journal = HallApi(self._stage.address, self._manager.staff, self._manager.pin).journal()
        body, at = [(e.fact.body, e.at) for e in journal if isinstance(e.fact.body, TicketIssued)][-1]
        code = SlipCode(body.ticket, body.day, body.prefix, body.lane, body.n, at)
        key = bytes.fromhex(self._stage.hall.hall_key.read_text("ascii"))
        sealed = seal(code, self._stage.catalog.hall.id, key)
        pages.open(printed_text(sealed, self._stage.catalog.hall.public_url), *_PHONE_SIZE)
        pages.until("document.querySelector('.call') && !document.getAnimations().length")
        pages.picture(self._out / "phone.png")

    def _manage_picture(self, pages: browser.Browser) -> None:
        pages.open(f"{self._stage.address}/manage", *_MANAGE_SIZE)
        pages.until("document.querySelector('input[name=staff]')")
        pages.enter("input[name=staff]", self._manager.staff)
        pages.enter("input[name=pin]", self._manager.pin)
        pages.click("button[type=submit]")
        group = self._stage.catalog.group(self._stage.catalog.service(SERVICE).group).name
        pages.until(f"document.body.innerText.includes({json.dumps(group)})")
        pages.picture(self._out / "manage.png")

    def _local(self, at_us: int) -> str:
        utc = datetime.fromtimestamp(at_us / 1_000_000, UTC)
        return (utc + timedelta(minutes=self._stage.catalog.hall.offset_minutes)).replace(tzinfo=None).isoformat()


class Played:
    """The window program, step by step."""

    def __init__(self, window: Program, pictures: Path) -> None:
        self._window = window
        self._pictures = pictures

    def step(self, **step: object) -> dict[str, Any]:
        """Play one step of window_client/README.md; what it answers."""
        answer = self._window.ask("played", **step)
        _require(answer["ok"], f"窗口做不了 {step}：{answer.get('error', '')}")
        return answer

    def picture(self, name: str, of: str = "desk") -> None:
        """Keep a picture of a screen."""
        self.step(picture=str(self._pictures / name), of=of)

    def sign_in(self, account: FirstPin) -> None:
        """Type staff number and PIN and press the button."""
        for field, text in (("staff", account.staff), ("pin", account.pin)):
            self.step(tap=field)
            self.step(enter=text)
        self.step(tap="sign_in")


def _script(masked_name: str, *, dead: bool) -> list[dict[str, object]]:
    """The kiosk's half: what is pressed and seen."""
    return [
        {"wait": {"page": "home", "online": True}},
        {"picture": "kiosk-home.png"},
        {"say": "home"},
        {"wait": {"maskedName": masked_name}},
        {"say": "greeted"},
        {"picture": "kiosk-greeting.png"},
        {"tap": "search"},
        {"wait": "search"},
        {"type": INITIALS},
        {"picture": "kiosk-search.png"},
        {"tap": f"service-{SERVICE}"},
        {"wait": "confirm"},
        {"picture": "kiosk-confirm.png"},
        {"say": "before_tap"},
        {"wait": {"page": "confirm", "online": not dead}},
        {"tap": "take-number"},
        {"wait": {"page": "number", "paper": "printed"}},
        {"picture": "kiosk-number.png"},
        {"say": "printed"},
        {"tap": "done"},
        {"wait": "home"},
        {"stay": True},
    ]


def _hear(program: Program, what: str) -> None:
    while program.hear("say")["say"] != what:
        pass


def _require(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not holds:
        raise ProgramError(otherwise)
