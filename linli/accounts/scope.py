"""Row scope, once: what an actor may see, as a Django filter and as a row-security condition.

Both say the same: a row is visible when its area lies in one of the actor's areas, or when it is
placed with one of the actor's units. The filter lets PostgreSQL use an index (an area and all
below it are one range of codes); the condition is enforced by the database whatever the filter.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from django.db.models import Q

from linli.accounts.actor import Actor
from linli.kernel.row_security import AREAS, scoped

# Codes are digits, so every code below an area sorts before the area's code followed by this.
AFTER_DIGITS = ":"


def in_area(code: str, field: str = "area") -> Q:
    """Return the filter "``field`` is this area or below it", as one range."""
    return Q(**{f"{field}__gte": code, f"{field}__lt": code + AFTER_DIGITS})


def in_areas(actor: Actor, field: str = "area") -> Q:
    """Return the filter "``field`` lies in one of the actor's areas"."""
    found = Q(pk__in=[])
    for code in actor.areas:
        found |= in_area(code, field)
    return found


def in_areas_sql(column: str) -> str:
    """Return the same as a row-security condition on ``column``; the list is read once a statement."""
    return f"({column} ^@ ANY ((SELECT {AREAS})::text[]))"


def ranges(actor: Actor) -> list[tuple[str, str]]:
    """Return the actor's areas as ranges of codes, from the first code up to before the second."""
    if actor.is_system:
        return [("", AFTER_DIGITS)]
    return [(code, code + AFTER_DIGITS) for code in actor.areas]


def gaps(actor: Actor) -> list[tuple[str, str]]:
    """Return the ranges of codes between the actor's areas: what only a unit can make visible."""
    inner = [end for span in ranges(actor) for end in span]
    ends = iter(["", *inner, AFTER_DIGITS])
    return [(low, high) for low, high in zip(ends, ends, strict=True) if low < high]


def acting(actor: Actor) -> AbstractContextManager[None]:
    """Run a block under the actor's scope; the system acts as owner, outside row security."""
    if actor.is_system:
        return nullcontext()
    return scoped(actor.areas, actor.units, actor.user_id)


def own_transactions[**P, R](view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view that opens its own scopes, one transaction each: it does many things at once."""
    view.own_transactions = True  # type: ignore[attr-defined]
    return view
