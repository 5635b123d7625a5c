"""Who and what a filter means when somebody types a name."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from linli.accounts.actor import Actor
from linli.accounts.models import User
from linli.areas.models import Unit
from linli.cases.models import Case, SavedFilter
from linli.cases.policy import DESK, visible_to

# More units than this share a word only when the word says nothing.
_MOST = 500


def people_named(name: str) -> tuple[UUID, ...]:
    """Return the ids of the colleagues of a name, or with that sign-in name."""
    found = User.objects.filter(name=name).values_list("id", flat=True)
    return tuple(found[:_MOST]) or tuple(
        User.objects.filter(username=name).values_list("id", flat=True)
    )


def units_named(words: str) -> tuple[UUID, ...]:
    """Return the ids of the units whose name holds ``words``, closed ones too."""
    found = Unit.objects.filter(name__icontains=words).order_by("id")
    return tuple(found.values_list("id", flat=True)[:_MOST])


def saved_filters(person: UUID | None) -> list[SavedFilter]:
    """Return what a person saved, by name."""
    return list(SavedFilter.objects.filter(user=person).order_by("name"))


def units_to_assign(actor: Actor) -> list[Unit]:
    """Return the open units of the actor's areas and of those right below, for many cases at once."""
    areas = sorted({role.area for role in actor.roles if role.kind in DESK})
    here = Q(area__in=areas) | Q(area__parent__in=areas)
    return list(Unit.objects.filter(here, closed_on=None).order_by("area", "kind", "name"))


def chosen_cases(actor: Actor, ids: Sequence[UUID]) -> list[Case]:
    """Return the visible ones of some cases, with their places, in the order given."""
    found = Case.objects.filter(visible_to(actor), pk__in=ids).select_related("area", "holder")
    by_id = {case.id: case for case in found}
    return [by_id[one] for one in ids if one in by_id]
