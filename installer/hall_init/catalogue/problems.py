"""What is wrong with a catalogue, in plain Chinese: one line per mistake, `file:line: what is wrong，what to do`."""

import typing
from difflib import get_close_matches
from typing import Any, NamedTuple

from pydantic import BaseModel
from pydantic_core import ErrorDetails

FIELD_WORDS = {
    "id": "编号",
    "group": "业务类别",
    "groups": "业务类别",
    "helps": "可协助的业务类别",
    "prefix": "号码字母",
    "name": "名称",
    "name_en": "英文名称",
    "icon": "图标",
    "examples": "举例",
    "place": "地点",
    "usual_minutes": "通常用时，分钟",
    "daily_limit": "每日限号",
    "warning_at": "预警值",
    "issuing": "放号时段",
    "pre_opening_minutes": "提前放号，分钟",
    "booking": "预约",
    "closed_days": "休息日",
    "make_up_days": "调休上班日",
    "day": "日期",
    "like": "照星期几",
    "slip_note": "取号单末尾的话",
    "suspended": "停办",
    "capacity": "每个时段人数",
    "slot_minutes": "时段长度，分钟",
    "periods": "可预约的时段",
    "zones": "区域",
    "windows": "窗口号列表",
    "voice": "叫号的声音",
    "volume": "音量，0 到 100",
    "quiet": "不出声的时段",
    "times": "普通话念几遍",
    "english": "再念一遍英文",
    "chime": "先响提示音",
    "layout": "屏上显示什么",
    "last_calls": "刚才叫过的号，几个",
    "ready": "请准备，每类几个号",
    "missed": "过号的号",
    "waiting": "等候人数",
    "notices": "公告显示不显示",
    "clerk": "窗口屏上的工号",
    "most_live": "每人最多有效预约数",
    "days_ahead": "可提前预约天数",
    "cancel_minutes": "提前多少分钟可取消",
    "no_shows": "爽约次数上限",
    "barred_days": "爽约限制天数",
    "early_minutes": "最早提前签到，分钟",
    "late_minutes": "迟到宽限，分钟",
    "hours": "办理时间",
    "offset_minutes": "与世界时相差的分钟数",
    "department": "办理部门",
    "code": "事项编码",
    "aliases": "俗称",
    "online": "网上办理",
    "guide": "办事指南",
    "legal_basis": "设定依据",
    "conditions": "受理条件",
    "materials": "申请材料",
    "form": "材料形式",
    "copies": "份数",
    "source": "材料来源",
    "necessity": "必要性",
    "note": "说明",
    "legal_days": "法定时限，工作日",
    "promised_days": "承诺时限，工作日",
    "fee": "收费",
    "steps": "办理流程",
    "consult_phone": "咨询电话",
    "complaint_phone": "投诉电话",
    "result": "办理结果",
    "visits": "到现场次数",
    "number": "窗口号",
    "notice": "公告",
    "monday": "星期一",
    "tuesday": "星期二",
    "wednesday": "星期三",
    "thursday": "星期四",
    "friday": "星期五",
    "saturday": "星期六",
    "sunday": "星期日",
    "head_starts": "提前量表",
    "return_days": "补件期限，天",
    "head_start_cap": "提前量上限，分钟",
    "ticket_class": "号的类别",
    "minutes": "提前几分钟",
}

_SHAPES = {
    "^[A-Z]$": '应是一个大写英文字母，如 "A"',
    "^[a-z][a-z0-9_]*$": "只能用小写字母、数字和下划线，并以字母开头，如 social_card",
    "^[a-z0-9][a-z0-9-]*$": "只能用小写字母、数字和连字符，并以字母或数字开头，如 qinghe",
}

