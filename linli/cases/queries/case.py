"""What the case page shows: the case, its timeline, and what hangs on it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from linli.accounts.actor import CASELESS, Actor
from linli.accounts.models import Role, User
from linli.accounts.scope import in_area
from linli.areas.codes import above
from linli.areas.models import Unit
from linli.areas.queries import POSTS
from linli.cases import lifecycle
from linli.cases.choices import State
from linli.cases.files import SEALED
from linli.cases.models import (
    Attachment,
    Case,
    Clock,
    Event,
    Extension,
    Link,
    Note,
    Party,
    Placement,
)
from linli.cases.policy import visible_to
from linli.cases.queries.offers import ARRIVALS, Facts

EVENTS_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Linked:
    """Another case that has to do with this one."""

    link: int
    id: UUID
    number: str
    title: str
    state: str
    # Of the link, not of the case: related, or the same matter.
    kind: str

    @property
    def state_label(self) -> str:
        """The state's word on the page."""
        return str(State(self.state).label)


def case_for(actor: Actor, case_id: UUID) -> tuple[Case, Facts] | None:
    """Return a case the actor may see, with what its page names, and the facts of its verbs."""
    arrival = Event.objects.filter(case=OuterRef("pk"), verb__in=ARRIVALS).order_by("-id")
    helping = Placement.objects.filter(case=OuterRef("pk"), part="helper", until=None)
    case = (
        Case.objects.filter(visible_to(actor), pk=case_id)
        .select_related("area__parent", "category", "holder", "handler", "told", "merged_into")
        .annotate(
            asked_for_time=Exists(Extension.objects.filter(case=OuterRef("pk"), decided_at=None)),
            arrived_at=Subquery(arrival.values("at")[:1]),
            arrived_in=Subquery(arrival.values("unit")[:1]),
            helping_units=ArraySubquery(helping.values("unit")),
        )
        .first()
    )
    if case is None:
        return None
    arrived = case.arrived_at if case.arrived_in == case.holder_id else None
    return case, Facts(asked_for_time=case.asked_for_time, arrived_at=arrived)


def timeline(case: Case, before: UUID | None = None) -> list[Event]:
    """Return a page of events, newest first, and one more when there are older ones.

    Each carries its note, actor and unit, and the names of the helper and the person it speaks of.
    """
    events = Event.objects.filter(case=case).select_related("note", "actor", "unit")
    if before:
        events = events.filter(pk__lt=before)
    named = events.annotate(
        helper_name=Subquery(Unit.objects.filter(pk=_fact("helper")).values("name")[:1]),
        handler_name=Subquery(User.objects.filter(pk=_fact("handler")).values("name")[:1]),
    )
    return list(named.order_by("-id")[: EVENTS_A_PAGE + 1])


def _fact(name: str) -> Cast:
    return Cast(KeyTextTransform(name, OuterRef("facts")), UUIDField())


def clocks(case: Case) -> list[Clock]:
    """Return the clocks that have not stopped, the earliest end first."""
    return list(Clock.objects.filter(case=case, stopped_at=None).order_by("due_at"))


def parties(case: Case) -> list[Party]:
    """Return the parties in the order they were added."""
    return list(Party.objects.filter(case=case).order_by("id"))


def attachments(case: Case) -> list[Attachment]:
    """Return the files that were not removed, oldest first."""
    files = Attachment.objects.filter(case=case, removed_at=None).select_related("added_by")
    files = files.exclude(content_type=SEALED)
    return list(files.order_by("id"))


def helpers(case: Case) -> list[Placement]:
    """Return the units that help with the case now."""
    now = Placement.objects.filter(case=case, part="helper", until=None)
    return list(now.select_related("unit").order_by("id"))


def linked(case: Case) -> list[Linked]:
    """Return the linked cases the session may see; row security leaves out the others."""
    links = Link.objects.filter(Q(case=case) | Q(other=case)).order_by("id")
    sides = [f"{side}__{name}" for side in ("case", "other") for name in _LINKED]
    found = []
    for link, kind, *columns in links.values_list("id", "kind", *sides):
        here, there = columns[: len(_LINKED)], columns[len(_LINKED) :]
        found.append(Linked(link, *(there if here[0] == case.id else here), kind))  # type: ignore[call-arg]
    return found


_LINKED = ("id", "number", "title", "state")


def by_number(actor: Actor, number: str) -> Case | None:
    """Return the visible case of a number as a person types it."""
    return Case.objects.filter(visible_to(actor), number=number.strip()).first()


def registered_with(case: Case) -> tuple[Unit, datetime]:
    """Return the desk that took the case in, and when: for the receipt."""
    first = Event.objects.filter(case=case).select_related("unit").order_by("id")[0]
    return first.unit, first.at


def told_at_the_end(case: Case) -> str:
    """Return what the resident was told when the case was declined or referred: for the notice."""
    if case.state not in (lifecycle.DECLINED, lifecycle.REFERRED):
        return ""
    last = Note.objects.filter(case=case, event__verb__in=("decline", "refer"))
    return last.order_by("-event").values_list("text", flat=True).first() or ""


def units_for(case: Case, actor: Actor) -> QuerySet[Unit]:
    """Return the open units the actor can send the case to: those on the way down to its place."""
    reach = Q(pk__in=[])
    for role in actor.roles:
        reach |= in_area(role.area)
    way = Q(area__in=above(case.area_id)) | in_area(case.area_id)
    units = Unit.objects.filter(way, reach, closed_on=None)
    return units.order_by("-area", "kind", "name")


def helpers_for(case: Case) -> QuerySet[Unit]:
    """Return the departments, committees and teams around the case's place that do not have it."""
    here = Placement.objects.filter(case=case, until=None)
    units = Unit.objects.filter(area__in=above(case.area_id), closed_on=None)
    return (
        units.exclude(kind__in=POSTS)
        .exclude(pk__in=here.values("unit"))
        .order_by("-area", "kind", "name")
    )


def colleagues(unit: UUID, day: date, *, but: UUID | None = None) -> QuerySet[User]:
    """Return the people who work in ``unit`` on ``day``, without the one named."""
    held = Role.objects.filter(Q(ends=None) | Q(ends__gte=day), unit=unit, starts__lte=day)
    held = held.exclude(kind__in=CASELESS)
    people = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return people.exclude(pk=but).order_by("name") if but else people.order_by("name")
