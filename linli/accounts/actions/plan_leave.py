"""Plan leave: the days somebody is away, and who stands in."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.models import Leave, User
from linli.accounts.policy import may_plan_leave
from linli.accounts.queries import roles_on, units_on
from linli.audit.record import record
from linli.kernel.errors import Invalid, NotFound, NotPermitted
from linli.kernel.working_days import local_date

LONGEST = timedelta(days=366)


@transaction.atomic
def plan_leave(
    user_id: UUID,
    *,
    starts: date,
    ends: date,
    stand_in: UUID | None,
    actor: Actor,
    at: datetime,
) -> Leave:
    """Save the leave. The stand-in works in a unit of the person and is not away in those days."""
    user = User.objects.select_for_update().filter(pk=user_id, is_active=True).first()
    if user is None:
        raise NotFound(_("There is no such person."))
    today = local_date(at)
    units = units_on(user_id, today)
    if not may_plan_leave(actor, user_id, units):
        raise NotPermitted(_("A leave is planned by the person, or by the director of the unit."))
    check_days(user_id, starts, ends, today)
    if stand_in is not None:
        check_stand_in(user_id, stand_in, units, starts, ends)
    leave = Leave(user=user, starts=starts, ends=ends, stand_in_id=stand_in)
    leave.save(force_insert=True)
    facts = {
        "user": str(user_id),
        "starts": starts.isoformat(),
        "ends": ends.isoformat(),
        "stand_in": str(stand_in) if stand_in else None,
    }
    record("leave", leave.pk, "leave.plan", actor=actor.user_id, at=at, facts=facts)
    return leave


def check_days(user_id: UUID, starts: date, ends: date, today: date) -> None:
    """Raise :class:`Invalid` unless the days make sense and are free."""
    wrong: dict[str, str] = {}
    if ends < starts:
        wrong["ends"] = _("The leave would end before it starts.")
    elif ends < today:
        wrong["ends"] = _("These days are over.")
    elif ends - starts > LONGEST:
        wrong["ends"] = _("A year at most; after that the role ends instead.")
    elif Leave.objects.filter(user=user_id, starts__lte=ends, ends__gte=starts).exists():
        wrong["starts"] = _("There is already a leave in these days.")
    if wrong:
        raise Invalid(_("These days can't be taken."), wrong)


def check_stand_in(
    user_id: UUID, stand_in: UUID, units: set[UUID], starts: date, ends: date
) -> None:
    """Raise :class:`Invalid` unless the stand-in can do the work in those days."""
    shared = roles_on(starts).filter(user=stand_in, unit__in=units, user__is_active=True)
    away = Leave.objects.filter(user=stand_in, starts__lte=ends, ends__gte=starts)
    message = ""
    if stand_in == user_id or not shared.exists():
        message = _("Choose somebody else who works in the same unit.")
    elif away.exists():
        message = _("This colleague is away in these days too.")
    if message:
        raise Invalid(message, {"stand_in": message})