# pydantic's stable error types: https://docs.pydantic.dev/latest/errors/validation_errors/
_KINDS = {
    "string_type": "应是文字，请加上英文引号",
    "int_type": "应是整数，不加引号",
    "int_parsing": "应是整数，不加引号",
    "int_from_float": "应是整数，不带小数",
    "int_parsing_size": "数字太大，请写合理的整数",
    "float_type": "应是数字，不加引号",
    "float_parsing": "应是数字，不加引号",
    "finite_number": "应是普通的数字，请改正",
    "bool_type": "应写 true（是）或 false（否），不加引号",
    "bool_parsing": "应写 true（是）或 false（否），不加引号",
    "tuple_type": '应是方括号列表，如 ["甲", "乙"]',
    "dict_type": "应是花括号对照表，如 {{ medical = 5 }}",
    "model_type": "应是一张表，请按样例分项填写",
    "greater_than": "应大于 {gt:g}，请改正",
    "greater_than_equal": "不能小于 {ge:g}，请改正",
    "less_than": "应小于 {lt:g}，请改正",
    "less_than_equal": "不能大于 {le:g}，请改正",
    "string_too_long": "最多 {max_length} 个字符，请改短",
    "string_too_short": "不能为空，请填写",
    "date_type": "应写成 2026-10-01 这样的日期，不加引号",
    "date_from_datetime_parsing": "应写成 2026-10-01 这样的日期，不加引号",
    "date_from_datetime_inexact": "应写成 2026-10-01 这样的日期，不加引号",
    "date_parsing": "应写成 2026-10-01 这样的日期，不加引号",
    "enum": "应写 {expected} 之一",
    "too_long": "最多 {max_length} 项，请删减",
    "too_short": "至少要有 {min_length} 项，请补上",
}


class Mistake(NamedTuple):
    """One thing to mend. `file` is named from the catalogue's folder, `line` counts from 1."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


def shown(text: object) -> str:
    """Something a person wrote, short enough and safe to be printed on one line of a message."""
    line = "".join(letter if letter.isprintable() else "?" for letter in str(text))
    return line if len(line) <= 40 else f"{line[:39]}…"


def field(key: object) -> str:
    """A key with what it means, as `name_en（英文名称）`."""
    words = FIELD_WORDS.get(str(key))
    return f"{key}（{words}）" if words else shown(key)


def did_you_mean(written: str, known: typing.Iterable[str]) -> str:
    """`，是不是想写 …？` when something known is near what was written, else nothing."""
    near = get_close_matches(written[:80], list(known), n=1, cutoff=0.6)
    return f"，是不是想写 {shown(near[0])}？" if near else ""


def plain(error: ErrorDetails, model: type[BaseModel]) -> str:
    """One pydantic error of `model` as a sentence that says what to do, without any word of pydantic's own."""
    place, kind, context = error["loc"], error["type"], error.get("ctx", {})
    key = place[-1] if place else ""
    where = _where(place)
    if kind == "missing":
        return f"缺少 {where}，请补上"
    if kind == "extra_forbidden":
        known = _fields_at(model, place[:-1])
        hint = did_you_mean(str(key), known) or f"，请删去；这里可以写 {'、'.join(known)}"
        return f"不认识 {shown(key)}{hint}"
    if kind == "value_error":
        return f"{where}：{context['error']}"
    if "expected" in context:
        quoted = str(context["expected"]).replace("'", '"')
        context = {"expected": quoted.replace(" or ", "、").replace(", ", "、")}
    if where[-1].isascii():
        where += " "
    if kind == "string_pattern_mismatch":
        return f"{where}{_SHAPES.get(context['pattern'], '的写法不对，请对照样例')}"
    return f"{where}{_KINDS.get(kind, '的写法不对，请对照样例').format(**context)}"


def _where(place: tuple[int | str, ...]) -> str:
    """The innermost named field, and which element of it: `materials（申请材料）第 2 项的 form（材料形式）`."""
    names = [(at, key) for at, key in enumerate(place) if isinstance(key, str)]
    if not names:
        return "这一项"
    at, key = names[-1]
    if at + 1 < len(place):
        return f"{field(key)}第 {int(place[at + 1]) + 1} 项"
    if at >= 2 and isinstance(place[at - 1], int):
        return f"{field(place[at - 2])}第 {int(place[at - 1]) + 1} 项的 {field(key)}"
    return field(key)


def _fields_at(model: type[BaseModel], place: tuple[int | str, ...]) -> list[str]:
    inner = model
    for key in place:
        if isinstance(key, str):
            inner = _model_in(inner.model_fields[key].annotation) or inner
    return [name for name in inner.model_fields if name != "initials"]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_model_in(part) for part in typing.get_args(annotation))
    return next((found for found in inner if found), None)
