"""Numbers of articles, paragraphs and items as Chinese law writes them, and as keys."""

import re
import unicodedata

_DIGITS = {
    **{digit: value for value, digit in enumerate("零一二三四五六七八九")},
    "〇": 0,
    "两": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = "零〇一二两三四五六七八九十百千"
# What may stand for a number in a citation: 六百七十五, 675, ６７５.
NUMBER = rf"(?:[0-9０-９]{{1,4}}|[{NUMERAL}]{{1,9}})"


def number_of(text: str) -> int | None:
    """Return the number that ``text`` writes (``六百七十五``, ``675``, ``６７５``), or None."""
    plain = unicodedata.normalize("NFKC", text)
    if plain.isdecimal():
        return int(plain)
    total, digit = 0, 0
    for sign in plain:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        elif sign in _DIGITS:
            # 二〇二一 is written digit by digit.
            digit = digit * 10 + _DIGITS[sign]
        else:
            return None
    return total + digit if plain else None


def numeral_of(number: int) -> str:
    """Return a number from 1 to 9999 as law writes it: 675 is 六百七十五, 10 is 十, 105 一百零五."""
    signs = "零一二三四五六七八九"
    words, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            words += ("零" if gap and words else "") + signs[digit] + name
            gap = False
        else:
            gap = True
    return words.removeprefix("一") if 10 <= number < 20 else words


def key_of(number: int, branch: int | None = None) -> str:
    """Return an article's key: ``120`` or, for 第一百二十条之一, ``120-1``."""
    return f"{number}-{branch}" if branch else str(number)


def label_of(key: str) -> str:
    """Return how law writes the article with this key: ``120-1`` is 第一百二十条之一."""
    found = re.fullmatch(r"(\d+)(?:-(\d+))?", key.partition(".")[0])
    if found is None or found[1] == "0":
        return key
    label = f"第{numeral_of(int(found[1]))}条"
    return f"{label}之{numeral_of(int(found[2]))}" if found[2] else label
