"""Hand over desk: all open cases of one person go to a colleague, or back to their unit's queue.

Whoever leaves or goes on leave hands over everything in one step; and when a role ends or an account
is shut, the reactions below do it, so that no case waits for somebody who is gone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from linli.accounts.actor import SYSTEM, Actor
from linli.accounts.models import User
from linli.accounts.policy import may_administer
from linli.accounts.queries import roles_on, works_in
from linli.areas.models import Unit
from linli.cases import lifecycle
from linli.cases.actions.assign import person_of
from linli.cases.actions.step import finish
from linli.cases.models import Case
from linli.cases.policy import DIRECTOR
from linli.kernel.errors import Invalid, NotFound, NotPermitted
from linli.kernel.row_security import unscoped
from linli.kernel.working_days import local_date

# What somebody can have in hand: registered cases have no handler yet.
IN_HAND = sorted(lifecycle.MOVES["hand_over"].come_from)


@dataclass(frozen=True, slots=True)
class Desk:
    """How many open cases a person handles in one unit."""

    unit: UUID
    name: str
    cases: int


@transaction.atomic
def hand_over_desk(
    user_id: UUID,
    *,
    unit: UUID,
    to: UUID | None,
    actor: Actor,
    at: datetime,
    note: str = "",
) -> int:
    """Give every open case ``user_id`` handles in ``unit`` to ``to``, None for the unit's queue.

    Each case keeps its state and its clocks and gets its own entry in timeline and audit. Returns
    how many there were.
    """
    post = Unit.objects.filter(pk=unit).first()
    if post is None:
        raise NotFound(_("There is no such unit."))
    if not may_hand_over_desk(actor, user_id, post):
        raise NotPermitted(
            _("A desk is handed over by the person, the unit's director, or an administrator.")
        )
    if to is not None:
        if to == user_id:
            raise Invalid(_("Choose somebody else."), {"to": _("Choose somebody else.")})
        person_of(post, to, at)
    with unscoped():
        return _move(in_hand(user_id).filter(holder=unit), to, actor, at, note.strip())


def may_hand_over_desk(actor: Actor, user_id: UUID, unit: Unit) -> bool:
    """Their own desk; a director's of the unit or above; an administrator's of the unit's area."""
    if actor.is_system or actor.user_id == user_id:
        return True
    return actor.reaches(unit.area_id, DIRECTOR) or may_administer(actor, unit.area_id)


def in_hand(user_id: UUID) -> QuerySet[Case]:
    """Return the open cases a person handles."""
    return Case.objects.filter(handler=user_id, state__in=IN_HAND)


def desks_of(user_id: UUID) -> list[Desk]:
    """Return where a person has open cases, and how many; numbers only, whoever asks."""
    with unscoped():
        counts: dict[UUID, int] = {}
        for holder in in_hand(user_id).values_list("holder", flat=True):
            counts[holder] = counts.get(holder, 0) + 1
    names = dict(Unit.objects.filter(pk__in=counts).values_list("id", "name"))
    return [Desk(unit, names[unit], count) for unit, count in sorted(counts.items(), key=str)]


def on_role_end(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """Hand on the cases of a role that ends today or has ended, unless another role keeps them."""
    at = datetime.fromisoformat(facts["at"])
    day = local_date(at)
    if facts["unit"] is None or facts["ends"] > day.isoformat():
        return
    user_id, unit = UUID(facts["user"]), UUID(facts["unit"])
    lasting = roles_on(day).filter(user=user_id, unit=unit).exclude(ends=day)
    if lasting.exists():
        return
    to = UUID(facts["successor"]) if facts["successor"] else None
    hand_over_desk(user_id, unit=unit, to=to, actor=_on_behalf_of(facts["by"]), at=at)


def on_deactivate(*, object_id: str, facts: Mapping[str, Any]) -> None:
    """Hand on everything a person who leaves has in hand."""
    at = datetime.fromisoformat(facts["at"])
    user_id = UUID(object_id)
    successor = UUID(facts["successor"]) if facts["successor"] else None
    for desk in desks_of(user_id):
        fits = successor is not None and works_in(successor, desk.unit, at)
        to = successor if fits else None
        hand_over_desk(user_id, unit=desk.unit, to=to, actor=_on_behalf_of(facts["by"]), at=at)


def release_orphans(*, at: datetime) -> int:
    """Put back into the queue what people handle who no longer work in the holding unit.

    Run once a day by the worker: a role can end on a day that was entered long before.
    """
    here = roles_on(local_date(at)).filter(
        user=OuterRef("handler"), unit=OuterRef("holder"), user__is_active=True
    )
    orphans = Case.objects.filter(~Exists(here), handler__isnull=False, state__in=IN_HAND)
    return _move(orphans, None, SYSTEM, at, "")


@transaction.atomic
def _move(cases: QuerySet[Case], to: UUID | None, actor: Actor, at: datetime, note: str) -> int:
    locked = cases.select_for_update(of=("self",)).select_related("holder").order_by("id")
    moved = 0
    for case in locked:
        facts = {"from": str(case.handler_id), "handler": str(to) if to else None}
        case.handler_id = to
        finish(case, "hand_over", actor=actor, at=at, changed=["handler"], note=note, facts=facts)
        moved += 1
    return moved


def _on_behalf_of(person: str | None) -> Actor:
    """The reaction acts with the system's rights, in the name of whoever set it off."""
    found = User.objects.filter(pk=person).first() if person else None
    return Actor(found.pk, found.name, is_system=True) if found else SYSTEM
