"""python -m queue_server.relay: the phone page on a host that the city runs."""

import argparse
import json
import logging
import os
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import uvicorn

from hall.errors import OneWindowError, plain_words, system_words
from hall.settings import settings_help
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.hall_key import HallKeyUnusable, read_hall_key
from queue_server.logs import start_logging
from queue_server.own_process import settle_in
from queue_server.relay.application import application
from queue_server.relay.config import TABLE, RelaySettings, load
from queue_server.relay.errors import RelayKeyError
from queue_server.relay.shelf import Shelf
from queue_server.serving import Server

log = logging.getLogger("onewindow.relay")
_STOP_SECONDS = 1


def main(argv: Sequence[str] | None = None) -> int:
    """Run the relay, or check whether it could; 0 when all went well."""
    asked = _parser().parse_args(argv)
    start_logging()
    try:
        settings = load(asked.config, os.environ)
        key = _key(settings)
    except OneWindowError as error:
        print(plain_words(error), file=sys.stderr)
        return 2
    if asked.check:
        print("可以启动")
        return 0
    settle_in()
    try:
        listener = socket.create_server((settings.host, settings.port), family=_family(settings.host))
    except OSError as error:
        print(f"{settings.host}:{settings.port} 用不了：{system_words(error)}。请换一个端口", file=sys.stderr)
        return 2

    address = f"http://{settings.host}:{listener.getsockname()[1]}"

    def ready() -> None:
        log.info("relay.ready 中转页在 %s，等大厅来送排队情况", address)
        if asked.announce:
            print(json.dumps({"event": "ready", "address": address}), flush=True)

    try:
        _serve(listener, key, ready)
    except KeyboardInterrupt:
        return 130
    return 0


def _serve(listener: socket.socket, key: bytes, ready: Callable[[], None]) -> None:
    """Until SIGTERM or Ctrl-C. A reverse proxy on the same host may say whose requests it passes on."""
    shelf = Shelf(SystemClock(), new_id)
    config = uvicorn.Config(
        application(shelf, key),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips="127.0.0.1",
        timeout_graceful_shutdown=_STOP_SECONDS,
    )
    Server(config, ready, shelf.close).run(sockets=[listener])


def _key(settings: RelaySettings) -> bytes:
    try:
        return read_hall_key(settings.key, "中转密钥")
    except HallKeyUnusable as error:
        raise RelayKeyError(str(error)) from None


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="onewindow relay",
        description="手机页的中转：放在市里能上外网的主机上，大厅主动送来排队情况；不存盘，过了当天就忘",
        epilog=settings_help(RelaySettings, TABLE),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--config", type=Path, metavar="FILE", help="设置文件（TOML）")
    parser.add_argument("--check", action="store_true", help="只检查能不能启动，然后退出")
    parser.add_argument("--announce", action="store_true", help="启动后在标准输出写一行 JSON，里面有真实的端口")
    return parser


if __name__ == "__main__":
    sys.exit(main())
