"""Telling the people of patrols: a roster stands, a swap waits for them, a swap was answered."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.accounts.models import RoleKind
from linli.accounts.queries import roles_on
from linli.kernel.working_days import local_date
from linli.notices.actions.send import notify
from linli.patrol.choices import SwapState
from linli.patrol.models import PatrolArea, Plan, Seat, Swap


def tell_published(plan: Plan, before: Collection[UUID], *, at: datetime) -> None:
    """Tell everybody who goes out by a roster, and those whose shifts it took away (``before``)."""
    users = set(Seat.objects.filter(shift__plan=plan).values_list("user", flat=True)) | set(before)
    notify(
        "roster_published", about=("patrol_shifts", plan.id), at=at, to_users=_sorted(users),
        key=f"{plan.id}:{at.isoformat()}", rule="on the roster", area=plan.patrol_area.name,
        period=f"{plan.starts:%m-%d} – {plan.ends:%m-%d}",
    )  # fmt: skip


def tell_asked(swap: Swap, *, at: datetime) -> None:
    """Tell a member that they are asked to step in."""
    _tell_swap("swap_asked", swap, [swap.other_id], "asked to step in", at=at)


def tell_leaders(swap: Swap, *, at: datetime) -> None:
    """Tell the leaders of the patrol area that two members agree and wait for them."""
    leaders = leaders_of(swap.patrol_area, at)
    _tell_swap(
        "swap_asked", swap, leaders, "leads the patrol area", at=at,
        about=("patrol_area", swap.patrol_area_id),
    )  # fmt: skip


def tell_answered(swap: Swap, *, by: UUID | None, at: datetime) -> None:
    """Tell both members what became of their swap, but whoever has just settled it."""
    users = {swap.asker_id, swap.other_id} - {by}
    answer = SwapState(swap.state).label
    _tell_swap("swap_answered", swap, users, "in the swap", at=at, answer=answer)


def leaders_of(area: PatrolArea, at: datetime) -> list[UUID]:
    """Return those who lead a patrol area today."""
    rows = roles_on(local_date(at)).filter(unit=area.unit_id, kind=RoleKind.PATROL_LEADER)
    users = rows.filter(user__is_active=True).values_list("user", flat=True)
    return _sorted(users)


def _tell_swap(
    kind: str, swap: Swap, users: Iterable[UUID], rule: str, *, at: datetime,
    about: tuple[str, UUID] | None = None, **words: Any,
) -> None:  # fmt: skip
    shift = swap.gives.shift
    notify(
        kind, about=about or ("patrol_shifts", swap.id), at=at, to_users=_sorted(users),
        key=f"{swap.id}:{swap.state}", rule=rule, area=swap.patrol_area.name,
        period=f"{shift.date:%m-%d} {shift.pattern.name}", **words,
    )  # fmt: skip


def _sorted(users: Iterable[UUID]) -> list[UUID]:
    return sorted(set(users), key=str)
