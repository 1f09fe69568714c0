"""A hall and its relay over real sockets: a phone that reaches only the relay follows its ticket, and leaves."""

import json
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx

from hall.keys import Purpose, derive
from hall.wire.commands import CallNext
from hall.wire.views import Desk
from hall.wire.webhook import NearNews
from tests.support.kiosks import sample_hall
from tests.support.phones import take_number
from tests.support.served_hall import ROOT, make_hall, new_id, server_process
from tests.support.watched import until

FEW = 128
"""So many open files a system lets a program have that asks for no more; in earnest a thousand."""


@contextmanager
def relay_process(folder: Path, key: bytes, port: int = 0) -> Iterator[str]:
    """The real program, killed in the end; its address."""
    path = folder / "relay.key"
    path.touch(mode=0o600)
    path.write_text(key.hex())
    settings = {"ONEWINDOW_RELAY_KEY": str(path), "ONEWINDOW_RELAY_PORT": str(port)}
    modest = ["sh", "-c", f'ulimit -S -n {FEW} && exec "$@"', "sh"]
    process = subprocess.Popen(
        [*modest, sys.executable, "-m", "queue_server.relay", "--announce"],
        cwd=folder,
        env=os.environ | settings | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())["address"]
    finally:
        process.kill()
        process.stdout.close()
        process.wait(20)


@contextmanager
def channel() -> Iterator[tuple[str, list[NearNews]]]:
    """A city's own channel that hears of who is nearly called; its address, and what it heard."""
    heard: list[NearNews] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(NearNews.model_validate_json(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/near", heard
        server.shutdown()


def stamp_of(page: str) -> str:
    found = re.search(r'data-stamp="([0-9a-f]+)"', page)
    assert found
    return found[1]


def test_a_phone_at_the_relay_follows_its_ticket_and_leaves(tmp_path: Path) -> None:
    folder, catalog = tmp_path / "hall", sample_hall()
    key = derive(bytes.fromhex(make_hall(folder, catalog).hall_key.read_text()), Purpose.RELAY)
    with (
        relay_process(tmp_path, key) as relay,
        channel() as (webhook, heard),
        server_process(folder, catalog, RELAY=relay, WEBHOOK=webhook) as hall,
        httpx.Client(base_url=relay, timeout=40, trust_env=False) as phone,
    ):
        kiosk, clerk = hall.kiosk(), hall.clerk(3)
        code, other = (take_number(hall, kiosk, "social_insurance", "social_card_first", "A") for _ in range(2))
        until(lambda: phone.get(f"/t/{other}").status_code == 200)
        until(lambda: {news.number for news in heard} == {"A001", "A002"})
        page = phone.get(f"/t/{code}")
        assert "A001" in page.text
        clerk.do(CallNext(request_id=new_id()))
        news = phone.get(f"/t/{code}/now", params={"seen": stamp_of(page.text)}).json()
        assert news["title"] == "请到 3 号窗口 A001"
        assert not news["stale"]
        left = phone.post(f"/t/{other}/leave")
        assert left.status_code == 303
        assert "号已经让出去了" in phone.get(f"/t/{other}").text
        assert Desk.model_validate_json(clerk.get("/api/desk").content).queue == ()
        forged = other[:-2] + ("AA" if not other.endswith("AA") else "BB")
        phone.post(f"/t/{forged}/rate", data={"level": "5"})
        assert '"rating_given"' not in hall.manager().get("/api/journal").text
        assert len({news.event_id for news in heard}) == len(heard)
    assert {path.name for path in tmp_path.iterdir()} == {"hall", "relay.key"}  # the relay wrote nothing


def test_a_relay_that_was_killed_gives_every_open_page_back_and_calls_no_slip_unknown(tmp_path: Path) -> None:
    folder, catalog = tmp_path / "hall", sample_hall()
    key = derive(bytes.fromhex(make_hall(folder, catalog).hall_key.read_text()), Purpose.RELAY)
    with ExitStack() as still, httpx.Client(timeout=40, trust_env=False) as phone:
        with relay_process(tmp_path, key) as relay:
            hall = still.enter_context(server_process(folder, catalog, RELAY=relay))
            code = take_number(hall, hall.kiosk(), "social_insurance", "social_card_first", "A")
            until(lambda: phone.get(f"{relay}/t/{code}").status_code == 200)
        seen: list[int] = []
        with relay_process(tmp_path, key, int(relay.rsplit(":", 1)[1])):

            def is_back() -> bool:
                seen.append(phone.get(f"{relay}/t/{code}/now").status_code)
                return seen[-1] == 200

            until(is_back)
        assert 404 not in seen


def test_more_phones_than_a_system_lets_in_unasked_lock_nobody_out(tmp_path: Path) -> None:
    with relay_process(tmp_path, b"k" * 32) as relay, ExitStack() as phones:
        host, port = relay.removeprefix("http://").split(":")
        for _ in range(2 * FEW):
            phones.enter_context(socket.create_connection((host, int(port)), timeout=20))
        assert httpx.get(f"{relay}/look/mark.svg", timeout=20, trust_env=False).status_code == 200
