"""What can go wrong with a theme.

ThemeError    a theme file that cannot be used; lists every mistake at once

The room imports nothing but Qt, so the branch is not hung on the hall's tree; it carries the same three facts
(`code`, `retry`, `advice`) in plain form.
"""


class ThemeError(ValueError):
    """A theme file is missing, unreadable or incomplete.

    Attributes:
        mistakes: One sentence per mistake, each naming the file and the place in it.
    """

    code = "theme.mistakes"
    retry = "after_mending"
    advice = "请按提示修改外观文件，或改用 standard"

    def __init__(self, name: str, mistakes: tuple[str, ...]) -> None:
        super().__init__("\n".join([f"外观 {name}：{len(mistakes)} 处需要修改", *(f"  {m}" for m in mistakes)]))
        self.mistakes = mistakes
