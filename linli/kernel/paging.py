"""Pages of what happened, the latest first: each begins where the one before it ended."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST = 60


def page_of[M: Model](found: QuerySet[M], after: str, size: int) -> tuple[list[M], str]:
    """Return up to ``size`` rows older than the cursor ``after``, and the cursor of the next page.

    Rows have a moment ``at``; the cursor (``microseconds_key``) is empty at the end, and what is
    none begins at the latest row.
    """
    if place := _read(found.model, after):
        at, key = place
        # One comparison of pairs, so that the index is read from there on.
        found = found.filter(Q(at__lt=at) | Q(at=at, pk__lt=key), at__lte=at)
    rows = list(found.order_by("-at", "-pk")[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return rows, _cursor(rows[-1]) if more else ""


def _cursor(row: Any) -> str:
    return f"{(row.at - _EPOCH) // timedelta(microseconds=1)}_{row.pk}"


def _read(model: type[Model], text: str) -> tuple[datetime, Any] | None:
    moment, _, key = text.partition("_")
    if not (moment.isascii() and moment.isdecimal()) or len(text) > _LONGEST:
        return None
    try:
        return _EPOCH + timedelta(microseconds=int(moment)), model._meta.pk.to_python(key)
    except (OverflowError, ValidationError):
        return None
