"""Tells the local network where the server is (DNS-SD, RFC 6763, over mDNS). A hint only: trust is proven elsewhere."""

import ipaddress
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import ifaddr
from zeroconf import Error, InterfaceChoice, IPVersion, ServiceInfo
from zeroconf.asyncio import AsyncZeroconf

from hall.wire.version import SCHEMA_VERSION

SERVICE = "_onewindow._tcp.local."
log = logging.getLogger("onewindow.server.advertise")


@asynccontextmanager
async def advertised(host: str, port: int, hall_id: str) -> AsyncIterator[None]:
    """Announces the server on its own interface while the block runs; the server runs on without if that fails.

    Args:
        host: The address the server listens on; of an unspecified one (0.0.0.0) every address of the machine.
        port: Its port.
        hall_id: The hall, so that a kiosk finds the right one.
    """
    everywhere = ipaddress.ip_address(host).is_unspecified
    info = ServiceInfo(
        SERVICE,
        f"{hall_id}.{SERVICE}",
        port=port,
        parsed_addresses=_own_addresses() if everywhere else [host],
        properties={"hall": hall_id, "schema": str(SCHEMA_VERSION)},
        server=f"{hall_id}-{port}.local.",
    )
    zeroconf: AsyncZeroconf | None = None
    try:
        zeroconf = AsyncZeroconf(
            interfaces=InterfaceChoice.All if everywhere else [host],
            ip_version=IPVersion.V6Only if ":" in host else IPVersion.V4Only,
        )
        await zeroconf.async_register_service(info, allow_name_change=True)
        log.info("advertise.on 在局域网上报告为 %s", info.name)
    except (Error, OSError) as error:
        log.warning("advertise.failed 不能在局域网上报告地址（%s），请在取号机的设置里写服务器地址", str(error))
    try:
        yield
    finally:
        if zeroconf is not None:
            await zeroconf.async_close()


def _own_addresses() -> list[str]:
    addresses = [ip.ip for adapter in ifaddr.get_adapters() for ip in adapter.ips if isinstance(ip.ip, str)]
    return [address for address in addresses if not ipaddress.ip_address(address).is_loopback]
