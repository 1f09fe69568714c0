"""The panel over real twins: every button under a real mouse, every state in words, on every screen it may get."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from devices.config import EscposConfig, OnbonConfig
from devices.led_display import Message, Tone
from devices.printer import Cut, PrintOutcome, Qr, Slip
from devices.registry import TWINS as KNOWN
from devices.registry import build_led_display, build_printer, twin_class
from devices.simulation.process import TwinProcess
from installer.rehearsal.panel.table import SAY, TWINS
from installer.rehearsal.panel.twins import LANGUAGES, LOOKS, PanelModel
from tests.support.grab import Screen, keep

WIDE, UPRIGHT = (1366, 768), (1080, 1920)
PATIENCE_S = 20
HEALING = {"插回", "恢复正常", "波特率改回", "装纸", "合上上盖", "恢复应答", "不慢", "读卡不慢", "拿走", "回来"}


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, TwinProcess]]:
    folder = tmp_path_factory.mktemp("panel")
    running = {t.kind: TwinProcess(t.kind, [option.format(folder=folder) for option in t.options]) for t in TWINS}
    yield running
    for twin in running.values():
        twin.stop()


class Panel:
    """The panel on a screen; waits run Qt's loop, as the hands tell from threads of their own."""

    def __init__(self, screen: Screen, model: PanelModel) -> None:
        self.screen = screen
        self.model = model

    def until(self, true: Callable[[], object], what: str) -> None:
        end = time.monotonic() + PATIENCE_S
        while not true():
            assert time.monotonic() < end, f"{what}; it says: {self.said}"
            QTest.qWait(10)

    @property
    def said(self) -> str:
        return str(self.model.property("said"))

    def item(self, name: str) -> QQuickItem:
        """What has that name now; lists make their items anew."""
        return next(item for item in things(self.screen.root) if item.objectName() == name)

    def line(self, kind: str) -> str:
        place = [twin["kind"] for twin in self.model.property("twins")].index(kind)
        return str(self.model.property("lines")[place])

    def choose(self, kind: str) -> None:
        self.screen.click(self.item(kind))
        self.until(lambda: self.model.property("acts") or self.model.property("faults"), f"{kind} has no buttons")
        self.screen.picture()

    def offered(self) -> list[tuple[int, str]]:
        return [(one["at"], one["words"]) for one in (*self.model.property("acts"), *self.model.property("faults"))]

    def press(self, at: int) -> str:
        """Press a button wherever it is, turning pages as a person would; returns the sentence that follows."""
        button = self.item(f"button-{at}")
        for _ in range(9):
            if is_shown(button):
                break
            down = self.item("down")
            self.screen.click(down if down.isEnabled() else self.item("up"))
            self.screen.picture()
        assert is_shown(button)
        heard: list[str] = []
        self.model.spoken.connect(lambda: heard.append(self.said))
        self.screen.click(button)
        self.until(lambda: heard, f"button {at} says nothing")
        return heard[-1]

    def named(self, words: str) -> str:
        return self.press(next(at for at, offered in self.offered() if offered == words))


def is_shown(item: QQuickItem) -> bool:
    """Whether all of it is to be seen, and not only a part above or below the page."""
    view = item.parentItem()
    while not view.clip() and view.parentItem() is not None:
        view = view.parentItem()
    return place(view).contains(place(item).adjusted(1, 1, -1, -1))


def place(item: QQuickItem) -> QRectF:
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


@contextmanager
def shown(twins: dict[str, TwinProcess], size: tuple[int, int] = WIDE) -> Iterator[Panel]:
    addresses = {kind: twin.control.address for kind, twin in twins.items()}
    with TemporaryDirectory() as folder:
        yield from _shown(PanelModel(addresses, Path(folder)), size)


def _shown(model: PanelModel, size: tuple[int, int]) -> Iterator[Panel]:
    with Screen("installer/rehearsal/panel/Panel.qml", size, {"model": model}) as screen:
        model.start()
        panel = Panel(screen, model)
        try:
            panel.until(lambda: SAY["asking"].zh not in model.property("lines"), "twins stay unseen")
            yield panel
        finally:
            model.stop()


def test_every_twin_is_on_the_panel_and_every_fault_of_it_has_a_button() -> None:
    assert {twin.kind for twin in TWINS} == set(KNOWN)
    for twin in TWINS:
        buttons = [(button.act, button.arguments.items()) for button in (*twin.acts, *twin.faults)]
        for name, fault in twin_class(twin.kind).faults.items():
            wanted = fault.arguments.items()
            assert any(act == fault.act and wanted <= given for act, given in buttons), (twin.kind, name)


def test_every_button_does_what_it_says_and_is_told_in_a_sentence(twins: dict[str, TwinProcess]) -> None:
    with shown(twins) as panel:
        panel.model.write("OW1:HELD")
        for twin in TWINS:
            panel.choose(twin.kind)
            offered = panel.offered()
            for at, words in offered:
                said = panel.press(at)
                assert words in said or said == "出纸口没有取号单", said
                assert SAY["refused"].zh not in said, said
            for words in HEALING & {words for _, words in offered}:
                panel.named(words)


