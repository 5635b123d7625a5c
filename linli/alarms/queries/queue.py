"""Reads of alarms: the queue as the desk sees it, one alarm with its life, and what came before."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.scope import in_area
from linli.alarms import lifecycle
from linli.alarms.models import Alarm, Event, Refused, Signal
from linli.alarms.policy import visible_to
from linli.areas.places import area_names
from linli.kernel.errors import NotFound
from linli.kernel.row_security import unscoped

# So many open alarms stand on a page; the rest is counted.
MOST = 300
PAGE = 50
_WAITING = Q(state__in=lifecycle.WAITING)
# What nobody has answered, then what somebody looks after; a test never before a real one.
RANK = Case(
    When(_WAITING & Q(is_test=False), then=Value(0)),
    When(Q(is_test=False), then=Value(1)),
    When(_WAITING, then=Value(2)),
    default=Value(3),
    output_field=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class Queue:
    """The open alarms in the order in which they are to be answered, and how many there are."""

    alarms: list[Alarm]
    waiting: int
    total: int


def open_alarms(actor: Actor, *, area: str = "") -> QuerySet[Alarm]:
    """Return the open alarms the actor may see, unanswered and grave ones first, then by number."""
    rows = Alarm.objects.filter(visible_to(actor), state__in=lifecycle.OPEN)
    if area:
        rows = rows.filter(in_area(area))
    return rows.annotate(rank=RANK).order_by("rank", "severity", "city", "sequence")


def queue(actor: Actor, *, area: str = "") -> Queue:
    """Return what stands on the page of alarms."""
    rows = open_alarms(actor, area=area).select_related("answered_by", "case", "area")
    found = list(rows[: MOST + 1])
    total = len(found)
    if total > MOST:
        total = rows.count()
    waiting = sum(one.state in lifecycle.WAITING for one in found)
    return Queue(found[:MOST], waiting, total)


def past(actor: Actor, *, after: UUID | None = None) -> tuple[list[Alarm], UUID | None]:
    """Return a page of alarms that were reset, the latest first, and where the next begins."""
    rows = Alarm.objects.filter(visible_to(actor), state=lifecycle.RESET)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows.select_related("area", "reset_by", "case").order_by("-id")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def alarm_for(actor: Actor, alarm_id: UUID) -> Alarm:
    """Return one alarm with what its page shows; raises ``NotFound`` where it is not the actor's."""
    rows = Alarm.objects.filter(visible_to(actor), pk=alarm_id)
    found = rows.select_related(
        "area", "premises", "device", "answered_by", "reset_by", "case"
    ).first()
    if found is None:
        raise NotFound(_("There is no such alarm here."))
    return found


def events_of(alarm: Alarm) -> list[Event]:
    """Return what happened to an alarm, the latest first."""
    return list(alarm.events.select_related("actor").order_by("-id"))


def signals_of(alarm: Alarm, most: int = 20) -> list[Signal]:
    """Return the last signals of an alarm, as far as they are kept."""
    return list(alarm.signals.order_by("-id")[:most])


def refused_of(device: UUID, most: int = 30) -> list[Refused]:
    """Return what was refused of a device, the latest day first, to whoever sees the device."""
    # Who keeps devices need not answer alarms.
    with unscoped():
        return list(Refused.objects.filter(device=device).order_by("-day", "-last_at")[:most])


def alarms_of_device(device: UUID, most: int = 10) -> list[Alarm]:
    """Return the last alarms of a device."""
    return list(Alarm.objects.filter(device=device).order_by("-received_at")[:most])


def with_paths(alarms: list[Alarm]) -> list[tuple[Alarm, str]]:
    """Return each alarm with the names of its area and those above."""
    names = area_names({alarm.area_id for alarm in alarms})
    return [(alarm, names.get(alarm.area_id, alarm.area_id)) for alarm in alarms]


def seconds_since(alarm: Alarm, now: datetime) -> int:
    """Return how long ago an alarm came, in whole seconds."""
    return max(0, int((now - alarm.received_at).total_seconds()))
