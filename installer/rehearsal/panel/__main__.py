"""`python -m installer.rehearsal.panel --id-card HOST:PORT --scanner HOST:PORT --printer HOST:PORT`."""

import argparse
import signal
import sys

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickView

from devices.simulation import Control
from installer.rehearsal.panel.twins import TwinActs
from installer.rehearsal.processes import ROOT
from themes.qml_theme import install

SIZE = (480, 860)


def main(argv: list[str]) -> int:
    """Show the panel until its window is closed or the process is asked to end."""
    parser = argparse.ArgumentParser(prog="panel", description="模拟设备面板")
    for twin in ("id-card", "scanner", "printer"):
        parser.add_argument(f"--{twin}", required=True, help="控制端口 HOST:PORT")
    options = parser.parse_args(argv)
    application = QGuiApplication(sys.argv[:1])
    acts = TwinActs(Control(options.id_card), Control(options.scanner), Control(options.printer))
    view = QQuickView()
    install(view.engine(), scale="desk")
    view.engine().addImportPath(str(ROOT))
    view.setInitialProperties({"acts": acts})
    view.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)
    view.setTitle("OneWindow 模拟设备")
    view.setSource(QUrl.fromLocalFile(str(ROOT / "installer/rehearsal/panel/Panel.qml")))
    if view.status() is QQuickView.Status.Error:
        print("\n".join(error.toString() for error in view.errors()), file=sys.stderr)
        return 1
    view.resize(*SIZE)
    view.show()
    for how in (signal.SIGTERM, signal.SIGINT):
        signal.signal(how, lambda *_: application.quit())
    look_up = QTimer(interval=200)  # lets Python see a signal while Qt waits
    look_up.timeout.connect(lambda: None)
    look_up.start()
    status = application.exec()
    view.setSource(QUrl())
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
