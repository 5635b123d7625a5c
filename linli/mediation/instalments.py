"""Instalments: a sum split into equal monthly parts, to the cent."""

from calendar import monthrange
from datetime import date
from decimal import ROUND_DOWN, Decimal

_CENT = Decimal("0.01")


def split(total: Decimal, parts: int, first: date) -> list[tuple[Decimal, date]]:
    """Return ``parts`` (amount, day) that add up to ``total``; the last takes the odd cents.

    Days are those of ``first`` month by month; where a month is shorter, its last day.
    """
    if parts < 1 or total < _CENT * parts:
        raise ValueError(f"{total} can't be split into {parts}")
    each = (total / parts).quantize(_CENT, ROUND_DOWN)
    amounts = [each] * (parts - 1) + [total - each * (parts - 1)]
    return [(amount, _months_after(first, i)) for i, amount in enumerate(amounts)]


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
