"""The city's library of clauses, as its pages show it."""

from django.db.models import Max

from linli.mediation.models import Clause

# New clauses leave room between them.
_STEP = 10


def library(category: str = "", *, retired: bool = False) -> list[Clause]:
    """Return the clauses in their order: all, or those offered for exactly this type or for all."""
    found = Clause.objects.filter(retired=retired)
    if category:
        found = found.filter(categories=[]) | found.filter(categories__contains=[category])
    return list(found.order_by("position", "title", "id"))


def next_position() -> int:
    """Return the place behind all clauses that are offered."""
    last = Clause.objects.filter(retired=False).aggregate(last=Max("position"))["last"] or 0
    return last + _STEP
