"""Every codec of this room as one line of TARGETS, for `devices fuzz`: any bytes give a value or a named error.

Another codec adds a line and, if need be, a maker of right bytes to be damaged.
"""

import argparse
from collections.abc import Callable
from datetime import date
from random import Random

from devices.call_pad import samples
from devices.fuzzer import Pieces, Target, fuzz
from devices.id_card.codec import AnswerStream, Status, answer_frame, read_data, sam_id_text, text_of_read
from devices.id_card.layouts import LAYOUTS, address_bytes, address_of, document_of, text_of
from devices.id_card.people import INVENTED_SAM_ID, invented_person
from devices.keys.template import Finder, Template
from devices.led_display import onbon
from devices.printer.escpos import encode
from devices.printer.preview import render
from devices.printer.profile import Profile
from devices.printer.slip import BigNumber, Cut, Element, Qr, Slip, Text
from devices.printer.status import AnswerReader
from devices.printer.stream import CommandStream
from devices.scanner.decoding import decode
from devices.scanner.framing import Framer
from devices.scanner.mrz import parse
from devices.scanner.travellers import invented_zone
from devices.simulation.options import whole_above_zero

Say = Callable[[str], None]

_FAILURES_TOLD = 5


def add_verb(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `fuzz`."""
    command = commands.add_parser("fuzz", help="把随机和损坏的字节喂给每个编解码器，统计结果")
    command.add_argument("kind", nargs="?", choices=sorted({target.kind for target in TARGETS}), help="只试这一种设备")
    command.add_argument(
        "--bytes", type=whole_above_zero, default=1_000_000, help="每个编解码器至少喂多少字节，默认一百万"
    )
    command.add_argument("--seed", type=int, default=1, help="随机种子；同一种子每次都一样")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace, say: Say, warn: Say) -> int:
    del warn
    failed = 0
    for target in TARGETS:
        if options.kind in (None, target.kind):
            tally = fuzz(target, options.bytes, options.seed)
            failed += len(tally.failures)
            errors = "、".join(f"{code} {count}" for code, count in tally.errors.most_common()) or "无"
            say(
                f"{target.kind} {target.name}：{tally.fed} 字节，{tally.cases} 例，"
                f"{tally.values} 例有结果，有名称的错误：{errors}；异常 {len(tally.failures)}"
            )
            for failure in tally.failures[:_FAILURES_TOLD]:
                say(f"  {failure}（种子 {options.seed}）")
    return 1 if failed else 0


# --- ID cards -----------------------------------------------------------------------------------------------------


def _card(random: Random) -> bytes:
    return text_of(invented_person(random, random.choice(list(LAYOUTS))))


def _answer(random: Random) -> bytes:
    """A right frame around a read answer, half of the time a wrong one: the check sum must not be all that protects."""
    data = read_data(_card(random), random.randbytes(1024))
    if random.random() < 0.5:
        data = random.randbytes(random.randrange(6)) + data[random.randrange(8) : random.randrange(len(data))]
    return answer_frame(random.choice((Status.OK, *Status)), data)


def _eat_answer(pieces: Pieces) -> object:
    stream = AnswerStream()
    found = None
    for piece in pieces:
        found = stream.feed(piece) or found
    return None if found is None else document_of(text_of_read(found.data))


# --- scanners -----------------------------------------------------------------------------------------------------


def _code(random: Random) -> bytes:
    text = random.choice(("OW1:ABCDEF", "政务服务大厅，张三·㛃", "https://example.cn/t/1?x=%20", "A023"))
    prefix = random.choice((b"", b"]Q1", bytes.fromhex("02 00 00 01 00 33 31")))
    return prefix + text.encode(random.choice(("utf-8", "gb18030"))) + random.choice((b"\r", b"\r\n", b"\n", b""))


def _eat_codes(pieces: Pieces) -> object:
    framer = Framer()
    codes = [code for piece in pieces for code in framer.feed(piece)] + framer.pause()
    return [scan for code in codes if (scan := decode(code)) is not None] or None


def _zone(random: Random) -> bytes:
    return "\n".join(invented_zone(random, random.choice(("TD3", "TD1")))).encode()


def _eat_zone(pieces: Pieces) -> object:
    return parse(b"".join(pieces).decode("latin-1").split("\n"), date(2026, 1, 1))


# --- printers -----------------------------------------------------------------------------------------------------


def _commands(random: Random) -> bytes:
    """A slip of this house or, more often, a jumble of commands that a printer knows; it ends with a cut."""
    if random.random() < 0.05:
        parts: list[Element] = [BigNumber("A023"), Text("请到：（3）号窗口 ①℃￥·㛃", bold=True), Qr("OW1:A023")]
        return encode(Slip((*random.sample(parts, 2), Cut())), Profile(qr=random.choice(("image", "native"))))
    jumble = b""
    for _ in range(random.randrange(12)):
        n = random.choice((0, 1, 2, 3, 8, 16, 48, 0x11, 0x77, 255))
        width, height = random.randrange(4), random.randrange(9)
        function = bytes([random.choice(b"ACEPQ")]) + random.randbytes(random.randrange(8))
        jumble += random.choice(
            (
                "一窗通A023：".encode("gb18030") + b"\n",
                bytes([0x1B, random.choice(b"@aEdJ!3$\\"), n, n]),
                bytes([0x1C, random.choice(b"&.!WS"), n]),
                bytes([0x1D, ord("!"), n]),
                bytes([0x1D, ord("v"), ord("0"), n, width, 0, height, 0]) + random.randbytes(width * height),
                bytes([0x1D, ord("("), ord("k"), len(function) + 1, 0, 0x31]) + function,
                bytes([0x10, 0x04, n]),
            )
        )
    return jumble + bytes([0x1D, ord("V"), random.choice(b"\x00\x01AB"), 0])


def _status(random: Random) -> bytes:
    """Answers to DLE EOT and GS r, and an automatic status."""
    return bytes(random.choice((0x12, 0x1E, 0x72, 0x00, 0x10, 0x14)) for _ in range(random.randrange(1, 12)))


def _eat_status(pieces: Pieces) -> object:
    reader = AnswerReader()
    for piece in pieces:
        reader.feed(piece)
    return reader.automatic or reader.answers or None


def _eat_commands(pieces: Pieces) -> object:
    stream = CommandStream()
    return [command for piece in pieces for command in stream.feed(piece)] or None


# --- window things ------------------------------------------------------------------------------------------------

_PAD = Template.parse(samples.SHOW_FRAME)


def _pad_frame(random: Random) -> bytes:
    return _PAD.build(random.randbytes(random.randrange(20)), address=1)


def _eat_pad_frames(pieces: Pieces) -> object:
    finder = Finder(_PAD, 1)
    return [data for piece in pieces for data in finder.feed(piece)] + finder.pause() or None


def _panel_frame(random: Random) -> bytes:
    area = onbon.Area()
    return onbon.frame(onbon.show_command(f"请A{random.randrange(1000):03d}号到3号窗口", area), area)


def _eat_panel_frames(pieces: Pieces) -> object:
    deframer = onbon.Deframer()
    return [onbon.shown_text(data) for piece in pieces for data in deframer.feed(piece)] or None


TARGETS = (
    Target("id_card", "应答", _answer, _eat_answer),
    Target("id_card", "证件文字", _card, lambda pieces: document_of(b"".join(pieces))),
    Target("id_card", "追加住址", lambda _: address_bytes("某市某路9号"), lambda pieces: address_of(b"".join(pieces))),
    Target("id_card", "模块编号", lambda _: INVENTED_SAM_ID, lambda pieces: sam_id_text(b"".join(pieces))),
    Target("scanner", "分帧与文字", _code, _eat_codes),
    Target("scanner", "证件机读码", _zone, _eat_zone),
    Target("printer", "状态应答", _status, _eat_status),
    Target("printer", "指令流", _commands, _eat_commands),
    Target("printer", "预览", _commands, lambda pieces: render(b"".join(pieces)) or None),
    Target("call_pad", "帧", _pad_frame, _eat_pad_frames),
    Target("led_display", "帧", _panel_frame, _eat_panel_frames),
)
