"""What a cell says: moments, numbers, telephones, identity numbers. Texts in, values or None out."""

import re
import unicodedata
from datetime import datetime, timedelta
from datetime import time as clock_time
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from stdnum.cn import ric

# A day without an hour stands for its noon.
NOON = clock_time(12, 0)
# Excel counts days from here (1900 was no leap year, though Lotus thought so).
_EXCEL = datetime(1899, 12, 30)  # noqa: DTZ001 - the city's own time, as the sheet has it
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000  # 1954 to 2119

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_PLAIN_DAY = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?=$|[\sT]|\d{6}$|\d{4}$)")
_HOUR = re.compile(
    r"\s*[T,，]?\s*(上午|下午|晚上|晚|AM|PM)?\s*(\d{1,2})\s*[:时点]\s*(?:(\d{1,2})\s*(?:[:分]\s*(?:(\d{1,2})(?:\.\d+)?\s*秒?)?)?)?"
    r"\s*(AM|PM)?\s*(?:Z|[+-]\d{2}:?\d{2})?\s*"
)
_PLAIN_HOUR = re.compile(r"\s*T?(\d{2})(\d{2})(\d{2})?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_CHINESE_DAY = re.compile(
    r"([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)
_PHONE = re.compile(r"\+?[\d][\d\s()-]{5,19}\d")
_LOST = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")


def folded(text: str) -> str:
    """Return a text with full-width letters and digits made plain, and without outer blanks."""
    return unicodedata.normalize("NFKC", text).strip()


@lru_cache(maxsize=50_000)
def moment_in(text: str) -> tuple[datetime, bool] | None:
    """Return the moment a cell names in the city's time, and whether it names an hour.

    Reads 2024-03-01, 2024/3/1, 2024.3.1, 2024年3月1日, 20240301, 二〇二四年三月一日 and Excel's
    day numbers, each with or without a time of day; None for anything else.
    """
    plain = folded(text).upper()
    if _SERIAL.fullmatch(plain):
        return _from_serial(float(plain))
    if found := _CHINESE_DAY.match(plain):
        year, month, day = (found[1].translate(_DIGITS), _ten(found[2]), _ten(found[3]))
        rest = plain[found.end() :]
    elif found := _DAY.match(plain) or _PLAIN_DAY.match(plain):
        year, month, day = found[1], int(found[2]), int(found[3])
        rest = plain[found.end() :]
    else:
        return None
    hour = _hour_in(rest)
    if hour is None:
        return None
    zone = ZoneInfo(settings.TIME_ZONE)
    try:
        named = bool(rest.strip())
        return datetime(int(year), month, day, *(hour if named else (12, 0, 0)), tzinfo=zone), named
    except ValueError:
        return None


def _hour_in(text: str) -> tuple[int, int, int] | None:
    """Return hour, minute and second; midnight for no text, None for a text that is no time."""
    if not text.strip():
        return (0, 0, 0)
    found = _HOUR.fullmatch(text)
    if found:
        half = found[1] or found[5] or ""
        hour = int(found[2])
        if half in ("下午", "晚上", "晚", "PM") and hour < 12:
            hour += 12
        return hour, int(found[3] or 0), int(found[4] or 0)
    found = _PLAIN_HOUR.fullmatch(text)
    return (int(found[1]), int(found[2]), int(found[3] or 0)) if found else None


def _from_serial(days: float) -> tuple[datetime, bool] | None:
    if not _FIRST_SERIAL <= days <= _LAST_SERIAL:
        return None
    moment = _EXCEL + timedelta(seconds=round(days * 86_400))
    if not days.is_integer():
        return moment.replace(tzinfo=ZoneInfo(settings.TIME_ZONE)), True
    noon = datetime.combine(moment.date(), NOON, ZoneInfo(settings.TIME_ZONE))
    return noon, False


def _ten(text: str) -> int:
    """Read a number up to 99 in characters, such as 二十一."""
    tens, mark, ones = text.rpartition("十")
    if not mark:
        return int(text.translate(_DIGITS))
    return (int(tens.translate(_DIGITS)) if tens else 1) * 10 + int(ones.translate(_DIGITS) or 0)


def number_in(text: str) -> float | None:
    """Return the number a cell holds, with or without a unit behind it, such as 12人."""
    found = re.match(r"-?\d+(?:\.\d+)?", folded(text).replace(",", ""))
    return float(found[0]) if found else None


def is_phone(text: str) -> bool:
    """Say whether a cell looks like a telephone number."""
    plain = folded(text)
    digits = sum(character.isdigit() for character in plain)
    return 7 <= digits <= 13 and _PHONE.fullmatch(plain) is not None and moment_in(plain) is None


def is_identity(text: str) -> bool:
    """Say whether a cell is a resident identity number with a correct check digit."""
    plain = folded(text).upper()
    return len(plain) == 18 and bool(ric.is_valid(plain))


def has_lost_digits(text: str) -> bool:
    """Say whether a long number was kept as a number: a sheet keeps 15 digits and drops the rest."""
    return _LOST.fullmatch(folded(text)) is not None


def is_moment(text: str) -> bool:
    """Say whether a cell names a day."""
    return moment_in(text) is not None