def test_a_pulled_slip_can_be_held_before_the_scanner(twins: dict[str, TwinProcess], tmp_path: Path) -> None:
    with (
        TwinProcess("printer", ["--port", "0", "--out", str(tmp_path)]) as fresh,
        shown({**twins, "printer": fresh}) as panel,
    ):
        panel.choose("scanner")
        panel.model.write("")
        assert panel.named("出示二维码") == SAY["no_code"].zh
        printer = build_printer(EscposConfig(address=f"tcp:{fresh.address}"))
        printer.open()
        assert printer.print("1" * 32, Slip((Qr("OW1:TEST"), Cut()))).outcome is PrintOutcome.PRINTED
        printer.close()
        panel.choose("printer")
        panel.until(lambda: "出纸口有 1 张" in panel.line("printer"), "the slip is not seen")
        panel.until(lambda: panel.model.property("paper"), "the slip is not shown")
        keep(panel.screen.picture(), "panel-slip")
        assert panel.named("取走取号单") == "打印机：取走取号单"
        assert panel.named("取走取号单") == "出纸口没有取号单"
        panel.choose("scanner")
        panel.until(lambda: panel.model.property("code") == "OW1:TEST", "its code is not read")
        assert panel.named("出示二维码") == "扫码器：出示二维码"


def test_what_a_strip_shows_is_seen_on_the_panel(twins: dict[str, TwinProcess]) -> None:
    strip = build_led_display(OnbonConfig(port=twins["led_display"].address))
    strip.show(Message(Tone.CALLING, "A023", "请到窗口"))
    stop = Event()
    strip.open()
    watching = Thread(target=strip.watch, args=(stop,))
    watching.start()
    try:
        with shown(twins) as panel:
            panel.choose("led_display")
            panel.until(lambda: "A023" in panel.line("led_display"), "the text is not read")
            panel.until(lambda: panel.model.property("paper"), "the strip is not shown")
            keep(panel.screen.picture(), "panel-strip")
    finally:
        stop.set()
        watching.join(PATIENCE_S)
        strip.close()


def test_states_are_read_out_while_hands_act(twins: dict[str, TwinProcess]) -> None:
    with shown(twins) as panel:
        panel.choose("id_card")
        assert "虚构人物" in panel.named("放身份证")
        panel.until(lambda: "卡在上面" in panel.line("id_card"), "the card is not seen")
        panel.named("拔线")
        panel.until(lambda: "线拔了" in panel.line("id_card"), "the plug is not seen")
        panel.named("插回")
        panel.named("拿走")
        panel.until(lambda: "没有卡" in panel.line("id_card"), "the lifting is not seen")
        panel.screen.click(panel.item("language"))
        panel.until(lambda: "no card" in panel.line("id_card"), "it does not speak English")
        assert panel.said == "身份证阅读器：拿走"
        assert panel.named("Lift") == "ID card reader：Lift"


def test_a_twin_that_is_gone_or_refuses_is_told_and_the_others_go_on(twins: dict[str, TwinProcess]) -> None:
    with TwinProcess("id_card") as doomed, shown({**twins, "id_card": doomed}) as panel:
        panel.choose("id_card")
        doomed.stop()
        assert "没有做成" in panel.named("拿走")
        assert "不在运行" in panel.said
        panel.until(lambda: panel.line("id_card") == SAY["gone"].zh, "its end is not seen")
        panel.screen.click(panel.item("scanner"))
        assert "扫码器" in panel.named("出示网址码")


@pytest.mark.parametrize("size", [WIDE, UPRIGHT], ids=["wide", "upright"])
def test_everything_fits_and_every_target_is_large_in_every_look_and_language(
    twins: dict[str, TwinProcess], size: tuple[int, int]
) -> None:
    with shown(twins, size) as panel:
        panel.model.write("OW1:" + "A2B" * 30)
        for look in LOOKS:
            for language in LANGUAGES:
                for twin in TWINS:
                    panel.choose(twin.kind)
                    name = f"panel-{twin.kind}-{size[0]}-{look}-{language}"
                    keep(panel.screen.picture(), name)
                    fits(panel.screen.root, size, name)
                panel.screen.click(panel.item("language"))
            panel.screen.click(panel.item("look"))


def fits(root: QQuickItem, size: tuple[int, int], name: str) -> None:
    """What can be pressed is large enough, on the screen and apart; no words are cut off."""
    pressed = [item for item in things(root) if can_be_pressed(item) and is_shown(item)]
    places = [place(item) for item in pressed]
    least = (60 if size == WIDE else 81) - 1  # 20 mm on a 21.5" screen of that many pixels
    for item, where in zip(pressed, places, strict=True):
        assert min(where.width(), where.height()) >= least, (name, item.objectName())
        assert where.right() <= size[0] + 1, (name, item.objectName())
        assert where.bottom() <= size[1] + 1, (name, item.objectName())
    for at, one in enumerate(places):
        for other in places[at + 1 :]:
            assert not one.adjusted(1, 1, -1, -1).intersects(other), name
    assert [text.property("text") for text in things(root) if cut_off(text)] == [], name


def things(item: QQuickItem) -> Iterator[QQuickItem]:
    if item.isVisible():
        yield item
        for child in item.childItems():
            yield from things(child)


def can_be_pressed(item: QQuickItem) -> bool:
    return item.metaObject().indexOfSignal("clicked()") >= 0 and bool(item.objectName())


def cut_off(item: QQuickItem) -> bool:
    """Whether words of the panel's own end in …; a long state and a long code may."""
    return bool(item.property("truncated")) and item.objectName() != "state"
