"""Reads of people and roles."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import connection
from django.db.models import Q, QuerySet

from linli.accounts.actor import CASELESS, Actor, HeldRole
from linli.accounts.models import Leave, Role, SecondFactorRule, User
from linli.kernel.working_days import local_date

_COLUMNS = [field.attname for field in User._meta.concrete_fields]

# One statement for every request: the person, the roles that hold today, whom they stand in for, and
# whether a role asks for a second factor they lack. Written out, because every page and every call
# of the API pays for it.
_HOLDS = "r.user_id = u.id AND r.starts <= %(day)s AND (r.ends IS NULL OR r.ends >= %(day)s)"
_USER = f"""
SELECT {", ".join(f"u.{column}" for column in _COLUMNS)},
  ARRAY(SELECT ARRAY[r.kind, r.area, r.unit::text] FROM accounts_role r WHERE {_HOLDS}),
  ARRAY(SELECT l.user_id FROM accounts_leave l
    WHERE l.stand_in_id = u.id AND %(day)s BETWEEN l.starts AND l.ends),
  EXISTS (SELECT FROM accounts_role r JOIN accounts_secondfactorrule USING (kind) WHERE {_HOLDS})
    AND NOT EXISTS (SELECT FROM {Authenticator._meta.db_table} a
      WHERE a.user_id = u.id AND a.type <> 'recovery_codes')
"""  # noqa: S608 - column and table names come from the models
_BY_ID = f"{_USER} FROM accounts_user u WHERE u.id = %(id)s"
_BY_TOKEN = f"""{_USER}, t.scopes FROM accounts_user u JOIN accounts_apitoken t ON t.user_id = u.id
WHERE t.digest = %(digest)s AND t.revoked_at IS NULL AND t.expires_at > now() AND u.is_active
"""


def user_with_actor(user_id: UUID | str, today: date) -> tuple[User, Actor] | None:
    """Return a user and the actor they are ``today``, or None where there is no such user."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_ID, {"id": user_id, "day": today})
        row = cursor.fetchone()
    return _read(row) if row else None


def actor_of(user_id: UUID | str, today: date) -> Actor | None:
    """Return the actor a user is today, or None if the person may not sign in."""
    found = user_with_actor(user_id, today)
    return found[1] if found and found[0].is_active else None


def actor_of_digest(digest: bytes, today: date) -> Actor | None:
    """Return whom a valid API token with this SHA-256 acts for, with the token's scopes, or None."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_TOKEN, {"digest": digest, "day": today})
        row = cursor.fetchone()
    if row is None:
        return None
    *rest, scopes = row
    _user, actor = _read(rest)
    return replace(actor, token_scopes=frozenset(json.loads(scopes)))


def _read(row: Sequence[Any]) -> tuple[User, Actor]:
    *columns, roles, stands_in_for, lacks = row
    user = User.from_db(connection.alias, _COLUMNS, columns)
    user.lacks_second_factor = lacks
    held = tuple(HeldRole(kind, area, UUID(unit) if unit else None) for kind, area, unit in roles)
    actor = Actor(user.id, user.name, held, stands_in_for=frozenset(stands_in_for))
    return user, actor


def standing_in_for(actor: Actor, day: date) -> list[User]:
    """Return the people on leave on ``day`` for whom ``actor`` stands in, by name."""
    away = Leave.objects.filter(stand_in=actor.user_id, starts__lte=day, ends__gte=day)
    return list(User.objects.filter(pk__in=away.values("user")).order_by("name", "id"))


def works_in(user_id: UUID, unit: UUID, at: datetime) -> bool:
    """Say whether an active person holds a role in ``unit`` on the day of ``at``."""
    day = local_date(at)
    return roles_on(day).filter(user=user_id, unit=unit, user__is_active=True).exists()


def user_named(username: str) -> User | None:
    """Return the person with this sign-in name, however large and small letters are written."""
    return User.objects.filter(username__iexact=username.strip()).first()


def must_use_second_factor(user_id: UUID, day: date) -> bool:
    """Say whether one of a person's roles of ``day`` asks for a second factor."""
    rules = SecondFactorRule.objects.values("kind")
    return roles_on(day).filter(user=user_id, kind__in=rules).exists()


def roles_on(day: date) -> QuerySet[Role]:
    """Return the roles that hold on ``day``."""
    return Role.objects.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day)


def has_second_factor(user_id: UUID) -> bool:
    """Say whether a person signs in with a second factor."""
    factors = Authenticator.objects.filter(user=user_id)
    return bool(factors.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def units_on(user_id: UUID, day: date) -> set[UUID]:
    """Return the units in which a person works on cases on ``day``."""
    roles = roles_on(day).filter(user=user_id, unit__isnull=False).exclude(kind__in=CASELESS)
    return {unit for unit in roles.values_list("unit", flat=True) if unit}
