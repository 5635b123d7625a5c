"""What a wall shows: an area as a whole, then each township in it, one after the other."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Count
from django.db.models.functions import Left
from django.utils import timezone

from linli.accounts.scope import in_area
from linli.areas.codes import LENGTH_OF, Level
from linli.areas.models import Area
from linli.cases.models import Case
from linli.insight import queries
from linli.insight.models import Facet
from linli.insight.queries import Now
from linli.kernel.periods import Period
from linli.kernel.working_days import local_date

_TOWNSHIP = LENGTH_OF[Level.TOWNSHIP]


@dataclass(frozen=True, slots=True)
class Panel:
    """One area on the wall: what came in and what was resolved since midnight, and what is open."""

    area: Area
    registered: int
    resolved: int
    now: Now

    @property
    def lights(self) -> list[tuple[str, int]]:
        """The open cases by their light, the gravest first."""
        return [("red", self.now.red), ("yellow", self.now.yellow), ("blue", self.now.blue)]


def panels(area: Area, at: datetime) -> list[Panel]:
    """Return the panel of an area and one of each part of it: its townships, or what lies below.

    Six queries, however many parts; all counted within the scope of the session.
    """
    parts = _parts(area)
    length = len(parts[0].code) if parts else len(area.code)
    codes = [part.code for part in parts if len(part.code) == length]
    today = Period(local_date(at), local_date(at))
    came = queries.below(area.code, codes, today, at, (Facet.STATE,)) if codes else {}
    whole = queries.figures(area.code, today, at, (Facet.STATE,)).total().cases
    solved = _resolved(area.code, length, at)
    open_now = queries.now(area.code, at, length)
    rows = [Panel(area, whole, sum(solved.values()), queries.sum_of(open_now.values()))]
    rows += [
        Panel(part, came[part.code].total().cases, solved[part.code],
              open_now.get(part.code, Now()))
        for part in parts
        if part.code in came
    ]  # fmt: skip
    return rows


def _parts(area: Area) -> list[Area]:
    living = Area.objects.filter(in_area(area.code, "code"), abolished_on=None)
    if len(area.code) < _TOWNSHIP:
        return list(living.filter(level=Level.TOWNSHIP).order_by("code"))
    return list(living.filter(parent=area.code).order_by("code"))


def _resolved(area: str, length: int, at: datetime) -> Counter[str]:
    midnight = datetime.combine(local_date(at), time(), tzinfo=timezone.get_default_timezone())
    found: Iterable[tuple[str, int]] = (
        Case.objects.filter(in_area(area), resolved_at__gte=midnight)
        .annotate(part=Left("area_id", length))
        .values_list("part")
        .annotate(Count("id"))
        .order_by()
    )
    return Counter(dict(found))
