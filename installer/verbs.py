"""The table of verbs: name, the module whose `main(argv)` runs it, one line of help."""

from typing import NamedTuple


class Verb(NamedTuple):
    """One verb of ./onewindow."""

    module: str
    summary: str


VERBS = {
    "test": Verb("installer.workshop.test", "检查加全部测试 / the checks and every test"),
    "check": Verb("installer.workshop.check", "代码、类型、房间之间的约定、QML / lint, types, contracts, QML"),
    "lock": Verb("installer.workshop.lock", "重新锁定依赖 / compile the hashed requirements anew"),
}
