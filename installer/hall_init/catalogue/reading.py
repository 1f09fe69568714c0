"""The files of a catalogue as blocks: which table of which file, what was written, on which line."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from installer.hall_init.catalogue import positions
from installer.hall_init.catalogue.problems import Mistake, did_you_mean, shown
from installer.hall_init.catalogue.syntax import syntax_mistake


class Kind(Enum):
    """The kinds of block, by the word that stands in the square brackets."""

    HALL = "hall"
    GROUP = "group"
    SERVICE = "service"
    WINDOW = "window"

    @property
    def bracketed(self) -> str:
        """How the block's header is written; there is one hall and several of the rest."""
        return "[hall]" if self is Kind.HALL else f"[[{self.value}]]"


@dataclass(frozen=True)
class Block:
    """One `[hall]`, `[[group]]`, `[[service]]` or `[[window]]` as written."""

    file: str
    path: positions.Path
    data: dict[str, Any]
    lines: Mapping[positions.Path, int]

    def line(self, *inside: str | int) -> int:
        """The line of something inside, or of the nearest thing around it that stands in the file."""
        path = (*self.path, *inside)
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def mistake(self, what: str, *inside: str | int) -> Mistake:
        """A mistake at the place `inside` this block."""
        return Mistake(self.file, self.line(*inside), what)


@dataclass
class Reading:
    """Everything found in the folder. `torn` are the kinds of which some file could not be read at all."""

    blocks: dict[Kind, list[Block]] = field(default_factory=lambda: {kind: [] for kind in Kind})
    mistakes: list[Mistake] = field(default_factory=list)
    torn: set[Kind] = field(default_factory=set)


def read_folder(folder: Path) -> Reading:
    """Read hall.toml, groups.toml, every file of services/, and windows.toml, going on after a broken one."""
    reading = Reading()
    if not folder.is_dir():
        reading.torn = set(Kind)
        reading.mistakes = [Mistake(shown(folder), 1, "没有这个文件夹，请检查路径；新建可从样例大厅复制")]
        return reading
    _read_file(reading, Kind.HALL, folder, "hall.toml")
    _read_file(reading, Kind.GROUP, folder, "groups.toml")
    names = sorted(f"services/{path.name}" for path in (folder / "services").glob("*.toml"))
    for name in names:
        _read_file(reading, Kind.SERVICE, folder, name)
    if not names:
        reading.torn.add(Kind.SERVICE)
        reading.mistakes.append(
            Mistake("services", 1, "这个文件夹里没有 .toml 文件，请把事项写在 services/类别.toml 里")
        )
    _read_file(reading, Kind.WINDOW, folder, "windows.toml")
    return reading


def _read_file(reading: Reading, kind: Kind, folder: Path, name: str) -> None:
    tables, mistakes = _parse(folder, name)
    if not mistakes:
        content, lines = tables
        blocks, mistakes = _blocks(kind, name, content, lines)
        reading.blocks[kind] += blocks
    if mistakes:
        reading.torn.add(kind)
        reading.mistakes += mistakes


def _parse(folder: Path, name: str) -> tuple[tuple[dict[str, Any], dict[positions.Path, int]], list[Mistake]]:
    nothing: tuple[dict[str, Any], dict[positions.Path, int]] = ({}, {})
    try:
        raw = (folder / name).read_bytes()
    except FileNotFoundError:
        return nothing, [Mistake(name, 1, "没有这个文件，请照样例目录补上")]
    except OSError:
        return nothing, [Mistake(name, 1, "打不开这个文件，请检查它是不是普通文件、有没有读取权限")]
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return nothing, [Mistake(name, line, "不是 UTF-8 编码，请用编辑器另存为 UTF-8")]
    try:
        return (tomllib.loads(text), positions.positions(text)), []
    except RecursionError:
        return nothing, [Mistake(name, 1, "括号套得太深，请照样例的写法改平")]
    except ValueError as error:
        line, what = syntax_mistake(str(error), text)
        return nothing, [Mistake(name, line, what)]


def _blocks(
    kind: Kind, name: str, content: dict[str, Any], lines: dict[positions.Path, int]
) -> tuple[list[Block], list[Mistake]]:
    """The file's blocks; and what else stands at its top, which is always a mistake."""
    mistakes = [
        Mistake(name, lines[key,], f"不认识 {shown(key)}{did_you_mean(key, [kind.value]) or '，请删去'}")
        for key in content
        if key != kind.value
    ]
    found = content.get(kind.value)
    if found is None:
        if not mistakes:
            mistakes.append(Mistake(name, 1, f"文件里没有 {kind.bracketed}，请照样例填写"))
        return [], mistakes
    if kind is Kind.HALL and isinstance(found, dict):
        return [Block(name, (kind.value,), found, lines)], mistakes
    if kind is not Kind.HALL and isinstance(found, list) and all(isinstance(one, dict) for one in found) and found:
        return [Block(name, (kind.value, index), one, lines) for index, one in enumerate(found)], mistakes
    return [], [*mistakes, Mistake(name, lines[kind.value,], f"{kind.value} 应写成 {kind.bracketed} 开头的一段")]
