"""End roles in units: whoever worked in a unit that closes works there no longer."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from linli.accounts.actor import Actor
from linli.accounts.models import Role
from linli.audit.record import record
from linli.kernel.working_days import local_date


def lock_roles_in(units: Sequence[UUID], *, at: datetime) -> list[Role]:
    """Return the roles in ``units`` that hold on the day of ``at`` or are to begin, locked."""
    lasting = Q(ends=None) | Q(ends__gt=local_date(at))
    found = Role.objects.select_for_update().filter(lasting, unit__in=units)
    return list(found.order_by("id"))


def end_roles_in(roles: Sequence[Role], *, actor: Actor, at: datetime) -> None:
    """End locked roles with this day; one that was to begin later is taken back.

    The closing of their unit was permitted, and it takes their cases along; the people are told by
    the reaction to ``role.end``.
    """
    today = local_date(at)
    for role in roles:
        key, role.ends = role.pk, today
        if role.starts > today:
            role.delete()
        else:
            role.save(update_fields=["ends"])
        record("role", key, "role.end", actor=actor.user_id, at=at, facts=_facts(role, actor, at))


def _facts(role: Role, actor: Actor, at: datetime) -> dict[str, str | None]:
    unit = str(role.unit)
    return {
        "user": str(role.user_id),
        "unit": unit,
        "closed_unit": unit,
        "ends": role.ends.isoformat() if role.ends else None,
        "successor": None,
        "by": str(actor.user_id) if actor.user_id else None,
        "at": at.isoformat(),
    }
