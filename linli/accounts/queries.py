"""Reads of people and roles."""

from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from linli.accounts.actor import Actor, HeldRole
from linli.accounts.models import Role, User
from linli.kernel.working_days import local_date

_COLUMNS = [field.attname for field in User._meta.concrete_fields]

# One statement for every request: the person and all roles that hold today. Written out, because
# every page and every call of the API pays for it.
_USER = f"""
SELECT {", ".join(f"u.{column}" for column in _COLUMNS)},
  coalesce(array_agg(ARRAY[r.kind, r.area, r.unit::text]) FILTER (WHERE r.id IS NOT NULL), '{{}}')
FROM accounts_user u
LEFT JOIN accounts_role r ON r.user_id = u.id AND r.starts <= %s AND (r.ends IS NULL OR r.ends >= %s)
WHERE u.id = %s GROUP BY u.id
"""  # noqa: S608 - column names come from the model


def user_with_roles(user_id: UUID | str, today: date) -> tuple[User, tuple[HeldRole, ...]] | None:
    """Return a user and the roles that hold ``today``, or None where there is no such user."""
    with connection.cursor() as cursor:
        cursor.execute(_USER, [today, today, user_id])
        row = cursor.fetchone()
    if row is None:
        return None
    *columns, roles = row
    user = User.from_db(connection.alias, _COLUMNS, columns)
    held = (HeldRole(kind, area, UUID(unit) if unit else None) for kind, area, unit in roles)
    return user, tuple(held)


def actor_of(user_id: UUID | str, today: date) -> Actor | None:
    """Return the actor a user is today, or None if the person may not sign in."""
    found = user_with_roles(user_id, today)
    if found is None or not found[0].is_active:
        return None
    user, roles = found
    return Actor(user_id=user.id, name=user.name, roles=roles)


def works_in(user_id: UUID, unit: UUID, at: datetime) -> bool:
    """Say whether an active person holds a role in ``unit`` on the day of ``at``."""
    day = local_date(at)
    held = Role.objects.filter(user=user_id, unit=unit, user__is_active=True, starts__lte=day)
    return held.filter(Q(ends=None) | Q(ends__gte=day)).exists()
