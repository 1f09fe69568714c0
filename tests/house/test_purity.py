"""hall/ stays pure: no clock, randomness, I/O or threads, however it is spelled."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PURE_MODULES = {
    "__future__", "base64", "binascii", "bisect", "collections", "collections.abc", "dataclasses", "datetime",
    "difflib", "enum",
    "errno",  # a table of numbers
    "functools", "hashlib",
    "heapq", "hmac", "ipaddress", "itertools", "math", "re", "statistics", "struct", "tomllib", "typing", "unicodedata",
    "urllib.parse",  # an address taken apart, never opened
    "pydantic", "pydantic_core",
}  # fmt: skip
IMPURE_CALLS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "uuid4", "open", "print", "input", "urandom"}


@pytest.mark.parametrize("path", sorted((ROOT / "hall").rglob("*.py")), ids=lambda path: path.stem)
def test_the_hall_has_no_clock_no_dice_and_no_doors(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            imported = {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported = {node.module or ""}
        else:
            imported = set()
        foreign = {name for name in imported if name not in PURE_MODULES and name.split(".")[0] != "hall"}
        assert not foreign, f"{path.name} imports {foreign}"
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            assert name not in IMPURE_CALLS or _is_field_of_ours(node), f"{path.name}:{node.lineno} calls {name}()"


def _is_field_of_ours(call: ast.Call) -> bool:
    """`local.date()` and `….time()` of a datetime given by the caller are pure; a bare or module call is not."""
    return (
        isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and call.func.value.id == "local"
    )
