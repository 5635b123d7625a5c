"""Lists of dispatch: open incidents, units, and incidents of before."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Case, IntegerField, Q, Value, When

from linli.accounts.actor import Actor
from linli.dispatch import lifecycle
from linli.dispatch.models import Assignment, DispatchUnit, Incident
from linli.dispatch.policy import units_known_to, visible_to
from linli.dispatch.queries.clocks import Clocked, clocks_of, most_pressing

MOST_SHOWN = 200
# What is looked at for "is this the same?": near in time and place.
SAME_WITHIN = timedelta(minutes=60)
SAME_DEGREES = 0.006
_PAST = 50
_STATUS_ORDER = (
    lifecycle.AVAILABLE, lifecycle.ASSIGNED, lifecycle.EN_ROUTE, lifecycle.AT_SCENE,
    lifecycle.OUT_OF_SERVICE, lifecycle.OFF_DUTY,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """An open incident in the list: what is out to it, and its most pressing clock."""

    incident: Incident
    out: tuple[Assignment, ...]
    clock: Clocked | None
    light: str
    wants_help: bool


def open_incidents(actor: Actor, at: datetime) -> tuple[list[Row], int]:
    """Return the open incidents the actor sees, the most urgent first, and how many there are."""
    found = Incident.objects.filter(visible_to(actor), state=lifecycle.OPEN)
    count = found.count()
    incidents = list(
        found.select_related("kind", "area", "case").order_by("priority", "received_at", "id")[
            :MOST_SHOWN
        ]
    )
    out = out_to([incident.id for incident in incidents])
    return [_row(incident, out[incident.id], at) for incident in incidents], count


def out_to(incidents: Sequence[UUID]) -> defaultdict[UUID, list[Assignment]]:
    """Return what is out to each incident, in the order it was sent."""
    found: defaultdict[UUID, list[Assignment]] = defaultdict(list)
    rows = Assignment.objects.filter(incident__in=incidents, ended_at=None).select_related("unit")
    for one in rows.order_by("assigned_at", "id"):
        found[one.incident_id].append(one)
    return found


def _row(incident: Incident, out: Sequence[Assignment], at: datetime) -> Row:
    clock = most_pressing(clocks_of(incident))
    wants_help = any(one.help_at for one in out)
    light = "red" if wants_help else clock.light(at) if clock else ""
    return Row(incident, tuple(out), clock, light, wants_help)


def units_of_desk(actor: Actor, kind: str = "", status: str = "") -> list[DispatchUnit]:
    """Return the units the actor sees, those that can be sent first."""
    order = Case(
        *[When(status=one, then=Value(n)) for n, one in enumerate(_STATUS_ORDER)],
        output_field=IntegerField(),
    )
    found = DispatchUnit.objects.filter(units_known_to(actor), retired_at=None)
    if kind:
        found = found.filter(kind=kind)
    if status:
        found = found.filter(status=status)
    return list(
        found.select_related("area", "standby")
        .annotate(turn=order)
        .order_by("kind", "turn", "name")
    )


def past_incidents(actor: Actor, before: tuple[datetime, UUID] | None = None) -> list[Incident]:
    """Return incidents that are over, the latest first, at most fifty older than ``before``."""
    found = Incident.objects.filter(visible_to(actor)).exclude(state=lifecycle.OPEN)
    if before:
        at, key = before
        found = found.filter(Q(received_at__lt=at) | Q(received_at=at, pk__lt=key))
    rows = found.select_related("kind", "area", "case").order_by("-received_at", "-id")
    return list(rows[: _PAST + 1])


def perhaps_the_same(
    actor: Actor,
    at: datetime,
    area: str,
    point: tuple[float, float] | None,
    besides: UUID | None = None,
) -> list[Incident]:
    """Return open incidents of the last hour that are near, or in the same area where no point is."""
    near = Q(area=area) if area else Q(pk__in=[])
    if point:
        x, y = point
        near |= Q(
            longitude__range=(x - SAME_DEGREES, x + SAME_DEGREES),
            latitude__range=(y - SAME_DEGREES, y + SAME_DEGREES),
        )
    found = Incident.objects.filter(
        visible_to(actor), near, state=lifecycle.OPEN, received_at__gte=at - SAME_WITHIN
    )
    if besides is not None:
        found = found.exclude(pk=besides)
    return list(found.select_related("kind", "area").order_by("-received_at")[:5])
