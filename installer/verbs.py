"""The table of verbs: name, the module whose `main(argv)` runs it, one line of help."""

from typing import NamedTuple


class Verb(NamedTuple):
    """One verb of ./onewindow."""

    module: str
    summary: str


VERBS = {
    "demo": Verb("installer.rehearsal.demo", "在本机演示整个大厅 / a whole hall on this machine"),
    "test": Verb("installer.workshop.test", "检查加全部测试 / the checks and every test"),
    "check": Verb("installer.workshop.check", "代码、类型、房间之间的约定、QML / lint, types, contracts, QML"),
    "bench": Verb("installer.bench.__main__", "测量，列成表 / the figures, as a table or --json"),
    "hall": Verb("installer.hall_init.__main__", "建立大厅、检查和发布办事目录、换口令 / init, check, seed, pin"),
    "server": Verb("queue_server.__main__", "大厅的服务器 / the queue server"),
    "relay": Verb("queue_server.relay.__main__", "手机页的中转，放在市里的主机上 / the phone page on a city's host"),
    "kiosk": Verb("kiosk.__main__", "取号机 / the kiosk"),
    "play-voice": Verb("installer.play_voice", "没有屏幕的音箱：跟着叫号屏念号 / a loudspeaker without a screen"),
    "window": Verb("window_client.__main__", "窗口 / the window client"),
    "devices": Verb(
        "devices.__main__", "设备：list、test、watch、simulate、read-card、decode、print 等 / devices and their twins"
    ),
    "panel": Verb("installer.rehearsal.panel.__main__", "模拟设备的面板 / all twins on one screen"),
    "faults": Verb(
        "installer.rehearsal.faults.__main__",
        "故障演练：power-loss、nth-call、kill-loop、concurrent / broken on purpose, with figures",
    ),
    "sim": Verb("installer.rehearsal.hall_sim.__main__", "模拟大厅，核对承诺 / the hall under every fault"),
    "simulate-day": Verb(
        "installer.rehearsal.simulate_day.__main__", "虚构的一天走一遍真程序 / a day of invented citizens and clerks"
    ),
    "contact-sheet": Verb(
        "installer.rehearsal.contact_sheet.__main__", "模拟的星期一，每个网页一张图 / every page, as pictures"
    ),
    "forecast": Verb(
        "installer.forecast",
        "预计等候准不准：evaluate、plan、accuracy / how good the forecast is",
    ),
    "appointments": Verb("installer.appointments", "预约：import、list、portal / appointments of a running hall"),
    "statistics": Verb(
        "installer.statistics",
        "统计：按日周月年、业务、窗口、工号、时段，导出，verify / figures of days, from the journal",
    ),
    "journal": Verb("installer.journal", "流水：verify、rebuild、export / the journal"),
    "backup": Verb("installer.backup", "备份：now、list、restore、drill / backups"),
    "lock": Verb("installer.workshop.lock", "重新锁定依赖 / compile the hashed requirements anew"),
}
