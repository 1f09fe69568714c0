"""One card read at an installer's desk: `devices read-card`. Masked unless the installer's own card is meant."""

import argparse
import json
import sys
import threading
from collections.abc import Callable, Mapping

from devices.baud import baud_or_auto
from devices.errors import DeviceError
from devices.id_card.drivers.sdt import RATES, SdtReader
from devices.id_card.layouts import LONG_TERM
from devices.id_card.reader import CardEvent, CardRead, CardUnreadable
from devices.transports import SerialTransport, Transport
from hall.identity import DocumentKind, IdentityDocument, Sex, mask_name

Say = Callable[[str], None]

_REVEALED = "注意：下面是证件的完整内容，只可用于安装人员本人的证件；请勿保存，用完即清屏"
_HIDDEN = "****"
_SHOWN = 4  # characters at the end of a masked number
_LABELS = {
    "kind": "证件",
    "name": "姓名",
    "name_en": "英文姓名",
    "number": "号码",
    "sex": "性别",
    "ethnic_group": "民族",
    "birth": "出生",
    "address": "住址",
    "authority": "签发机关",
    "valid_from": "有效期起",
    "valid_to": "有效期止",
}
_WORDS = {
    "kind": {
        DocumentKind.RESIDENT.value: "居民身份证",
        DocumentKind.HMT_PERMIT.value: "港澳台居民居住证",
        DocumentKind.FOREIGNER_2017.value: "外国人永久居留身份证（2017 版）",
        DocumentKind.FOREIGNER_2023.value: "外国人永久居留身份证（2023 版）",
    },
    "sex": {Sex.UNKNOWN.value: "未知", Sex.MALE.value: "男", Sex.FEMALE.value: "女", Sex.NOT_STATED.value: "未说明"},
}


def add_verb(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `read-card`."""
    command = commands.add_parser("read-card", help="等一张证件放上阅读器，读出并显示（默认遮住个人信息）")
    add_reader_options(command)
    command.add_argument("--json", action="store_true", help="输出一行 JSON")
    command.add_argument("--reveal", action="store_true", help="显示完整内容，只用于安装人员本人的证件")
    command.set_defaults(run=_run)


def add_reader_options(command: argparse.ArgumentParser) -> None:
    """`--port`, `--baud` and `--timeout`: where a reader is and how long a card is awaited."""
    command.add_argument("--port", required=True, help="串口，如 /dev/ttyUSB0")
    command.add_argument("--baud", type=_baud, default="auto", help="波特率；auto（默认）逐个试常用的")
    command.add_argument("--timeout", type=_seconds, default=30.0, help="最多等多少秒，默认 30")


def transports_of(options: argparse.Namespace) -> Mapping[int, Transport]:
    """The ways to a reader that `add_reader_options` describe: the rate given, or all of them."""
    rates = RATES if options.baud == "auto" else (options.baud,)
    return {rate: SerialTransport(options.port, rate) for rate in rates}


def read_one(transports: Mapping[int, Transport], timeout_s: float, warn: Say) -> IdentityDocument:
    """Wait for one card and read it; a card that cannot be read may be laid anew until the time is over.

    Args:
        transports: By baud rate, tried in turn; see SdtReader.
        timeout_s: How long to wait for a card, counted from when the reader has answered.
        warn: Told what to do: lay a card, and lay it anew when it cannot be read.

    Raises:
        DeviceError: The reader is missing, silent or broken; or no card could be read in time (`id_card.no_card`).
    """
    stop = threading.Event()
    read: list[IdentityDocument] = []

    def heed(event: CardEvent) -> None:
        if isinstance(event, CardRead):
            read.append(event.document)
            stop.set()
        elif isinstance(event, CardUnreadable):
            warn(event.advice)

    reader = SdtReader(transports, heed, with_newest_address=True)
    patience = threading.Timer(timeout_s, stop.set)
    try:
        reader.open()
        warn("请把证件平放在阅读器上")
        patience.start()
        reader.watch(stop)
    finally:
        patience.cancel()
        reader.close()
    if not read:
        raise DeviceError(
            f"等了 {timeout_s:g} 秒，没有读到证件", code="id_card.no_card", advice="请拿起证件，重新平放后再试"
        )
    return read[0]


def shown(document: IdentityDocument, *, reveal: bool) -> dict[str, str | None]:
    """What the tool shows of a document, by key; what is absent is None.

    Masked, too little is left to put the number together again: of the day of birth the year, of the number the
    end. Its beginning is the district, which the authority's name tells as well: neither is shown.
    """
    whole = {
        "kind": document.kind.value,
        "name": document.name or None,
        "name_en": document.name_en,
        "number": document.number,
        "sex": document.sex.value,
        "ethnic_group": document.ethnic_group,
        "birth": document.birth.isoformat() if document.birth else None,
        "address": document.address,
        "authority": document.authority,
        "valid_from": document.valid_from.isoformat() if document.valid_from else None,
        "valid_to": LONG_TERM if document.long_term else document.valid_to.isoformat() if document.valid_to else None,
    }
    if reveal:
        return whole
    masked = {
        "name": mask_name(document.name),
        "name_en": mask_name(document.name_en or ""),
        "number": "*" * (len(document.number) - _SHOWN) + document.number[-_SHOWN:],
        "birth": f"{document.birth.year}-**-**" if document.birth else None,
        "address": _HIDDEN,
        "authority": _HIDDEN,
    }
    return {key: masked.get(key, value) if value is not None else None for key, value in whole.items()}


def _run(options: argparse.Namespace, say: Say, warn: Say) -> int:
    document = read_one(transports_of(options), options.timeout, warn)
    if options.reveal:
        warn(_REVEALED)
    found = shown(document, reveal=options.reveal)
    if options.json:
        # A terminal that cannot show every character still gets right JSON.
        say(json.dumps(found, ensure_ascii=(sys.stdout.encoding or "").lower() not in ("utf-8", "utf8")))
    else:
        for key, value in found.items():
            if value is not None:
                say(f"{_LABELS[key]}：{_WORDS.get(key, {}).get(value, value)}")
    return 0


def _baud(text: str) -> int | str:
    try:
        return baud_or_auto(text)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from wrong


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= threading.TIMEOUT_MAX:
        raise argparse.ArgumentTypeError(f"{text} 应为大于 0 的秒数")
    return seconds
