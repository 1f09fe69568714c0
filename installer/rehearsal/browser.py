"""Pictures of the web pages from a real Chromium, driven over its debugging pipe (Chrome DevTools Protocol).

The pipe needs no port and no library: messages are JSON texts that end with a zero byte, on descriptors 3 and 4.
"""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from hall.errors import WorldError

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-pipe",
)  # fmt: skip


class BrowserError(WorldError):
    """Chromium did not do what was asked of it."""

    code = "rehearsal.browser"
    advice = "没有网页图片也不影响演示；需要图片时请安装 chromium"


class NavigatedError(BrowserError):
    """The page went on to another address while a script waited in it."""


def find() -> str | None:
    """The path of a Chromium on this machine, None if there is none."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


class Browser:
    """One headless Chromium. Every page opened stays open; the newest is the one that is spoken to.

    Args:
        executable: A Chromium.
        within: A command that runs another, such as `nice -n 19`, under the same process id.

    Raises:
        BrowserError: From any call, when Chromium ends or refuses.
    """

    def __init__(self, executable: str, within: Sequence[str] = ()) -> None:
        self._profile = tempfile.TemporaryDirectory(prefix="onewindow-browser-", ignore_cleanup_errors=True)
        to_read, to_write = os.pipe()
        from_read, from_write = os.pipe()
        self._process = subprocess.Popen(
            ["bash", "-c", f'exec "$@" 3<&{to_read} 4>&{from_write}', "chromium", *within, executable, *_OPTIONS,
             f"--user-data-dir={self._profile.name}"],
            pass_fds=(to_read, from_write),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        os.close(to_read)
        os.close(from_write)
        self._out = os.fdopen(to_write, "wb", buffering=0)
        self._in = os.fdopen(from_read, "rb")
        self._last_id = 0
        self._page = ""
        self._pages: list[str] = []

    def open(self, address: str, width: int, height: int) -> None:
        """A new page of that size at that address, loaded."""
        target = self._call("Target.createTarget", url="about:blank", newWindow=True)["targetId"]  # a tab would hide
        self._page = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._pages.append(self._page)
        self.resize(width, height)
        self._call("Page.enable")
        self._call("Page.navigate", url=address)
        self.until("document.readyState === 'complete'")

    def resize(self, width: int, height: int) -> None:
        """Give the newest page another size."""
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def until(self, condition: str, seconds: float = 20.0) -> None:
        """Wait inside the page until a JavaScript condition holds, looked at on every frame."""
        script = f"""new Promise((done, fail) => {{
            const end = performance.now() + {seconds * 1000};
            const look = () => {{
                let held = false;
                try {{ held = !!({condition}); }} catch (error) {{ held = false; }}
                if (held) done(true);
                else if (performance.now() > end) done(false);
                else setTimeout(look, 30);
            }};
            look();
        }})"""
        end = time.monotonic() + seconds
        held = False
        while not held and time.monotonic() < end:
            try:
                held = bool(self.run(script))
            except NavigatedError:
                continue  # a form was sent: look again on the page it leads to
        if not held:
            raise BrowserError(f"网页在 {seconds:.0f} 秒内没有等到：{condition}")

    def run(self, script: str) -> Any:
        """The value of a JavaScript expression (promises are awaited)."""
        result = self._call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in result:
            raise BrowserError(f"网页脚本出错：{result['exceptionDetails'].get('text', '')}")
        return result["result"].get("value")

    def count(self, condition: str) -> int:
        """On how many of all pages a JavaScript condition holds."""
        held, last = 0, self._page
        for page in self._pages:
            self._page = page
            held += bool(self.run(condition))
        self._page = last
        return held

    def enter(self, selector: str, text: str) -> None:
        """Focus a field and type into it with real input events."""
        self.run(f"document.querySelector({json.dumps(selector)}).focus()")
        self._call("Input.insertText", text=text)

    def click(self, selector: str) -> None:
        """Click the middle of an element with real mouse events."""
        x, y = self.run(
            f"(() => {{ const r = document.querySelector({json.dumps(selector)}).getBoundingClientRect();"
            " return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self._call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def picture(self, path: Path, part: str = "") -> None:
        """Save what the page shows as PNG, or one element of it, also where it lies below the screen's edge."""
        how: dict[str, object] = {}
        if part:
            box = self.run(
                f"(() => {{ const r = document.querySelector({json.dumps(part)}).getBoundingClientRect();"
                " return {x: r.x + scrollX, y: r.y + scrollY, width: r.width, height: r.height, scale: 1}; })()"
            )
            how = {"captureBeyondViewport": True, "clip": box}
        path.write_bytes(base64.b64decode(self._call("Page.captureScreenshot", format="png", **how)["data"]))

    def close(self) -> None:
        """Close the newest page."""
        self._call("Page.close")
        self._pages.remove(self._page)
        self._page = self._pages[-1] if self._pages else ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._out.close()
        self._in.close()
        self._profile.cleanup()

    def _call(self, method: str, **parameters: object) -> dict[str, Any]:
        self._last_id += 1
        message: dict[str, object] = {"id": self._last_id, "method": method, "params": parameters}
        if self._page:
            message["sessionId"] = self._page
        if method.startswith("Target."):
            message.pop("sessionId", None)
        try:
            self._out.write(json.dumps(message).encode() + b"\0")
        except BrokenPipeError:
            raise BrowserError("Chromium 没有启动") from None
        while True:
            answer = json.loads(self._message())
            if answer.get("id") == self._last_id:
                if "error" in answer:
                    words = answer["error"].get("message", "")
                    raise (NavigatedError if "navigated" in words else BrowserError)(f"{method}：{words}")
                result: dict[str, Any] = answer["result"]
                return result

    def _message(self) -> bytes:
        text = bytearray()
        while (byte := self._in.read(1)) != b"\0":
            if not byte:
                raise BrowserError("Chromium 已经退出")
            text += byte
        return bytes(text)
