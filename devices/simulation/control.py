"""The other end of a twin's control port, used by the demo, the panel and the tests."""

import json
import socket
from typing import Any

from devices.errors import ActRefused, DeviceMissing


class Control:
    """Acts upon one running twin. One connection per act, so nothing needs closing and threads may share it.

    Attributes:
        address: `host:port` as the ready line gives it.

    Args:
        address: See above.
        timeout_s: How long an act may take.
    """

    def __init__(self, address: str, timeout_s: float = 10.0) -> None:
        host, _, port = address.rpartition(":")
        self.address = address
        self._target = (host, int(port))
        self._timeout_s = timeout_s

    def act(self, name: str, **arguments: Any) -> dict[str, Any]:
        """Perform an act and return its answer without the `ok`.

        Raises:
            ActRefused: The twin does not do this.
            DeviceMissing: The twin is not there or went away.
        """
        order = json.dumps({"act": name, **arguments}, ensure_ascii=False).encode() + b"\n"
        try:
            with socket.create_connection(self._target, timeout=self._timeout_s) as connection:
                connection.sendall(order)
                with connection.makefile("rb") as lines:
                    line = lines.readline()
        except OSError as gone:
            raise DeviceMissing(f"设备模拟器不在运行：{gone}") from gone
        if not line:
            raise DeviceMissing("设备模拟器没有回答就结束了")
        answer: dict[str, Any] = json.loads(line)
        if not answer.pop("ok"):
            raise ActRefused(str(answer.get("error", "")))
        return answer
