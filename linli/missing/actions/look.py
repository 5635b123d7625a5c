"""Look at footage: take a clip so that nobody else does, and say what was seen."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import IllegalMove, Invalid, NotFound, Stale
from linli.missing.actions.replan import replan
from linli.missing.actions.step import locked, note
from linli.missing.choices import Outcome
from linli.missing.lifecycle import LEASE, OPEN
from linli.missing.models import Belief, Look, Search
from linli.missing.policy import permit_part, somebody


@transaction.atomic
def take_clip(
    search_id: UUID, camera: UUID, since: datetime, *, actor: Actor, at: datetime
) -> Look:
    """Take five minutes of a camera for a while. Raises :class:`Stale` where somebody was faster."""
    search = open_for(search_id, actor)
    look = Look.objects.select_for_update().filter(
        search=search, camera=camera, since=since
    ).first()  # fmt: skip
    if look is None:
        look = Look(search=search, camera=camera, since=since)
    elif look.said_at is not None:
        raise Stale(_("This clip was looked at already."), _("Take the next one."))
    elif look.by_id != actor.user_id and look.taken_at > at - LEASE:
        raise Stale(_("Somebody else is looking at this clip."), _("Take the next one."))
    look.by_id, look.taken_at = somebody(actor), at
    look.chance = _stated(search, camera, since)
    look.save()
    note(search, "take_clip", actor=actor, at=at, facts={"clip": str(look.id)})
    return look


@transaction.atomic
def give_back(look_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Give a clip back that one has taken."""
    look = _own(look_id, actor)
    note(look.search, "give_back", actor=actor, at=at, facts={"clip": str(look.id)})
    look.delete()


@transaction.atomic
def say_clip(look_id: UUID, outcome: str, *, actor: Actor, at: datetime) -> Look:
    """Say what one saw: the belief is drawn anew and everything is ranked again."""
    if outcome not in Outcome.values:
        raise Invalid(_("Say seen, perhaps or not seen."), {"outcome": _("Choose one.")})
    look = _own(look_id, actor)
    look.outcome, look.said_at = outcome, at
    look.save(update_fields=["outcome", "said_at"])
    facts = {"clip": str(look.id), "outcome": outcome}
    note(look.search, "say_clip", actor=actor, at=at, facts=facts)
    replan(look.search, at=at)
    return look


def open_for(search_id: UUID, actor: Actor) -> Search:
    """Return a search that goes on and that the actor takes part in, locked."""
    search = locked(search_id, actor)
    permit_part(actor, search)
    if search.state != OPEN:
        raise IllegalMove(_("This search does not go on."))
    return search


def _own(look_id: UUID, actor: Actor) -> Look:
    """Return what the actor has taken and not said yet, with its search locked."""
    search = Look.objects.filter(pk=look_id).values_list("search", flat=True).first()
    if search is None:
        raise NotFound(_("There is no such clip here."))
    found = open_for(search, actor)
    look = Look.objects.select_for_update().filter(pk=look_id, said_at=None).first()
    if look is None or look.by_id != actor.user_id:
        raise Stale(_("You have not taken this clip."), _("Take it first."))
    look.search = found
    return look


def _stated(search: Search, camera: UUID, since: datetime) -> float | None:
    """Return the chance the planner stated of a clip; None where it did not propose it."""
    belief = Belief.objects.filter(search=search).order_by("-at", "-pk").first()
    for key, begin, chance in belief.clips if belief else ():
        if key == str(camera) and begin == since.timestamp():
            return float(chance)
    return None
