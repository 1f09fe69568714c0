"""The only syllables a call needs, in pinyin with tone numbers.

espeak-ng's voice `cmn` misreads some characters; its voice `cmn-latn-pinyin` reads pinyin, so we say how.
"""

SYLLABLES = {
    "请": "qing3",
    "号": "hao4",
    "到": "dao4",
    "窗": "chuang1",
    "口": "kou3",
    "零": "ling2",
    "一": "yi1",
    "二": "er4",
    "三": "san1",
    "四": "si4",
    "五": "wu3",
    "六": "liu4",
    "七": "qi1",
    "八": "ba1",
    "九": "jiu3",
    "十": "shi2",
    "百": "bai3",
    "杠": "gang4",
}
DIGITS = "零一二三四五六七八九"


def syllable(character: str) -> str:
    """How one character of a spoken call is said; Latin letters by their own name.

    Raises:
        KeyError: If no call can contain the character.
    """
    if character.isascii() and character.isalpha():
        return character
    return SYLLABLES[character]


def counted(number: int) -> str:
    """A window number as it is counted aloud: 12 is 十二, 105 is 一百零五.

    Raises:
        ValueError: If it is not within 1 to 999.
    """
    if not 1 <= number <= 999:
        raise ValueError(f"windows are numbered 1 to 999, not {number}")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")
