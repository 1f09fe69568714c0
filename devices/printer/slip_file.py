"""A slip written by hand: JSON → the paper as data, with every mistake at once and where it stands.

A file is `{"elements": [{"kind": "text", "text": "…"}, …, {"kind": "cut"}]}`; kinds and fields are those of
`devices.printer.slip`. A logo is named as a picture file beside it.
"""

import difflib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from PIL import Image, UnidentifiedImageError
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from devices.printer import slip as paper
from devices.printer.slip import LARGEST_SIZE, Align, Slip, SlipError
from hall.errors import MistakesError

Size = Annotated[int, Field(ge=1, le=LARGEST_SIZE)]
_GREY = 128  # a picture's dots darker than this are black


class SlipFileError(MistakesError):
    """A slip file cannot be printed as it stands."""

    code = "printer.slip_file"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Element(_Part):
    makes: ClassVar[Callable[..., paper.Element]]

    def element(self, folder: Path) -> paper.Element:
        """The element it describes; `folder` is that of the file. Raises SlipError."""
        del folder
        return self.makes(**{name: getattr(self, name) for name in type(self).model_fields if name != "kind"})


class _Words(_Part):
    text: str
    size: Size = 1
    bold: bool = False


class _Text(_Element):
    makes = paper.Text
    kind: Literal["text"]
    text: str
    size: Size = 1
    bold: bool = False
    align: Align = Align.LEFT


class _BigNumber(_Element):
    makes = paper.BigNumber
    kind: Literal["big_number"]
    text: str
    marks: tuple[str, ...] = ()
    scale: Size | None = None


class _Columns(_Element):
    makes = paper.Columns
    kind: Literal["columns"]
    cells: tuple[str, ...] = Field(min_length=1)
    size: Size = 1
    bold: bool = False


class _Qr(_Element):
    kind: Literal["qr"]
    data: str
    words: tuple[_Words, ...] = ()

    def element(self, folder: Path) -> paper.Element:
        del folder
        return paper.Qr(self.data, tuple(paper.Text(w.text, w.size, w.bold) for w in self.words))


class _Feed(_Element):
    makes = paper.Feed
    kind: Literal["feed"]
    dots: int = Field(12, ge=0, le=4000)


class _Logo(_Element):
    kind: Literal["logo"]
    file: Path

    def element(self, folder: Path) -> paper.Element:
        return logo_of(folder / self.file)


class _Rule(_Element):
    makes = paper.Rule
    kind: Literal["rule"]


class _Cut(_Element):
    makes = paper.Cut
    kind: Literal["cut"]


_KINDS: dict[str, type[_Element]] = {
    "text": _Text,
    "big_number": _BigNumber,
    "columns": _Columns,
    "qr": _Qr,
    "rule": _Rule,
    "logo": _Logo,
    "feed": _Feed,
    "cut": _Cut,
}


class _SlipFile(_Part):
    elements: list[
        Annotated[_Text | _BigNumber | _Columns | _Qr | _Rule | _Logo | _Feed | _Cut, Field(discriminator="kind")]
    ]


def read_slip(path: Path) -> Slip:
    """The slip in a file.

    Raises:
        SlipFileError: With every mistake at once; also when the file cannot be read.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as unreadable:
        raise SlipFileError(str(path), [f"文件读不了，应是 UTF-8 的 JSON：{unreadable}"]) from None
    try:
        file = _SlipFile.model_validate(content)
    except ValidationError as wrong:
        raise SlipFileError(str(path), [_words(detail) for detail in wrong.errors()]) from None
    elements, mistakes = [], []
    for place, described in enumerate(file.elements):
        try:
            elements.append(described.element(path.parent))
        except SlipError as mistake:
            mistakes.append(f"elements[{place}]：{mistake}")
    try:
        slip = Slip(tuple(elements)) if not mistakes else None
    except SlipError as mistake:
        mistakes.append(str(mistake))
    if mistakes or slip is None:
        raise SlipFileError(str(path), mistakes)
    return slip


def logo_of(path: Path) -> paper.Logo:
    """A picture file in two colours.

    Raises:
        SlipError: It cannot be read as a picture.
    """
    try:
        with Image.open(path) as picture:
            grey = picture.convert("RGBA")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as unreadable:
        raise SlipError(f"logo：图片 {path.name} 读不了（{type(unreadable).__name__}）") from None
    on_white = Image.alpha_composite(Image.new("RGBA", grey.size, "white"), grey).convert("L")
    black = on_white.point(lambda level: 255 if level < _GREY else 0, "1")
    row, data = (black.width + 7) // 8, black.tobytes()
    return paper.Logo(black.width, tuple(data[at : at + row] for at in range(0, len(data), row)))


def _words(detail: ErrorDetails) -> str:
    """One mistake as a sentence: where, what, what would be right."""
    where, fields = _place(detail["loc"])
    name, context = str(detail["loc"][-1]) if detail["loc"] else "", detail.get("ctx", {})
    match detail["type"]:
        case "union_tag_not_found" | "union_tag_invalid":
            return f"{where}：kind 应是 {'、'.join(_KINDS)} 之一"
        case "extra_forbidden":
            close = difflib.get_close_matches(name, fields, n=1)
            guess = f"是不是想写 {close[0]}？" if close else f"有的是 {'、'.join(fields)}"
            return f"{where}：没有这一项，{guess}"
        case "missing":
            return f"{where}：缺少这一项"
        case "greater_than_equal" | "less_than_equal":
            return f"{where}：不能{'小于' if 'ge' in context else '大于'} {context.get('ge', context.get('le'))}"
        case "enum" | "literal_error":
            return f"{where}：应是 {context['expected'].replace(' or ', '、').replace(', ', '、')} 之一"
        case "too_short":
            return f"{where}：不能空着"
        case kind if kind.endswith(("_type", "_parsing", "_unicode")):
            return f"{where}：类型不对，应是{_TYPES.get(kind.split('_')[0], '别的类型')}"
        case _:
            return f"{where}：{detail['msg']}"


_TYPES = {
    "string": "文字",
    "int": "整数",
    "bool": " true 或 false",
    "list": "列表 […]",
    "tuple": "列表 […]",
    "model": '对象 {"elements": […]}',
    "path": "文件名",
}


def _place(location: tuple[int | str, ...]) -> tuple[str, list[str]]:
    """Where in the file, such as `elements[2].words[0].size`, and the fields there are."""
    where, fields, before = "", ["elements"], ""
    for number, part in enumerate(location):
        if number == 2 and part in _KINDS:  # the kind pydantic chose; it stands nowhere in the file's path
            fields = list(_KINDS[str(part)].model_fields)
            continue
        where += f"[{part}]" if isinstance(part, int) else f"{'.' if where else ''}{part}"
        if before == "words" and isinstance(part, int):
            fields = list(_Words.model_fields)
        before = str(part)
    return where or "整个文件", fields
