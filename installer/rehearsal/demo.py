"""`./onewindow demo`: a whole hall on this machine, to try by hand or to watch one visit play by itself."""

import argparse
import os
import secrets
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hall.errors import OneWindowError
from hall.opening import local_time
from installer.hall_api import HallApi
from installer.hall_init.folder import FirstPin
from installer.rehearsal.invited import bookable, invite
from installer.rehearsal.processes import Crew
from installer.rehearsal.stage import USUAL_PORT, Stage
from installer.rehearsal.visit import Visit

_LOOK_SECONDS = 1.0
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}


def main(argv: list[str]) -> int:
    """Run the demo; 0 when it ended as it should."""
    parser = argparse.ArgumentParser(prog="onewindow demo", description="在本机演示整个大厅")
    parser.add_argument("--once", action="store_true", help="自动演一遍办事过程，然后结束")
    parser.add_argument("--server-dead", action="store_true", help="取号时服务器是断开的（与 --once 一起用）")
    parser.add_argument("--out", type=Path, help="图片、取号单、流水和 summary.json 放在哪里；再次使用同一处会接着取号")
    parser.add_argument("--seed", type=int, help="虚构市民的种子；不写则每次换人")
    options = parser.parse_args(argv)
    if options.server_dead and not options.once:
        parser.error("--server-dead 要与 --once 一起用")
    folder = (options.out or Path(tempfile.mkdtemp(prefix="onewindow-demo-"))).resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        print(f"{folder}：用不了（{error.strerror}）。请给 --out 换一个可以写的文件夹", file=sys.stderr)
        return 1
    seed = secrets.randbits(48) if options.seed is None else options.seed
    try:
        with _stopped_by_signals() as stopped:
            return (
                _once(folder, seed, server_dead=options.server_dead) if options.once else _stay(folder, seed, stopped)
            )
    except KeyboardInterrupt:
        print("\n演示已停止，所有程序都已结束。")
        return 0
    except OneWindowError as error:
        print(f"{error}\n{error.advice}".rstrip(), file=sys.stderr)
        return 1


def _once(folder: Path, seed: int, *, server_dead: bool) -> int:
    with Crew(folder / "logs", OFFSCREEN) as crew:
        stage = Stage(folder, crew)
        clerk, manager = stage.init_hall()
        twins = stage.start_twins()
        server = stage.start_server()
        print(f"服务器 {stage.address}，正在演一遍办事过程{'（取号时服务器断开）' if server_dead else ''}…", flush=True)
        summary = Visit(stage, twins, clerk, manager, seed).play(server, server_dead=server_dead)
    figures = "，".join(f"{what} {value:.1f} ms" for what, value in summary["ms"].items())
    print(f"{summary['number']} 号办完「{summary['service']}」，{summary['window']} 号窗口。{figures}")
    print(f"结果在 {folder}")
    return 0


def _stay(folder: Path, seed: int, stopped: threading.Event) -> int:
    screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    screen = screen and os.environ.get("QT_QPA_PLATFORM") != "offscreen"
    with Crew(folder / "logs", {} if screen else OFFSCREEN) as crew:
        stage = Stage(folder, crew, small=screen, port=USUAL_PORT)
        clerk, manager = stage.init_hall()
        twins = stage.start_twins()
        server = stage.start_server()
        if screen:
            stage.start_kiosk()
            stage.start_window(played=False)
            controls = [f"--{kind.replace('_', '-')}={twin.control_address}" for kind, twin in twins.items()]
            crew.start("panel", "installer.rehearsal.panel", *controls)
        print(f"叫号屏   {stage.address}/board")
        print(f"管理页   {stage.address}/manage   工号 {manager.staff}  口令 {manager.pin}")
        for words in _appointments(stage, manager):
            print(words)
        print(f"窗口     工号 {clerk.staff}  口令 {clerk.pin}")
        if not screen:
            print("没有屏幕（offscreen）：下面自动演一遍办事过程。", flush=True)
            summary = Visit(stage, twins, clerk, manager, seed).play(server, server_dead=False)
            print(f"{summary['number']} 号办完「{summary['service']}」；图片和取号单在 {folder}")
        print("按 Ctrl-C 结束演示。", flush=True)
        missed: set[str] = set()
        while not stopped.wait(_LOOK_SECONDS):
            for program in crew.programs:
                if not program.alive and program.name not in missed:
                    missed.add(program.name)
                    print(f"{program.name} 已经退出，原因见 {program.log}", file=sys.stderr, flush=True)
    raise KeyboardInterrupt


def _appointments(stage: Stage, manager: FirstPin) -> Iterator[str]:
    """Invented people book the next slots, so that a check-in can be tried."""
    api = HallApi(stage.address, manager.staff, manager.pin)
    booked = invite(api, bookable(stage.catalog))
    if booked:
        yield f"预约     面板上按「放有预约的身份证」，再在取号机上取号；今天 {len(booked)} 个预约"
    for booking in booked[1:2]:
        at = local_time(booking.slot_at, stage.catalog.hall.offset_minutes)
        yield f"         或在取号机首页按「预约取号」，输入预约号 {booking.number}（{at:%H:%M} 的预约）"


@contextmanager
def _stopped_by_signals() -> Iterator[threading.Event]:
    """SIGINT and SIGTERM end the demo in order, wherever it is."""
    stopped = threading.Event()

    def stop(*_: object) -> None:
        stopped.set()
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
