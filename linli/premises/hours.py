"""Opening hours: how people write them, a week of spans, and whether it is open. Plain functions.

A week is seven days, Monday first; a day is spans ``(from, to)`` in minutes since midnight. A span
may end after midnight (``to`` beyond 1440): a bar's Friday night belongs to Friday.
"""

import re
from collections.abc import Sequence
from datetime import datetime

DAY = 24 * 60
type Span = tuple[int, int]
type Week = tuple[tuple[Span, ...], ...]

ALWAYS: Week = (((0, DAY),),) * 7
_DAYS = "一二三四五六日"
_ALIASES = {"天": "日", "7": "日", **{str(n): _DAYS[n - 1] for n in range(1, 7)}}
_AROUND_THE_CLOCK = re.compile(r"^(24/7|24\s*小时.*|全天.*)$")
_SPAN = re.compile(r"(\d{1,2})[:：](\d{2})\s*[-–—~至到]\s*(\d{1,2})[:：](\d{2})")
_DAY_OF_WEEK = r"(?:周|星期)?([一二三四五六日天1-7])"
_WHEN = re.compile(rf"^{_DAY_OF_WEEK}(?:\s*[-–—~至到]\s*{_DAY_OF_WEEK})?")


def read_hours(text: str) -> Week:
    """Read "周一至周五 08:00-18:00；周六 09:00-12:00", "每天 07:00-23:00" or "24小时".

    Days that are not named are closed. An empty text is the empty week; raises ValueError for what
    can't be read.
    """
    text = text.strip()
    if not text:
        return ()
    if _AROUND_THE_CLOCK.match(text):
        return ALWAYS
    week: list[list[Span]] = [[] for _ in range(7)]
    for part in re.split(r"[;；\n]", text):
        if part := part.strip():
            days, rest = _days(part)
            spans = [_span(*map(int, found)) for found in _SPAN.findall(rest)]
            if not spans or _SPAN.sub("", rest).strip(" ,，、"):
                raise ValueError(part)
            for day in days:
                week[day] += spans
    return tuple(tuple(sorted(day)) for day in week)


def _days(part: str) -> tuple[list[int], str]:
    for word in ("每天", "每日"):
        if part.startswith(word):
            return list(range(7)), part.removeprefix(word)
    found = _WHEN.match(part) if not _SPAN.match(part) else None
    if found is None:
        return list(range(7)), part
    first, last = (_DAYS.index(_ALIASES.get(one, one)) for one in (found[1], found[2] or found[1]))
    if last < first:
        raise ValueError(part)
    return list(range(first, last + 1)), part[found.end() :]


def _span(from_hour: int, from_minute: int, to_hour: int, to_minute: int) -> Span:
    begins, ends = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    if begins >= DAY or ends > DAY or from_minute > 59 or to_minute > 59:
        raise ValueError
    return begins, ends if ends > begins else ends + DAY


def write_hours(week: Sequence[Sequence[Sequence[int]]]) -> str:
    """Write a week as :func:`read_hours` reads it, days with the same hours together."""
    if not week:
        return ""
    days = [tuple((span[0], span[1]) for span in day) for day in week]
    if tuple(days) == ALWAYS:
        return "24小时"
    parts, first = [], 0
    for day in range(1, 8):
        if day < 7 and days[day] == days[first]:
            continue
        if days[first]:
            parts.append(f"{_named(first, day - 1)} {', '.join(map(_written, days[first]))}")
        first = day
    return "；".join(parts)


def _named(first: int, last: int) -> str:
    if (first, last) == (0, 6):
        return "每天"
    return f"周{_DAYS[first]}" + (f"至周{_DAYS[last]}" if last > first else "")


def _written(span: Span) -> str:
    begins, ends = span
    ends = ends - DAY if ends > DAY else ends
    return f"{begins // 60:02}:{begins % 60:02}-{ends // 60:02}:{ends % 60:02}"


def is_open(week: Sequence[Sequence[Sequence[int]]], there: datetime) -> bool | None:
    """Say whether it is open at ``there`` (the city's own time); None where nobody told hours."""
    if not week:
        return None
    minute, day = there.hour * 60 + there.minute, there.weekday()
    today = any(begins <= minute < ends for begins, ends in week[day])
    return today or any(begins <= minute + DAY < ends for begins, ends in week[day - 1])
