"""TOML's own syntax errors in plain Chinese."""

import re

_WRITTEN_TWICE = "Cannot overwrite a value"
_PLACE = re.compile(r"^(?P<what>.*) \(at (?:line (?P<line>\d+), column \d+|(?P<end>end of document))\)$", re.DOTALL)

# what tomllib (Python 3.11) says at the start of a message → what it means for the person who wrote the file
_MEANINGS = {
    "Expected '=' after a key": "键的后面要有等号，写成 键 = 值",
    "Expected ']' at the end of a table": "段的标题少了右方括号 ]，请补上",
    "Expected ']]' at the end of an array": "段的标题要用两个方括号收尾 ]]，请补上",
    "Expected newline or end of document": "一行只写一项；值的后面有多余的内容，请删去或换行，文字要加英文引号",
    "Expected '\\n'": "回车符不成对，请用编辑器把换行统一为 LF 或 CRLF",
    _WRITTEN_TWICE: "同一段里这个键写了两次，请留一个",
    "Cannot declare": "这个段的标题写了两次，请合并为一段或改用双方括号",
    "Cannot mutate immutable namespace": "这里与前面写好的内容冲突，请合并到一处",
    "Cannot redefine namespace": "这里与前面写好的内容冲突，请合并到一处",
    "Duplicate inline table key": "花括号里同一个键写了两次，请留一个",
    "Invalid date or datetime": "没有这样的日期或时间，请改正；文字要加英文引号",
    "Invalid hex value": "反斜杠 \\u 后面的编码不对，请直接写汉字",
    "Escaped character is not": "反斜杠 \\u 后面的编码不对，请直接写汉字",
    "Unescaped '\\' in a string": "引号里的反斜杠要写两个 \\\\",
    "Invalid initial character for a key": "键只能用英文字母、数字、下划线，请检查有没有中文标点",
    "Invalid statement": "看不懂这一行，请写成 键 = 值，并检查有没有中文标点",
    "Invalid value": "值的写法不对：文字要加英文引号，请检查有没有中文引号或漏写",
    "Unclosed array": "方括号列表没有收尾，请检查逗号和右方括号 ]",
    "Unclosed inline table": "花括号没有收尾，请检查逗号和右花括号 }；花括号要写在一行里",
    "Unterminated string": "引号没有收尾，请补上英文引号",
    "Illegal character '\\n'": "引号没有在这一行收尾，请补上英文引号",
    "Illegal character": "有看不见的控制字符，请删去后重新输入",
    "Found invalid character": "有看不见的控制字符，请删去后重新输入",
    "Expected": "引号没有收尾，请补上英文引号",
}
_UNKNOWN = "不是正确的 TOML 写法，请对照样例检查引号、括号和等号"


def syntax_mistake(message: str, text: str) -> tuple[int, str]:
    """The line and the plain words of what tomllib said about a text."""
    match = _PLACE.match(message)
    if not match:  # an integer of thousands of digits is refused by Python itself, which names no place
        return 1, "有一个数字长得离谱，请改成合理的数字"
    line = int(match["line"]) if match["line"] else max(1, len(text.rstrip().splitlines()))
    if match["what"] == _WRITTEN_TWICE and text.splitlines()[line - 1].lstrip().startswith("["):
        return line, "这个标题与前面同名的写法冲突，多段的要每段都用双方括号，如 [[group]]"
    meaning = next((words for start, words in _MEANINGS.items() if match["what"].startswith(start)), _UNKNOWN)
    return line, meaning
