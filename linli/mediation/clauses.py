"""Clauses of an agreement: a text whose fields are filled from what is owed, so that both agree.

A field stands in braces: ``{amount}`` is that of the first obligation, ``{amount:2}`` that of the
second. Money and days are written once, as data; the sentence follows them. The words are Chinese:
an agreement is a paper in Chinese.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_FIELD = re.compile(r"\{([a-z_]+)(?::(\d+))?\}")
# What is meant as a field, well written or not, and a brace without its other half.
_MEANT = re.compile(r"\{[^{}]*\}|[{}]")


@dataclass(frozen=True, slots=True)
class Due:
    """One thing owed, with the names to be shown. ``amount`` is in yuan, None for an act."""

    debtor: str
    creditor: str
    amount: Decimal | None
    text: str
    due_on: date


class UnknownField(ValueError):
    """A clause names a field that there is not, or an obligation that nobody has written."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def chinese_day(day: date) -> str:
    """Return a day as papers write it: 2026年4月10日."""
    return f"{day.year}年{day.month}月{day.day}日"


def yuan(amount: Decimal) -> str:
    """Return an amount as papers write it: 2,500.00元."""
    return f"{amount:,.2f}元"


def _amount(due: Due) -> str:
    if due.amount is None:
        raise UnknownField("amount")
    return yuan(due.amount)


# Fields of one obligation.
ONE: dict[str, Callable[[Due], str]] = {
    "debtor": lambda due: due.debtor,
    "creditor": lambda due: due.creditor,
    "amount": _amount,
    "act": lambda due: due.text,
    "due_on": lambda due: chinese_day(due.due_on),
}


def _total(dues: Sequence[Due]) -> str:
    return yuan(sum((due.amount for due in dues if due.amount is not None), Decimal()))


def _instalments(dues: Sequence[Due]) -> str:
    paid = [due for due in dues if due.amount is not None]
    parts = [
        f"第{place}期于{chinese_day(due.due_on)}前支付{_amount(due)}"
        for place, due in enumerate(paid, 1)
    ]
    return "；".join(parts)


# Fields of all obligations together.
ALL: dict[str, Callable[[Sequence[Due]], str]] = {
    "total": _total,
    "count": lambda dues: str(sum(due.amount is not None for due in dues)),
    "instalments": _instalments,
}


def filled(text: str, dues: Sequence[Due]) -> str:
    """Return a clause with its fields filled; raises :class:`UnknownField`."""

    def fill(found: re.Match[str]) -> str:
        name, place = found[1], int(found[2] or 1)
        if name in ALL:
            return ALL[name](dues)
        if name not in ONE or not 1 <= place <= len(dues):
            raise UnknownField(found[0])
        return ONE[name](dues[place - 1])

    return _FIELD.sub(fill, text)


# What each field says, for whoever writes a clause.
WORDS: Mapping[str, str | Promise] = {
    "debtor": _("who owes it"),
    "creditor": _("to whom it is owed"),
    "amount": _("the amount"),
    "act": _("what is to be done"),
    "due_on": _("the day it is due"),
    "total": _("all payments together"),
    "count": _("how many payments"),
    "instalments": _("each payment with its day"),
}


def check_fields(text: str) -> None:
    """Raise :class:`UnknownField` where a text names a field that no agreement could fill."""
    for found in _MEANT.finditer(text):
        field = _FIELD.fullmatch(found[0])
        if field is None or not _can_be(field[1], field[2]):
            raise UnknownField(found[0])


def told(text: str) -> str:
    """Return a clause with each field in words, to be read: 〔who owes it〕."""
    return _FIELD.sub(_in_words, text)


def _can_be(name: str, place: str | None) -> bool:
    """The first obligation is number 1; what is of all of them has no number."""
    return name in ALL and not place if name not in ONE else place is None or int(place) > 0


def _in_words(found: re.Match[str]) -> str:
    name, place = found[1], found[2]
    word = WORDS.get(name, name)
    return f"〔{word} {place}〕" if place else f"〔{word}〕"
