"""End role: from the day after, the person no longer works there; their open cases are handed on."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actions.step import person
from linli.accounts.actor import Actor
from linli.accounts.models import Role
from linli.accounts.policy import may_administer
from linli.audit.record import record
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted
from linli.kernel.working_days import local_date


@transaction.atomic
def end_role(
    role_id: UUID, *, last_day: date, actor: Actor, at: datetime, successor: UUID | None = None
) -> Role:
    """Let the role hold up to and with ``last_day``.

    When that is today or past, the person's open cases in the unit go at once, to ``successor`` or
    back to the unit's queue (the reaction to ``role.end``); a later day is seen to by the worker.
    """
    role = Role.objects.filter(pk=role_id).first()
    if role is None:
        raise NotFound(_("There is no such role."))
    user = person(role.user_id, actor, at)
    role = Role.objects.select_for_update().get(pk=role_id)
    if not may_administer(actor, role.area):
        raise NotPermitted(_("You administer other areas."))
    today = local_date(at)
    if role.ends is not None and role.ends < today:
        raise IllegalMove(_("This role has already ended."))
    if last_day < role.starts:
        raise Invalid(_("The role starts later than that."), {"last_day": _("Choose a later day.")})
    role.ends = last_day
    role.save(update_fields=["ends"])
    facts = {
        "user": str(user.pk),
        "unit": str(role.unit) if role.unit else None,
        "ends": last_day.isoformat(),
        "successor": str(successor) if successor else None,
        "by": str(actor.user_id) if actor.user_id else None,
        "at": at.isoformat(),
    }
    record("role", role.pk, "role.end", actor=actor.user_id, at=at, facts=facts)
    return role
