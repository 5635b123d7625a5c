"""What a camera's page says of looking and of footage: for which incidents, recorded how, held until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from linli.accounts.actor import Actor
from linli.cameras.models import Camera, Hold, Recording
from linli.cameras.queries.viewing import VIEWERS, incidents_at, is_trained, rules
from linli.cases.models import Case
from linli.cases.policy import visible_to as cases_visible_to
from linli.kernel.working_days import local_date

MOST_HOLDS = 20


@dataclass(frozen=True, slots=True)
class Footage:
    """``views`` says whether the actor's role looks at video at all, ``trained`` whether they may
    now; ``incidents`` are those the camera matches. ``holds`` come with the number of their case
    where the actor may know it, else with an empty text.
    """

    views: bool
    trained: bool
    incidents: Sequence[Case]
    recording: Recording | None
    holds: Sequence[tuple[Hold, str]]


def footage_of(actor: Actor, camera: Camera, at: datetime) -> Footage:
    """Return what may be looked at of a camera, for what, and what is kept of it."""
    views = actor.holds(*VIEWERS) and camera.retired_on is None
    trained = views and is_trained(actor, at)
    incidents = incidents_at(actor, camera, rules()) if trained else []
    return Footage(views, trained, incidents, *kept_of(actor, camera, at))


def kept_of(
    actor: Actor, camera: Camera, at: datetime
) -> tuple[Recording | None, Sequence[tuple[Hold, str]]]:
    """Return how Linli records a camera, and its holds as :class:`Footage` has them."""
    held = Hold.objects.filter(holding(at), camera=camera).order_by("until", "id")
    recording = Recording.objects.filter(camera=camera).first()
    return recording, _numbered(list(held[:MOST_HOLDS]), actor)


def holding(at: datetime) -> Q:
    """Return the filter for the holds that hold at a moment."""
    return Q(lifted_at=None, until__gte=local_date(at))


def holds_of(case_id: UUID, at: datetime) -> Sequence[Hold]:
    """Return what is held for a case now, of the cameras the actor sees."""
    held = Hold.objects.filter(holding(at), case=case_id)
    return list(held.select_related("camera", "by").order_by("until", "id")[:50])


def _numbered(holds: Sequence[Hold], actor: Actor) -> Sequence[tuple[Hold, str]]:
    if not holds:
        return []
    known = Case.objects.filter(cases_visible_to(actor), pk__in={one.case_id for one in holds})
    numbers = dict(known.values_list("id", "number"))
    return [(one, numbers.get(one.case_id, "")) for one in holds]
