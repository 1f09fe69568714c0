"""The same call in English, word by word: number A, zero zero one, please go to window three. Pure."""

_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_TENS = ("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def words(number: str, window: int) -> tuple[str, ...]:
    """The words of a call. A comma after a letter is a breath, without which `A` would be read as an article."""
    spelt = (_ONES[int(sign)] if sign.isdigit() else "dash" if sign == "-" else f"{sign}," for sign in number)
    return ("number", *spelt, "please", "go", "to", "window", *counted(window))


def counted(number: int) -> tuple[str, ...]:
    """A window's number: counted to 99, digit by digit from 100 on, as numbers on doors are said."""
    if number >= 100:
        return tuple(_ONES[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    if number < len(_ONES):
        return (_ONES[number],)
    return (_TENS[tens], *([_ONES[ones]] if ones else []))
