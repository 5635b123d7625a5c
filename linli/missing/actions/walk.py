"""Walk streets, look through places, or hear from somebody: what people find counts like footage."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import Invalid, NotFound, Stale
from linli.missing.actions.look import open_for
from linli.missing.actions.replan import replan
from linli.missing.actions.step import note
from linli.missing.choices import Outcome
from linli.missing.models import Belief, Search, Walk
from linli.missing.policy import somebody
from linli.missing.queries.ground import streets_of
from linli.missing.queries.places import streets_around
from linli.missing.queries.walks import errands, is_same, names_of, under_way

# Around a place somebody called from, so many metres of streets count.
CALLED = 60.0


@transaction.atomic
def take_streets(
    search_id: UUID, part: int, *, actor: Actor, at: datetime, belief: int | None = None
) -> Walk:
    """Take one of the proposed parts: of the plan somebody has read (``belief``), else of the newest."""
    search = open_for(search_id, actor)
    plan = _plan(search, belief)
    if not 0 <= part < len(plan.parts):
        raise Stale(_("The plan has changed meanwhile."), _("Take another part."))
    streets, chance, metres = plan.parts[part]
    if any(set(walk.streets) & set(streets) for walk in under_way(search, at)):
        raise Stale(_("Somebody else is walking there."), _("Take another part."))
    names = names_of(plan, streets)[:300]
    walk = Walk.objects.create(
        search=search, streets=streets, names=names, metres=metres, chance=chance,
        by_id=somebody(actor), taken_at=at,
    )  # fmt: skip
    note(search, "take_streets", actor=actor, at=at, facts={"walk": str(walk.id)})
    return walk


@transaction.atomic
def take_place(
    search_id: UUID, number: int, *, actor: Actor, at: datetime, belief: int | None = None
) -> Walk:
    """Take one of the proposed buildings and places, to look through it and its yard."""
    search = open_for(search_id, actor)
    plan = _plan(search, belief)
    if not 0 <= number < len(plan.places):
        raise Stale(_("The plan has changed meanwhile."), _("Take another place."))
    names, _count, longitude, latitude, chance = plan.places[number]
    if any(is_same(one, longitude, latitude) for one in errands(search, at)):
        raise Stale(_("Somebody else is there, or has just been."), _("Take another place."))
    walk = Walk.objects.create(
        search=search, names=names[:300], chance=chance, longitude=longitude, latitude=latitude,
        by_id=somebody(actor), taken_at=at,
    )  # fmt: skip
    note(search, "take_place", actor=actor, at=at, facts={"walk": str(walk.id)})
    return walk


def _plan(search: Search, belief: int | None) -> Belief:
    """Return the plan that was read; what is proposed may have been ranked anew since."""
    plans = Belief.objects.filter(search=search).order_by("-at", "-pk")
    found = (plans if belief is None else plans.filter(pk=belief)).first()
    if found is None:
        raise Stale(_("The plan has changed meanwhile."), _("Take another part."))
    return found


@transaction.atomic
def give_streets_back(walk_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Give streets or a place back that one has taken."""
    walk = _own(walk_id, actor)
    note(walk.search, "give_streets_back", actor=actor, at=at, facts={"walk": str(walk.id)})
    walk.delete()


@transaction.atomic
def say_streets(walk_id: UUID, outcome: str, *, actor: Actor, at: datetime) -> Walk:
    """Say what one found on the streets one took, or at the place."""
    if outcome not in Outcome.values:
        raise Invalid(_("Say seen, perhaps or not seen."), {"outcome": _("Choose one.")})
    walk = _own(walk_id, actor)
    walk.outcome, walk.said_at = outcome, at
    x, y = walk.longitude, walk.latitude
    if x is not None and y is not None and (streets := streets_of(walk.search)) is not None:
        near, inside = streets_around(streets, x, y)
        # Nobody there clears no street that leads away from it.
        walk.streets = inside if outcome == Outcome.NOT_SEEN else near
    walk.save(update_fields=["outcome", "said_at", "streets"])
    facts = {"walk": str(walk.id), "outcome": outcome}
    note(walk.search, "say_streets", actor=actor, at=at, facts=facts)
    replan(walk.search, at=at)
    return walk


def _own(walk_id: UUID, actor: Actor) -> Walk:
    """Return what the actor has taken and not said yet, with its search locked."""
    found = Walk.objects.filter(pk=walk_id).values_list("search", flat=True).first()
    if found is None:
        raise NotFound(_("There are no such streets here."))
    search = open_for(found, actor)
    walk = Walk.objects.select_for_update().filter(
        pk=walk_id, said_at=None, by=actor.user_id
    ).first()  # fmt: skip
    if walk is None:
        raise Stale(_("You have not taken these streets."), _("Take them first."))
    walk.search = search
    return walk


@transaction.atomic
def say_call(
    search_id: UUID, latitude: float, longitude: float, seen_at: datetime, outcome: str, *,
    actor: Actor, at: datetime,
) -> Walk:  # fmt: skip
    """Take down that somebody saw the person (or perhaps did) at a place and time."""
    search = open_for(search_id, actor)
    if outcome not in {Outcome.SEEN, Outcome.PERHAPS}:
        raise Invalid(_("Say seen or perhaps."), {"outcome": _("Choose one.")})
    if not search.seen_at <= seen_at <= at:
        raise Invalid(
            _("The time can't be."),
            {"seen_at": _("It lies between the last sighting reported and now.")},
        )
    numbers: list[int] = []
    if (streets := streets_of(search)) is not None:
        place = streets.metres(longitude, latitude)
        numbers, _inside = streets_around(streets, longitude, latitude, CALLED)
        numbers = numbers or [int(streets.number[streets.nearest(*place).stretch])]
    walk = Walk.objects.create(
        search=search, streets=numbers, is_call=True, by_id=actor.user_id, taken_at=at,
        outcome=outcome, said_at=at, seen_at=seen_at,
    )  # fmt: skip
    note(search, "say_call", actor=actor, at=at, facts={"walk": str(walk.id), "outcome": outcome})
    replan(search, at=at)
    return walk
