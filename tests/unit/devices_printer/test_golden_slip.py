"""One whole slip, byte for byte: a change of what the hall's printers receive is seen and meant.

The code is left to the printer, so that no typeface of this machine has a part in the bytes. To renew the files
after a meant change, write `encode(...)` of the slip below as hexadecimal, 32 bytes a line, and its text.
"""

from pathlib import Path

from devices.printer import PAPER_80, Align, BigNumber, Columns, Cut, Feed, Profile, Qr, Rule, Slip, Text
from devices.printer.escpos import encode
from devices.printer.preview import render

GOLDEN = Path(__file__).parents[2] / "golden" / "printer"

SLIP = Slip(
    (
        Text("青禾区政务服务中心", align=Align.CENTRE),
        Text("社会保险", 2, bold=True, align=Align.CENTRE),
        Feed(20),
        BigNumber("A023", ("优",)),
        Text("不动产抵押权首次登记（含在建建筑物抵押）", 2, bold=True, align=Align.CENTRE),
        Rule(),
        Feed(24),
        Columns(("前面3人", "约10-20分钟"), 2, bold=True),
        Rule(),
        Feed(24),
        Text("二楼B区 12-15号窗口", 2, bold=True),
        Text("请坐下等，看叫号屏，听广播。"),
        Qr("OW1:MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U", (Text("手机扫码", 2, bold=True), Text("看排到哪里，不用登录。"))),
        Text("带好：身份证原件、一寸照片1张（①正面免冠）。"),
        Text("号码可能不连续，按取号时间叫号。"),
        Rule(),
        Feed(16),
        Columns(("2026-11-24 09:43", "1号取号机")),
        Cut(),
    )
)


def test_the_slip_is_the_golden_one_byte_for_byte() -> None:
    golden = bytes.fromhex((GOLDEN / "slip-80.hex").read_text(encoding="ascii"))
    assert encode(SLIP, Profile(PAPER_80, qr="native")) == golden


def test_the_golden_bytes_say_what_the_slip_says() -> None:
    (sheet,) = render(bytes.fromhex((GOLDEN / "slip-80.hex").read_text(encoding="ascii")))
    assert sheet.text + "\n" == (GOLDEN / "slip-80.txt").read_text(encoding="utf-8")
    assert sheet.unknown == ()
