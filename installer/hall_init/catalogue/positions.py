"""On which line of a TOML text each table, key and array element stands (tomllib tells values, not places)."""

import re
import tomllib
from bisect import bisect_left

Path = tuple[str | int, ...]

_GAP = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|[A-Za-z0-9_-]+')
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\]|\\.)*"|\'[^\']*\'',
    re.DOTALL,
)
_BARE = re.compile(r"[^,\]}#\n]+")


def positions(text: str) -> dict[Path, int]:
    r"""Find the line, counted from 1, of everything in a text that tomllib has accepted.

    A path is made as the values are reached: `("service", 2, "guide", "materials", 0, "form")` is the form of the
    first material of the third `[[service]]`. Line ends must be `\n`, as `tomllib` itself makes them.

    Raises:
        ValueError: The text is not TOML. Ask tomllib first; it says what is wrong.
        RecursionError: Arrays or inline tables lie too deep in one another.
    """
    scanner = _Scanner(text)
    scanner.document()
    return scanner.found


class _Scanner:
    """One walk over the text. Knows TOML's shape only as far as places need it."""

    def __init__(self, text: str) -> None:
        self.found: dict[Path, int] = {}
        self._text = text
        self._at = 0
        self._line_ends = [match.start() for match in re.finditer("\n", text)]
        self._latest: dict[Path, int] = {}  # array of tables → index of its latest table

    def document(self) -> None:
        table: Path = ()
        self._take(_GAP)
        while self._at < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._take(_GAP)

    def _header(self) -> Path:
        line = self._line()
        brackets = 2 if self._text.startswith("[[", self._at) else 1
        self._at += brackets
        keys = self._keys()
        self._at += brackets
        if brackets == 1:
            return self._note((), keys, line)
        array = (*self._note((), keys[:-1], line), keys[-1])
        self.found.setdefault(array, line)
        self._latest[array] = self._latest.get(array, -1) + 1
        table = (*array, self._latest[array])
        self.found[table] = line
        return table

    def _pair(self, table: Path) -> None:
        line = self._line()
        path = self._note(table, self._keys(), line)
        self._at += 1  # the equals sign
        self._value(path)

    def _keys(self) -> Path:
        keys: list[str] = []
        while True:
            self._take(_SPACE)
            raw = self._take(_KEY)
            keys.append(raw if raw[0] not in "\"'" else next(iter(tomllib.loads(f"{raw}=0"))))
            self._take(_SPACE)
            if not self._text.startswith(".", self._at):
                return tuple(keys)
            self._at += 1

    def _value(self, path: Path) -> None:
        self._take(_SPACE)
        match self._text[self._at : self._at + 1]:
            case "[":
                self._array(path)
            case "{":
                self._inline_table(path)
            case '"' | "'":
                self._take(_STRING)
            case _:
                self._take(_BARE)

    def _array(self, path: Path) -> None:
        index = 0
        self._at += 1
        self._take(_GAP)
        while not self._text.startswith("]", self._at):
            self.found[*path, index] = self._line()
            self._value((*path, index))
            index += 1
            self._separator(_GAP)
        self._at += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        self._take(_SPACE)
        while not self._text.startswith("}", self._at):
            self._pair(path)
            self._separator(_SPACE)
        self._at += 1

    def _separator(self, gap: re.Pattern[str]) -> None:
        self._take(gap)
        if self._text.startswith(",", self._at):
            self._at += 1
            self._take(gap)

    def _note(self, start: Path, keys: Path, line: int) -> Path:
        """Follow the keys from a table, into the latest table wherever an array of tables lies on the way."""
        path = start
        for key in keys:
            path = (*path, key)
            self.found.setdefault(path, line)
            if path in self._latest:
                path = (*path, self._latest[path])
        return path

    def _line(self) -> int:
        return bisect_left(self._line_ends, self._at) + 1

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._at)
        if not match:
            raise ValueError(f"not TOML at line {self._line()}")
        self._at = match.end()
        return match.group()
