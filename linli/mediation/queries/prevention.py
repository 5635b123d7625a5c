"""Prevention work, day by day: what the form's sums are made of."""

from django.db.models import Q, QuerySet

from linli.accounts.actor import Actor
from linli.accounts.scope import in_area, in_areas
from linli.kernel.periods import Period
from linli.mediation.models import Committee, Prevention
from linli.mediation.policy import MEDIATORS
from linli.mediation.queries.counted import day_and_key

PAGE = 50


def own_committees(actor: Actor) -> QuerySet[Committee]:
    """Return the committees the actor is a member of."""
    units = [unit for unit in actor.units if actor.works_in(unit, MEDIATORS)]
    return Committee.objects.filter(unit__in=units, unit__closed_on=None).order_by("name")


def work_of(
    actor: Actor, area: str, period: Period, *, after: str = "", size: int = PAGE
) -> tuple[list[Prevention], str]:
    """Return what committees of an area did in a period, as far as the actor sees it.

    The newest day first, with the cursor of the page that follows (empty: none).
    """
    seen = in_areas(actor, "committee__unit__area_id") | Q(committee__unit__in=actor.units)
    found = Prevention.objects.filter(
        seen, in_area(area, "committee__unit__area_id"), day__gte=period.since, day__lt=period.until
    )
    if (place := day_and_key(after)) is not None:
        day, key = place
        found = found.filter(Q(day__lt=day) | Q(day=day, id__lt=key))
    newest = found.select_related("committee", "recorded_by").order_by("-day", "-id")
    rows = list(newest[: size + 1])
    if len(rows) <= size:
        return rows, ""
    last = rows[size - 1]
    return rows[:size], f"{last.day.isoformat()}_{last.id}"
