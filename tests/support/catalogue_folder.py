"""A small whole catalogue in a folder of its own, for planting mistakes."""

from pathlib import Path

import pytest

from hall.errors import CatalogError
from installer.hall_init.catalogue import read_catalogue

FILES = {
    "hall.toml": """\
[hall]
id = "small"
name = "小区大厅"
name_en = "Small hall"

[hall.hours]
monday = ["09:00-12:00", "13:00-17:00"]
""",
    "groups.toml": """\
[[group]]
id = "cards"
prefix = "A"
name = "证件"
name_en = "Cards"
icon = "id_card"
examples = ["身份证", "居住证"]

[[group]]
id = "homes"
prefix = "B"
name = "房屋"
name_en = "Homes"
icon = "house_key"
""",
    "services/cards.toml": """\
[[service]]
id = "card_new"
group = "cards"
name = "办证（首次）"
name_en = "New card"
department = "公安分局"
code = "X-1"

[service.guide]
legal_basis = "《中华人民共和国居民身份证法》"
conditions = "年满 16 周岁"
legal_days = 10
promised_days = 5
fee = "不收费"
steps = "申请、领取"
place = "一楼"
hours = "周一"
consult_phone = "12345"
complaint_phone = "12345"
result = "证件"
visits = 1
materials = [
    { name = "户口簿" },
    { name = "照片", copies = 2, necessity = "非必要" },
]
""",
    "services/homes.toml": """\
[[service]]
id = "home_move"
group = "homes"
name = "过户"
name_en = "Transfer"
department = "登记中心"
""",
    "windows.toml": """\
[[window]]
number = 1
name = "综合"
groups = ["cards", "homes"]

[[window]]
number = 2
name = "证件"
groups = ["cards"]
helps = { homes = 10 }
""",
}


class Folder:
    """The catalogue's folder, with ways to spoil it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        (path / "services").mkdir()
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        (self.path / name).write_text(text, encoding="utf-8", newline="")

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.path / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def mistakes(self) -> tuple[str, ...]:
        with pytest.raises(CatalogError) as caught:
            read_catalogue(self.path)
        return caught.value.mistakes
