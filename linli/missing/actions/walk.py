"""Walk streets, or hear from somebody who saw the person: what people find counts like footage."""

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
from linli.missing.lifecycle import STREET_LEASE
from linli.missing.models import Belief, Walk
from linli.missing.queries.ground import ground_of

# Around a place somebody called from, so many metres of streets count.
CALLED = 60.0


@transaction.atomic
def take_streets(search_id: UUID, part: int, names: str, *, actor: Actor, at: datetime) -> Walk:
    """Take one of the proposed parts. ``names`` is how the page named it."""
    search = open_for(search_id, actor)
    belief = Belief.objects.filter(search=search).order_by("-at", "-pk").first()
    if belief is None or not 0 <= part < len(belief.parts):
        raise Stale(_("The plan has changed meanwhile."), _("Take another part."))
    streets, chance, metres = belief.parts[part]
    busy = {
        street
        for walk in Walk.objects.filter(search=search, said_at=None, taken_at__gt=at - STREET_LEASE)
        for street in walk.streets
    }
    if busy & set(streets):
        raise Stale(_("Somebody else is walking there."), _("Take another part."))
    walk = Walk.objects.create(
        search=search, streets=streets, names=names[:300], metres=metres, chance=chance,
        by_id=actor.user_id, taken_at=at,
    )  # fmt: skip
    note(search, "take_streets", actor=actor, at=at, facts={"walk": str(walk.id)})
    return walk


@transaction.atomic
def say_streets(walk_id: UUID, outcome: str, *, actor: Actor, at: datetime) -> Walk:
    """Say what one found on the streets one took."""
    if outcome not in Outcome.values:
        raise Invalid(_("Say seen, perhaps or not seen."), {"outcome": _("Choose one.")})
    found = Walk.objects.filter(pk=walk_id).values_list("search", flat=True).first()
    if found is None:
        raise NotFound(_("There are no such streets here."))
    search = open_for(found, actor)
    walk = Walk.objects.select_for_update().filter(
        pk=walk_id, said_at=None, by=actor.user_id
    ).first()  # fmt: skip
    if walk is None:
        raise Stale(_("You have not taken these streets."), _("Take them first."))
    walk.outcome, walk.said_at = outcome, at
    walk.save(update_fields=["outcome", "said_at"])
    facts = {"walk": str(walk.id), "outcome": outcome}
    note(search, "say_streets", actor=actor, at=at, facts=facts)
    replan(search, at=at)
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
    ground = ground_of(search)
    streets: list[int] = []
    if ground is not None:
        place = ground.streets.metres(longitude, latitude)
        near = ground.streets.within(*place, CALLED)
        local = {int(one) for one in ground.streets.points[1][near]}
        local = local or {ground.streets.nearest(*place).stretch}
        streets = sorted(int(ground.streets.number[one]) for one in local)
    walk = Walk.objects.create(
        search=search, streets=streets, is_call=True, by_id=actor.user_id, taken_at=at,
        outcome=outcome, said_at=at, seen_at=seen_at,
    )  # fmt: skip
    note(search, "say_call", actor=actor, at=at, facts={"walk": str(walk.id), "outcome": outcome})
    replan(search, at=at)
    return walk
