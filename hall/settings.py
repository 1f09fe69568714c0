"""Settings declared as data: a pydantic model per program; all mistakes at once, in plain words, with a guess.

Reading the file is the program's business; this is the pure part: text in, model or `ConfigError` out.
"""

import difflib
import re
import tomllib
from collections.abc import Mapping
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticUndefined

from hall.errors import ConfigError

_TYPES = {
    "int": "整数",
    "float": "数字",
    "string": "文字，请加引号",
    "bool": " true 或 false",
    "path": "路径",
    "dict": "一张表",
}
_BOUNDS = {
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "不能小于 {ge}",
    "less_than": "应小于 {lt}",
    "less_than_equal": "不能大于 {le}",
    "string_pattern_mismatch": "写法不对",
    "string_too_short": "太短",
    "string_too_long": "太长",
    "literal_error": "应是 {expected} 之一",
    "enum": "应是 {expected} 之一",
}


class Settings(BaseModel):
    """Base of every program's settings: unknown keys are mistakes, every field has a description."""

    model_config = ConfigDict(frozen=True, extra="forbid")


S = TypeVar("S", bound=Settings)


def read_settings(model: type[S], text: str, where: str, table: str, environment: Mapping[str, str]) -> S:
    """One program's settings from TOML text, overridden by the environment.

    Args:
        model: The program's settings.
        text: The file's content; may hold tables of other programs too (the one-box edition).
        where: The file's name, for messages.
        table: The program's table, e.g. `kiosk`.
        environment: Variables; `ONEWINDOW_KIOSK_DATA=…` overrides `data` of the table `kiosk`,
            `ONEWINDOW_KIOSK_PRINTER__ADDRESS=…` a key one level down.

    Raises:
        ConfigError: With every mistake at once.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+), column (\d+)", str(error))
        at = f"第 {place[1]} 行第 {place[2]} 列" if place else "文件末尾或别处"
        raise ConfigError(where, [f"{at}写得不对，不是正确的 TOML（{error}）"]) from None
    values = content.get(table, {})
    if not isinstance(values, dict):
        raise ConfigError(where, [f"[{table}] 应是一个表，下面写 名称 = 值"])
    values = _overridden(values, table, environment)
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise ConfigError(where, [plain_words(detail, model, table) for detail in error.errors()]) from None


def read_table(
    model: type[S], text: str, where: str, table: str, environment: Mapping[str, str], mistakes: list[str]
) -> S | None:
    """One of several tables of a program: as `read_settings`, but mistakes are added to the list and None returned."""
    try:
        return read_settings(model, text, where, table, environment)
    except ConfigError as error:
        mistakes += error.mistakes
        return None


def settings_help(model: type[Settings], table: str) -> str:
    """What `--help` says of a program's settings: where they are written, then one line each.

    Args:
        model: The program's settings.
        table: Its table.
    """
    lines = [f"  {name:<14} {field.description}{_usual(field.default)}" for name, field in model.model_fields.items()]
    return "\n".join([f"设置写在 [{table}] 表里，或用环境变量 ONEWINDOW_{table.upper()}_名称：", *lines])


def _usual(default: object) -> str:
    if default is None or default == "" or default is PydanticUndefined:
        return ""
    return f"（默认 {str(default).lower() if isinstance(default, bool) else default}）"


def _overridden(values: dict[str, Any], table: str, environment: Mapping[str, str]) -> dict[str, Any]:
    values = dict(values)
    start = f"ONEWINDOW_{table.upper()}_"
    for name in sorted(environment):
        if not name.startswith(start):
            continue
        *parents, key = name.removeprefix(start).lower().split("__")
        target = values
        for parent in parents:
            target[parent] = dict(target.get(parent) or {})
            target = target[parent]
        target[key] = environment[name]
    return values


def plain_words(detail: ErrorDetails, model: type[BaseModel], table: str) -> str:
    """One validation error as a sentence a technician can act on."""
    names, holder, field = _found(model, detail["loc"])
    place = ".".join([table, *names])
    context = detail.get("ctx", {})
    match detail["type"]:
        case "extra_forbidden":
            return f"{place}：没有这个设置{_guess(names[-1], list(holder.model_fields))}"
        case "missing":
            return f"{place}：缺少这个设置，请写上"
        case "union_tag_not_found":
            return f"{place}：缺少 {_bare(context['discriminator'])}，应是 {_choices(holder, field)} 之一"
        case "union_tag_invalid":
            name = _bare(context["discriminator"])
            return f"{place}.{name}：{context['tag']!r} 应是 {_choices(holder, field)} 之一"
        case "value_error":
            return f"{place}：{context.get('error', detail['msg'])}"
        case kind if kind.endswith(("_type", "_parsing")):
            return f"{place}：{detail['input']!r} 的类型不对，应是{_TYPES.get(kind.split('_')[0], '别的类型')}"
        case kind:
            if "expected" in context:
                context = {"expected": _bare(context["expected"]).replace(" or ", "、").replace(", ", "、")}
            wanted = _BOUNDS.get(kind, "不合要求").format(**context)
            described = holder.model_fields[field].description if field else None
            return f"{place}：{detail['input']!r} {wanted}。这个设置是：{described or names[-1]}"


def _found(model: type[BaseModel], place: tuple[int | str, ...]) -> tuple[list[str], type[BaseModel], str]:
    """The names as they are written, the innermost model, and its field there that is declared; empty if none is.

    Where a field is one of several models, the validator puts the chosen one's tag into the place; nobody wrote it.
    """
    names: list[str] = []
    holder, field = model, ""
    options = [model]
    for part in place:
        tagged = [option for option in options if len(options) > 1 and part in _tags(option)]
        if tagged:
            options = tagged
            continue
        if part == "[key]":
            continue
        names.append(str(part))
        if options:
            holder, field = options[0], ""
        if options and str(part) in holder.model_fields:
            field = str(part)
            options = _models_in(holder.model_fields[field].annotation)
    return names, holder, field


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in get_args(annotation) for model in _models_in(inner)]


def _tags(model: type[BaseModel]) -> tuple[Any, ...]:
    """The words by which a model is chosen among several."""
    literals = [f.annotation for f in model.model_fields.values() if get_origin(f.annotation) is Literal]
    return tuple(word for literal in literals for word in get_args(literal))


def _choices(holder: type[BaseModel], field: str) -> str:
    return "、".join(str(_tags(model)[0]) for model in _models_in(holder.model_fields[field].annotation))


def _bare(quoted: str) -> str:
    return quoted.replace("'", "")


def _guess(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    return f"，是不是想写 {close[0]}？" if close else f"；有的是：{'、'.join(known)}"
