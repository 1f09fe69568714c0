"""`./onewindow panel`: without addresses it starts every twin itself; with `--id-card HOST:PORT …` it joins those.

The twins that it starts live as long as the panel; where a program finds them is printed at the start.
"""

import argparse
import os
import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickView

from devices.registry import TWINS as KNOWN
from devices.simulation import TwinProcess
from hall.errors import OneWindowError
from installer.rehearsal.panel.table import TWINS
from installer.rehearsal.panel.twins import LANGUAGES, LOOKS, PanelModel
from installer.rehearsal.processes import ROOT
from themes.qml_theme import install
from themes.screen import NO_SCREEN, has_screen

SIZE = (1366, 768)


def main(argv: list[str]) -> int:
    """Show the panel until its window is closed or the process is asked to end."""
    options = _parser().parse_args(argv)
    given = {twin.kind: getattr(options, twin.kind) for twin in TWINS if getattr(options, twin.kind)}
    if not has_screen(os.environ, sys.platform):
        print(NO_SCREEN, file=sys.stderr)
        return 1
    with ExitStack() as held:
        try:
            folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="onewindow-panel-")))
            addresses = given or start_twins(held, folder)
        except OneWindowError as failed:
            print(f"{failed}\n{failed.advice}", file=sys.stderr)
            return 1
        return _show(PanelModel(addresses, folder, options.theme, options.language))


def start_twins(held: ExitStack, folder: Path) -> dict[str, str]:
    """Start one twin of each kind, as long as `held`, and say where a program finds it; control ports by kind.

    Raises:
        DeviceMissing: One did not start.
    """
    controls = {}
    for twin in TWINS:
        if twin.kind in KNOWN:
            options = [option.format(folder=folder) for option in twin.options]
            process = held.enter_context(TwinProcess(twin.kind, options))
            controls[twin.kind] = process.control.address
            print(f"{twin.kind:<12} {process.address}", flush=True)
    return controls


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="onewindow panel", description="模拟设备面板；不写地址就自己启动全部模拟设备")
    for twin in TWINS:
        option = f"--{twin.kind.replace('_', '-')}"
        parser.add_argument(option, type=_address, metavar="HOST:PORT", help=f"{twin.words.zh}的控制端口")
    parser.add_argument("--theme", choices=LOOKS, default=LOOKS[0], help="外观")
    parser.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0], help="语言")
    return parser


def _address(text: str) -> str:
    host, _, port = text.rpartition(":")
    if not (host and port.isdecimal() and 0 < int(port) < 65536):
        raise argparse.ArgumentTypeError(f"{text} 应为 主机:端口")
    return text


def _show(model: PanelModel) -> int:
    application = QGuiApplication(sys.argv[:1])
    for how in (signal.SIGTERM, signal.SIGINT):
        # A quit before the loop runs would be lost.
        signal.signal(how, lambda *_: QTimer.singleShot(0, application.quit))
    view = QQuickView()
    install(view.engine())
    view.engine().addImportPath(str(ROOT))
    view.setInitialProperties({"model": model})
    view.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
    view.setTitle("OneWindow 模拟设备")
    view.setSource(QUrl.fromLocalFile(str(ROOT / "installer/rehearsal/panel/Panel.qml")))
    if view.status() is QQuickView.Status.Error:
        print("\n".join(error.toString() for error in view.errors()), file=sys.stderr)
        return 1
    view.resize(*SIZE)
    view.show()
    look_up = QTimer(interval=200)  # lets Python see a signal while Qt waits
    look_up.timeout.connect(lambda: None)
    look_up.start()
    model.start()
    print("面板已打开，关上窗口或按 Ctrl-C 结束。", flush=True)
    status = application.exec()
    model.stop()
    view.setSource(QUrl())
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
