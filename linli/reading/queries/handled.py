"""Handled cases as something to learn from: texts without personal data, and how they were classed."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.db.models import Exists, OuterRef

from linli.cases.actions.parties import opened
from linli.cases.models import Case, Party
from linli.reading.masking import masked

MOST_CASES = 24_000
_CHUNK = 2_000
_KNOWN = ("name", "phone", "address", "identity_number")


class Handled(NamedTuple):
    """A handled case: its text, masked, and the category it was closed with."""

    text: str
    category: str
    resolved_at: datetime


def handled_cases(most: int = MOST_CASES) -> list[Handled]:
    """Return the newest handled cases with a category, oldest first.

    A case of which anything personal was erased is left out whole: what was erased from the party
    may still stand in the text. Run by the worker, who may open the parties to mask them.
    """
    erased = Party.objects.filter(case=OuterRef("pk"), erased_at__isnull=False)
    rows = list(
        Case.objects.filter(~Exists(erased), resolved_at__isnull=False, category__isnull=False)
        .filter(category__retired=False)
        .order_by("-resolved_at")
        .values_list("id", "title", "description", "place", "category_id", "resolved_at")[:most]
    )
    found = []
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        known = _known_of([row[0] for row in chunk])
        for key, title, description, place, category, resolved_at in chunk:
            text = masked(f"{title}\n{description}\n{place}".strip(), known.get(key, ()))
            if resolved_at:
                found.append(Handled(text, category, resolved_at))
    return found[::-1]


def _known_of(cases: list[UUID]) -> dict[UUID, list[str]]:
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    for party in Party.objects.filter(case__in=cases, erased_at=None):
        try:
            personal = opened(party)
        except InvalidTag:
            continue
        if party.case_id:
            found[party.case_id] += [str(personal[name]) for name in _KNOWN if personal.get(name)]
    return found


def newest_handled() -> datetime | None:
    """Return when the newest handled case was resolved."""
    return (
        Case.objects.filter(resolved_at__isnull=False, category__isnull=False)
        .order_by("-resolved_at")
        .values_list("resolved_at", flat=True)
        .first()
    )


def handled_since(at: datetime) -> int:
    """Return how many cases were handled after a moment."""
    return Case.objects.filter(resolved_at__gt=at, category__isnull=False).count()
