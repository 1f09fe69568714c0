"""Each kind of mistake, planted alone in a whole catalogue, is told once, on its line, with what to do."""

import pytest

from tests.support.catalogue_folder import Folder

HALL, GROUPS, WINDOWS = "hall.toml", "groups.toml", "windows.toml"
CARDS, HOMES = "services/cards.toml", "services/homes.toml"
NAME = 'name = "过户"'
FEE = 'fee = "不收费"'
HELPS = "homes = 10"
TWICE = '{ id = "up", name = "楼上", windows = [1] }'


def _zone(written: str) -> str:
    return f"[hall]\nzones = [{{ {written} }}]\n"


# file, what is replaced, by what, where the mistake is told, what it says
ONE = [
    # inside a block
    (HALL, "[hall]\n", "[hall]\nnotise = 'x'\n", f"{HALL}:2", "是不是想写 notice？"),
    (HALL, 'name = "小区大厅"\n', "", f"{HALL}:1", "缺少 name（名称）"),
    (HALL, '"small"', '"Small Hall"', f"{HALL}:2", "小写字母"),
    (HALL, "[hall]\n", "[hall]\ncalls_before_missed = 12\n", f"{HALL}:2", "不能大于 9"),
    (HALL, "[hall]\n", "[hall]\nserve_after_closing = 'maybe'\n", f"{HALL}:2", "true（是）或 false（否）"),
    (HALL, "09:00-12:00", "9-12", f"{HALL}:7", "应写成 09:00-12:00 的样子"),
    (HALL, "09:00-12:00", "14:00-15:00", f"{HALL}:7", "先后不对"),
    (GROUPS, '"B"', '"BB"', f"{GROUPS}:11", "大写英文字母"),
    (GROUPS, '"居住证"', "5", f"{GROUPS}:7", "examples（举例）第 2 项应是文字"),
    (CARDS, "copies = 2", 'copies = "many"', f"{CARDS}:24", "第 2 项的 copies（份数）应是整数"),
    (CARDS, "copies = 2", "copies = -1", f"{CARDS}:24", "不能小于 0"),
    (CARDS, "copies = 2", "copy = 2", f"{CARDS}:24", "是不是想写 copies？"),
    (CARDS, '{ name = "户口簿" }', '{ form = "原件" }', f"{CARDS}:23", "缺少 materials（申请材料）第 1 项的 name"),
    (CARDS, FEE, "", f"{CARDS}:9", "缺少 fee（收费）"),
    (CARDS, FEE, 'fee = ""', f"{CARDS}:14", "不能为空"),
    (CARDS, FEE, 'fee = "  "', f"{CARDS}:14", "只有空格"),
    (CARDS, FEE, 'fee = "\\u001b@"', f"{CARDS}:14", "控制字符"),
    (HOMES, NAME, f"{NAME}\nusual_minutes = nan", f"{HOMES}:5", "usual_minutes"),
    (HOMES, NAME, f"{NAME}\nguide = 3", f"{HOMES}:5", "应是一张表"),
    (HOMES, NAME, f'{NAME}\ninitials = ["gh"]', f"{HOMES}:5", "由程序算出"),
    (WINDOWS, "number = 2", "number = 2.5", f"{WINDOWS}:7", "不带小数"),
    (WINDOWS, HELPS, 'homes = "ten"', f"{WINDOWS}:10", "应是数字"),
    (WINDOWS, "{ homes = 10 }", "10", f"{WINDOWS}:10", "花括号对照表，如 { medical = 5 }"),
    (WINDOWS, '["cards", "homes"]', "[]", f"{WINDOWS}:4", "至少要有 1 项"),
    # rules of one block
    (HALL, '"09:00-12:00", "13:00-17:00"', "", f"{HALL}:6", "没有一天开门"),
    (GROUPS, '"居住证"', '"流动人口居住证"', f"{GROUPS}:7", "超过 6 个字"),
    (GROUPS, '"房屋"', f'"{"房" * 21}"', f"{GROUPS}:12", "name（名称）最多 20 个字符"),
    (GROUPS, '"B"', '"B"\nwarning_at = 1000000', f"{GROUPS}:12", "不能大于 999999"),
    (CARDS, "promised_days = 5", "promised_days = 50", f"{CARDS}:13", "比法定时限 10 天还长"),
    (CARDS, '"非必要"', '"可能"', f"{CARDS}:24", "必要、非必要、容缺"),
    (WINDOWS, HELPS, "homes = -5", f"{WINDOWS}:10", "应大于 0"),
    (WINDOWS, HELPS, "homes = -inf", f"{WINDOWS}:10", "应是普通的数字"),
    (WINDOWS, HELPS, "homes = nan", f"{WINDOWS}:10", "应是普通的数字"),
    (WINDOWS, HELPS, "homes = 241", f"{WINDOWS}:10", "不能大于 240"),
    (WINDOWS, HELPS, "cards = 10", f"{WINDOWS}:10", "写了两次"),
    # rules between blocks
    (GROUPS, '"B"', '"A"', f"{GROUPS}:11", "与 groups.toml 第 3 行重复"),
    (GROUPS, '"房屋"', '"证 件"', f"{GROUPS}:12", "与 groups.toml 第 4 行重复"),
    (HOMES, '"home_move"', '"card_new"', f"{HOMES}:2", "与 services/cards.toml 第 2 行重复"),
    (HOMES, NAME, 'name = "办证 (首次)"', f"{HOMES}:4", "与 services/cards.toml 第 4 行重复"),
    (HOMES, NAME, f'{NAME}\ncode = "X-1"', f"{HOMES}:5", "与 services/cards.toml 第 7 行重复"),
    (WINDOWS, "number = 2", "number = 1", f"{WINDOWS}:7", "与 windows.toml 第 2 行重复"),
    (WINDOWS, HELPS, "hoems = 10", f"{WINDOWS}:10", "没有业务类别 hoems，是不是想写 homes？"),
    (WINDOWS, '"homes"]', '"homes", "zoo"]', f"{WINDOWS}:4", "没有业务类别 zoo，请先写进 groups.toml"),
    (WINDOWS, HELPS, 'homes = 10 }\nplans = { "高峰" = ["zoo", "cards"]', f"{WINDOWS}:11", "没有业务类别 zoo"),
    (WINDOWS, '"homes"]', '"homes"]\nplans = { "高峰" = ["cards"] }', f"{WINDOWS}:5", "没有窗口办理 homes"),
    (WINDOWS, HELPS, 'homes = 10 }\nplans = { "高峰" = []', f"{WINDOWS}:11", "至少要有 1 项"),
    (HALL, "[hall]\n", _zone('id = "up", name = "楼上", windows = [9]'), f"{HALL}:2", "9 号窗口，windows.toml 里没有"),
    (HALL, "[hall]\n", _zone('id = "up", name = "楼上", groups = ["hoems"]'), f"{HALL}:2", "是不是想写 homes？"),
    (HALL, "[hall]\n", _zone('id = "up", name = "楼上"'), f"{HALL}:2", "既没有窗口也没有业务类别"),
    (HALL, "[hall]\n", _zone('id = "up", name = "楼上", windows = [1], volume = 101'), f"{HALL}:2", "不能大于 100"),
    (HALL, "[hall]\n", f"[hall]\nzones = [{TWICE}, {TWICE}]\n", f"{HALL}:2", "区域 up 写了两次"),
    (HALL, "[hall]\n", "[hall]\nvoice = { quiet = ['noon'] }\n", f"{HALL}:2", "应写成 09:00-12:00 的样子"),
    # the top of a file
    (HALL, "[hall]\n", "[[hall]]\n", f"{HALL}:1", "应写成 [hall] 开头"),
    (HOMES, "[[service]]", "[service]", f"{HOMES}:1", "应写成 [[service]] 开头"),
    (HOMES, "[[service]]", "[[servise]]", f"{HOMES}:1", "是不是想写 service？"),
    (WINDOWS, "[[window]]", "[hall]\n[[window]]", f"{WINDOWS}:1", "不认识 hall"),
    # TOML itself
    (CARDS, FEE, "fee = “不收费”", f"{CARDS}:14", "中文引号"),
    (CARDS, FEE, 'fee = "不收费', f"{CARDS}:14", "引号没有"),
    (CARDS, FEE, "收费 = 3", f"{CARDS}:14", "中文标点"),
    (CARDS, FEE, 'fee = "a" b', f"{CARDS}:14", "一行只写一项"),
    (CARDS, FEE, "fee", f"{CARDS}:14", "等号"),
    (CARDS, FEE, "visits = 1", f"{CARDS}:21", "写了两次"),
    (CARDS, FEE, "fee = 2026-02-30", f"{CARDS}:14", "日期"),
    (CARDS, FEE, f"fee = {'9' * 5000}", f"{CARDS}:1", "数字"),
    (CARDS, FEE, f"fee = {'[' * 9000}", f"{CARDS}:1", "太深"),
    (WINDOWS, "helps = { homes = 10 }", "helps = { homes = 10", f"{WINDOWS}:10", "花括号没有收尾"),
    (WINDOWS, "[[window]]", "[[window]", f"{WINDOWS}:1", "两个方括号"),
    (GROUPS, "[[group]]", "[group]", f"{GROUPS}:9", "双方括号"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "where", "says"), ONE, ids=[f"{row[3]} {row[4]}" for row in ONE])
def test_is_told_once_on_its_line(folder: Folder, file: str, old: str, new: str, where: str, says: str) -> None:
    folder.change(file, old, new)
    (mistake,) = folder.mistakes()
    assert mistake.startswith(f"{where}: ")
    assert says in mistake
