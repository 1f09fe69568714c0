"""What argparse says of options, in Chinese, for every verb at once.

argparse asks gettext for each of its sentences under the name `_`; a table of our own stands in for a compiled
catalogue, which gettext would look for only where the machine's locale is Chinese. A sentence not in it stays English.
"""

import argparse

WORDS = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示这些说明",
    "%(prog)s: error: %(message)s\n": "%(prog)s：%(message)s\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "the following arguments are required: %s": "还要写上 %s",
    "one of the arguments %s is required": "要写 %s 之一",
    "unrecognized arguments: %s": "不认识 %s",
    "not allowed with argument %s": "不能与 %s 一起用",
    "ignored explicit argument %r": "后面不写值，却写了 %r",
    "expected one argument": "后面要写一个值",
    "expected at least one argument": "后面至少要写一个值",
    "expected at most one argument": "后面至多写一个值",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 可能是 %(matches)s，请写全",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r，可以写 %(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r 写得不对（%(type)s）",
}


def speak_chinese() -> None:
    """From now on, in this process."""
    setattr(argparse, "_", lambda words: WORDS.get(words, words))  # noqa: B010 - a name that its types do not tell
