"""Find patterns: matters of one category that came back from one place within a year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from linli.alike.models import Pattern
from linli.alike.places import spot_of
from linli.cases.choices import Kind
from linli.cases.lifecycle import MERGED, OPEN, WITHDRAWN
from linli.cases.models import Case

WITHIN = timedelta(days=365)
# Fewer is chance.
LEAST = 3
# Quarrels in a family come from a home: their pattern would be one of people.
_OF_PEOPLE = frozenset({"family"})
type Key = tuple[str, str, str]


@dataclass(slots=True)
class _Found:
    first: datetime
    last: datetime
    cases: int = 0
    still_open: int = 0
    latitude: float | None = None
    longitude: float | None = None


def find_patterns(at: datetime) -> int:
    """Make the patterns anew from the cases of the last year and return how many there are."""
    cases = Case.objects.filter(
        opened_at__gte=at - WITHIN, opened_at__lte=at, category__isnull=False
    )
    cases = cases.exclude(state__in=[MERGED, WITHDRAWN]).exclude(kind=Kind.CONSULTATION)
    found = _counted(
        cases.exclude(category__in=_OF_PEOPLE)
        .values_list(
            "area_id", "place", "category_id", "latitude", "longitude", "opened_at", "state"
        )
        .iterator(chunk_size=5000)
    )
    patterns = [
        _pattern(key, one) for key, one in sorted(found.items()) if one.cases >= LEAST
    ]  # fmt: skip
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM alike_pattern")
        Pattern.objects.bulk_create(patterns, batch_size=2000)
    return len(patterns)


def _counted(rows: Iterable[tuple[Any, ...]]) -> dict[Key, _Found]:
    found: dict[Key, _Found] = {}
    for area, place, category, latitude, longitude, opened, state in rows:
        spot = spot_of(place, latitude, longitude)
        if not spot:
            continue
        one = found.setdefault((area, spot, category), _Found(opened, opened))
        one.cases += 1
        one.still_open += state in OPEN
        one.first = min(one.first, opened)
        one.last = max(one.last, opened)
        if latitude is not None and one.latitude is None:
            one.latitude, one.longitude = latitude, longitude
    return found


def _pattern(key: Key, one: _Found) -> Pattern:
    area, spot, category = key
    return Pattern(
        area=area, spot=spot, category=category, latitude=one.latitude, longitude=one.longitude,
        cases=one.cases, still_open=one.still_open, first_at=one.first, last_at=one.last,
    )  # fmt: skip
