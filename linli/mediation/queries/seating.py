"""Who may sit in a mediation: members of its committee whom nobody refused and who have no conflict."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from linli.accounts.models import Role, User
from linli.mediation.models import Conflict, Event, Mediation
from linli.mediation.policy import MEDIATORS


def members(unit: UUID, today: date) -> QuerySet[User]:
    """Return the people who mediate in a unit on a day."""
    roles = Role.objects.filter(unit=unit, kind__in=MEDIATORS)
    held = roles.filter(starts__lte=today).exclude(ends__lt=today)
    return User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("name")


def answers(mediation: Mediation) -> dict[UUID, Conflict]:
    """Return what each person answered last when asked for a conflict of interest."""
    found = Conflict.objects.filter(mediation=mediation).select_related("user").order_by("id")
    return {one.user_id: one for one in found}


def refused(mediation: Mediation) -> set[UUID]:
    """Return the mediators whom a party has refused."""
    events = Event.objects.filter(mediation=mediation, verb="object")
    return {UUID(facts["user"]) for facts in events.values_list("facts", flat=True)}
