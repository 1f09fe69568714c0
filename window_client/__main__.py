"""`python -m window_client --config FILE`: the clerk's screen and the citizen's; with `--box` neither."""

import argparse
import logging
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from hall.errors import ConfigError, OneWindowError, plain_words, system_words
from hall.settings import settings_help
from themes.screen import NO_SCREEN, has_screen
from window_client.config import TABLE, WindowConfig, load


def main(arguments: list[str] | None = None) -> int:
    """Run; exit status 0 unless something was wrong, which is then said in plain words."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(
        stream=sys.stderr, level=options.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with ExitStack() as opened:
        try:
            setup = load(options.config, os.environ, box=options.box)
            if options.check:
                print(f"设置正确：{setup.window.number} 号窗口，服务器 {setup.window.server or '自动寻找'}")
                return 0
            if options.box:
                from window_client.box.app import App as BoxApp  # without a screen no Qt is loaded

                return BoxApp(setup).run()
            steps = None
            if options.play is not None:
                steps = sys.stdin if options.play == "-" else opened.enter_context(_script(Path(options.play)))
            if not has_screen(os.environ, sys.platform):
                print(NO_SCREEN, file=sys.stderr)
                return 1
            from window_client.app import App  # mistakes in the settings are told without loading Qt

            return App(setup, steps).run()
        except OneWindowError as error:
            print(plain_words(error), file=sys.stderr)
            return 1


def _script(path: Path) -> TextIO:
    try:
        return path.open(encoding="utf-8")
    except OSError as error:
        raise ConfigError(str(path), [f"脚本读不了：{system_words(error)}"]) from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="onewindow window",
        description="窗口：叫号、办理、评价",
        epilog=f"{settings_help(WindowConfig, TABLE)}\n呼叫器、评价器、窗口屏写在 [devices] 表里。",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--config", type=Path, required=True, metavar="FILE", help="设置文件（TOML）")
    parser.add_argument("--check", action="store_true", help="只检查设置，然后退出")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--box", action="store_true", help="不开屏幕：用呼叫器叫号，窗口屏和评价器照设置")
    way.add_argument("--play", metavar="FILE", help="照脚本操作屏幕，一行一步；- 是从标准输入读")
    parser.add_argument(
        "--log-level", default="INFO", choices=["DEBUG", "INFO", "WARNING", "ERROR"], help="日志详细程度"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
