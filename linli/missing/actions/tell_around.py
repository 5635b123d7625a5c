"""Tell people around: grid workers and patrols of the township. Whoever is told takes part."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from linli.accounts.models import Role, RoleKind
from linli.accounts.scope import in_area
from linli.kernel.row_security import unscoped
from linli.kernel.working_days import local_date
from linli.missing.models import Member, Search
from linli.notices.actions.send import notify

AROUND = (RoleKind.GRID_WORKER, RoleKind.PATROL_LEADER, RoleKind.PATROL_MEMBER)
# Digits of a township's code.
TOWNSHIP = 9


def tell_around(search: Search, *, at: datetime, but: Collection[UUID | None]) -> int:
    """Let everybody on foot in the township know, and take part; return how many.

    The notice says that somebody is missing and where to read on, nothing about the person.
    """
    day = local_date(at)
    with unscoped():
        roles = Role.objects.filter(
            in_area(search.area[:TOWNSHIP]), kind__in=AROUND, starts__lte=day
        ).filter(Q(ends=None) | Q(ends__gte=day))
        users = sorted(set(roles.values_list("user", flat=True)) - set(but), key=str)
        Member.objects.bulk_create(
            (Member(search=search, user_id=user, since=at) for user in users),
            ignore_conflicts=True,
        )
        if users:
            notify(
                "missing_near", about=("search", search.id), at=at, to_users=users,
                key=f"open:{search.id}", rule="around", urgent=True,
                number=search.case.number,
            )  # fmt: skip
    return len(users)
