"""A stream of pictures over HTTP on this machine, as network cameras give it (MJPEG, multipart/x-mixed-replace)."""

import socket
import socketserver
import threading
from collections.abc import Callable
from contextlib import suppress

from devices.errors import DeviceMissing

_HEAD = (
    b"HTTP/1.0 200 OK\r\nCache-Control: no-store\r\nConnection: close\r\n"
    b"Content-Type: multipart/x-mixed-replace; boundary=picture\r\n\r\n"
)


class PictureStream:
    """Gives every client each new picture; can be pulled out and put back at the same address.

    Args:
        picture: The present picture as JPEG; called once for each one sent, from any thread.
        fps: Pictures a second.
        port: TCP port on the loopback address; 0 takes a free one.
    """

    def __init__(self, picture: Callable[[], bytes], fps: float, port: int) -> None:
        self._picture = picture
        self._period_s = 1 / fps
        self._port = port
        self._server: socketserver.ThreadingTCPServer | None = None
        self._gone = threading.Event()

    @property
    def address(self) -> str:
        """What a scanner is given as its port."""
        return f"http://127.0.0.1:{self._port}/camera.mjpg"

    @property
    def plugged(self) -> bool:
        """Whether anybody can connect."""
        return self._server is not None

    def plug(self) -> None:
        """Listen.

        Raises:
            DeviceMissing: The port is taken.
        """
        if self._server is not None:
            return
        stream, gone = self, threading.Event()

        class Client(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with suppress(OSError):
                    stream._serve(self.request, gone)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        try:
            self._server = Server(("127.0.0.1", self._port), Client)
        except OSError as taken:
            raise DeviceMissing(f"端口 {self._port} 不可用：{taken.strerror}", advice="请换一个端口") from taken
        self._gone = gone
        self._port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, args=(0.05,), name="picture-stream", daemon=True).start()

    def unplug(self) -> None:
        """Cut every connection and refuse new ones."""
        server, self._server = self._server, None
        if server is not None:
            self._gone.set()
            server.shutdown()
            server.server_close()

    def _serve(self, client: socket.socket, gone: threading.Event) -> None:
        client.settimeout(5)
        client.recv(4096)  # there is but one thing to ask for
        client.sendall(_HEAD)
        while not gone.is_set():
            picture = self._picture()
            head = f"--picture\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n"
            client.sendall(head.encode() + picture + b"\r\n")
            gone.wait(self._period_s)
