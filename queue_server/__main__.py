"""python -m queue_server: the hall's server."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from hall.errors import OneWindowError, plain_words
from hall.settings import settings_help
from queue_server.config import TABLE, ServerSettings, load
from queue_server.logs import start_logging
from queue_server.own_process import settle_in, settled

log = logging.getLogger("onewindow.server")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the server, or check whether it could; 0 when all went well, 130 at Ctrl-C before it served."""
    asked = _parser().parse_args(argv)
    start_logging()
    try:
        settings = load(asked.config, os.environ)
        # Imported only now: mistakes in the settings are told without loading the whole server.
        from queue_server import app

        if asked.check:
            beware = app.check(settings, moved=asked.moved)
            print(f"可以启动。{beware}" if beware else "可以启动")
            return 0

        def ready(address: str) -> None:
            log.info(
                "server.ready 大厅 %s 的服务器在 %s，叫号屏 %s/board，管理页 %s/manage",
                settings.hall_id,
                *[address] * 3,
            )
            settled()
            if asked.announce:
                print(app.announcement(address), flush=True)

        settle_in()
        app.serve(settings, ready, new_key=asked.new_key, moved=asked.moved)
    except KeyboardInterrupt:  # before it served; from then on the signal stops it in order
        return 130
    except OneWindowError as error:
        print(plain_words(error), file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="onewindow server",
        description="大厅的服务器：收号、叫号、叫号屏、管理页",
        epilog=settings_help(ServerSettings, TABLE),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--config", type=Path, metavar="FILE", help="设置文件（TOML）")
    parser.add_argument("--check", action="store_true", help="只检查能不能启动，然后退出")
    parser.add_argument("--new-key", action="store_true", help="大厅密钥是有意换的：从这次启动起只认新的一把")
    parser.add_argument(
        "--moved",
        action="store_true",
        help="数据文件夹是停着服务器整个搬来的，旧的一处不再用：不当作旧的一份拷回来处理（只用一次）",
    )
    parser.add_argument("--announce", action="store_true", help="启动后在标准输出写一行 JSON，里面有真实的端口")
    return parser


if __name__ == "__main__":
    sys.exit(main())
