"""The cameras somebody sees, chosen by filters, a page at a time; and how many of which there are."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from linli.accounts.actor import Actor
from linli.accounts.scope import in_area
from linli.areas.models import Unit
from linli.cameras import lifecycle
from linli.cameras.models import Camera
from linli.cameras.policy import units_of, visible_to

PAGE = 50
# What may be asked of filings: still to be filed in time, too late, changed since, and filed.
FILINGS = ("due", "overdue", "again", "filed")
_SOON = timedelta(days=lifecycle.FILING_DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is chosen; everything may be left out. ``state`` may be a
    group: ``bad`` (anything wrong), ``out`` (no picture) or ``fault`` (to be mended).
    """

    words: str = ""
    area: str = ""
    legal_class: str = ""
    owner: UUID | None = None
    state: str = ""
    filing: str = ""
    place_kind: str = ""
    shared: bool = False
    retired: bool = False

    def condition(self, actor: Actor, today: date) -> Q:
        """Return the filter, without what the actor may see at all."""
        found = Q(retired_on__isnull=not self.retired)
        if self.words:
            found &= Q(name__icontains=self.words) | Q(code__startswith=self.words)
        if self.area:
            found &= in_area(self.area, "area_id")
        for name in ("legal_class", "place_kind"):
            if value := getattr(self, name):
                found &= Q(**{name: value})
        if self.owner:
            found &= Q(owner=self.owner)
        if self.shared:
            units = units_of(actor)
            found &= ~Q(owner__in=units) & ~Q(managing__in=units) & Q(of_centre=False)
        return found & _of_state(self.state) & _of_filing(self.filing, today)


def _of_state(state: str) -> Q:
    if not state:
        return Q()
    groups = {"bad": lifecycle.BAD, "out": lifecycle.OUTAGES, "fault": lifecycle.FAULTS}
    if state in groups:
        return Q(health__state__in=groups[state])
    if state == lifecycle.UNKNOWN:
        return Q(health=None) | Q(health__state=state)
    return Q(health__state=state)


def _of_filing(filing: str, today: date) -> Q:
    match filing:
        case "due":
            return Q(filing_due__gte=today)
        case "overdue":
            return Q(filing_due__lt=today)
        case "again":
            return Q(filing_due__isnull=False, filed_on__isnull=False)
        case "filed":
            return Q(filing_due=None)
    return Q()


def selected(actor: Actor, selection: Selection, today: date) -> QuerySet[Camera]:
    """Return the cameras that are selected and that the actor may see."""
    return Camera.objects.filter(visible_to(actor), selection.condition(actor, today))


def page(
    actor: Actor, selection: Selection, today: date, *, after: str = "", size: int = PAGE
) -> tuple[list[Camera], str]:
    """Return up to ``size`` cameras by their codes, and the cursor of the page that follows."""
    found = selected(actor, selection, today).select_related("area", "owner", "managing", "health")
    code, _, key = after.partition("~")
    if code and key:
        with suppress(ValueError):
            found = found.filter(Q(code__gt=code) | Q(code=code, id__gt=UUID(key)))
    rows = list(found.order_by("code", "id")[: size + 1])
    if len(rows) <= size:
        return rows, ""
    rows = rows[:size]
    return rows, f"{rows[-1].code}~{rows[-1].id}"


def counts(actor: Actor, selection: Selection, today: date) -> dict[str, int]:
    """Return how many are selected: in all, with a good picture, with something wrong, to be filed."""
    asked: dict[str, Any] = {
        "all": Count("pk"),
        "good": Count("pk", filter=Q(health__state=lifecycle.OK)),
        "out": Count("pk", filter=Q(health__state__in=lifecycle.OUTAGES)),
        "fault": Count("pk", filter=Q(health__state__in=lifecycle.FAULTS)),
        "due": Count("pk", filter=Q(filing_due__gte=today)),
        "overdue": Count("pk", filter=Q(filing_due__lt=today)),
    }
    return selected(actor, selection, today).aggregate(**asked)


def owners(actor: Actor) -> list[tuple[UUID, str]]:
    """Return the owners of cameras the actor sees, by name."""
    seen = Camera.objects.filter(visible_to(actor)).order_by().values("owner").distinct()
    return list(Unit.objects.filter(pk__in=seen).order_by("name").values_list("id", "name"))
