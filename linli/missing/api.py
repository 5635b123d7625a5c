"""The JSON API of searches: what is proposed, clips taken and said, streets taken and said."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from linli.accounts.actor import actor_of
from linli.accounts.gate import scoped
from linli.kernel.bodies import Input
from linli.missing.actions.look import give_back, say_clip, take_clip
from linli.missing.actions.walk import say_streets, take_place, take_streets
from linli.missing.policy import permit_part
from linli.missing.queries import page as reads
from linli.missing.queries import walks
from linli.missing.queries.clips import clips_to_review

router = Router(tags=["missing persons"])


class ClipOut(Schema):
    """Five minutes of a camera; ``chance`` of a sighting, 0 to 1, as the planner states it."""

    camera: UUID
    since: datetime
    chance: float


class PartOut(Schema):
    """Streets for one to walk: the number in the plan, names, metres, chance."""

    number: int
    names: str
    metres: int
    chance: float


class PlaceOut(Schema):
    """A building or place to look through: the number in the plan, names, degrees (WGS-84), chance."""

    number: int
    names: str
    longitude: float
    latitude: float
    chance: float


class SearchOut(Schema):
    """A search and its plan; nothing of the person. ``unseen``: the chance that no camera saw them."""

    id: UUID
    case: UUID
    state: str
    category: str
    ends_at: datetime | None
    planned_at: datetime | None
    unseen: float | None
    clips: list[ClipOut]
    parts: list[PartOut]
    places: list[PlaceOut]


class ClipIn(Input):
    """A proposed clip."""

    camera: UUID
    since: datetime


class PartIn(Input):
    """The number of a proposed part."""

    number: Annotated[int, Field(ge=0, le=1000)]


class SaidIn(Input):
    """What somebody saw."""

    outcome: Literal["seen", "perhaps", "not_seen"]


class TakenOut(Schema):
    """What was taken or said."""

    id: UUID
    outcome: str


@router.get("/missing/{uuid:search_id}", response=SearchOut, summary="A search and its plan")
@scoped("missing:read")
def one(request: HttpRequest, search_id: UUID) -> Any:
    """Return what is proposed next, to those who take part."""
    actor, at = actor_of(request), timezone.now()
    search = reads.search_for(actor, search_id)
    permit_part(actor, search)
    belief = reads.newest(search)
    return {
        "id": search.id, "case": search.case_id, "state": search.state,
        "category": search.category, "ends_at": search.ends_at,
        "planned_at": belief.at if belief else None, "unseen": belief.unseen if belief else None,
        "clips": [
            {"camera": row.camera, "since": row.since, "chance": row.percent / 100}
            for row in clips_to_review(search, belief, at)
        ],
        "parts": [
            {"number": part.number, "names": part.names, "metres": part.metres, "chance": part.percent / 100}
            for part in walks.parts_to_walk(search, belief, at)
        ],
        "places": [
            {
                "number": place.number, "names": place.names, "longitude": place.longitude,
                "latitude": place.latitude, "chance": place.percent / 100,
            }
            for place in walks.places_to_look(search, belief, at)
        ],
    }  # fmt: skip


@router.post("/missing/{uuid:search_id}/clips", response=TakenOut, summary="Take a clip")
@scoped("missing:write")
def take(request: HttpRequest, search_id: UUID, body: ClipIn) -> Any:
    """Take five minutes of a camera, so that nobody else looks at them."""
    since = body.since.astimezone(UTC)
    return take_clip(search_id, body.camera, since, actor=actor_of(request), at=timezone.now())


@router.post("/missing/clips/{uuid:look_id}/say", response=TakenOut, summary="Say what was seen")
@scoped("missing:write")
def say(request: HttpRequest, look_id: UUID, body: SaidIn) -> Any:
    """Say what one saw in a clip; everything is ranked anew."""
    return say_clip(look_id, body.outcome, actor=actor_of(request), at=timezone.now())


@router.delete("/missing/clips/{uuid:look_id}", response={204: None}, summary="Give a clip back")
@scoped("missing:write")
def back(request: HttpRequest, look_id: UUID) -> Any:
    """Give a clip back that one has taken."""
    give_back(look_id, actor=actor_of(request), at=timezone.now())
    return 204, None


@router.post("/missing/{uuid:search_id}/streets", response=TakenOut, summary="Take streets")
@scoped("missing:write")
def walk(request: HttpRequest, search_id: UUID, body: PartIn) -> Any:
    """Take a proposed part of the streets."""
    return take_streets(search_id, body.number, actor=actor_of(request), at=timezone.now())


@router.post("/missing/{uuid:search_id}/places", response=TakenOut, summary="Take a place")
@scoped("missing:write")
def go(request: HttpRequest, search_id: UUID, body: PartIn) -> Any:
    """Take a proposed building or place, to look through it; what was found is said as of streets."""
    return take_place(search_id, body.number, actor=actor_of(request), at=timezone.now())


@router.post("/missing/streets/{uuid:walk_id}/say", response=TakenOut, summary="Say what was met")
@scoped("missing:write")
def say_walked(request: HttpRequest, walk_id: UUID, body: SaidIn) -> Any:
    """Say what one found on the streets one took."""
    return say_streets(walk_id, body.outcome, actor=actor_of(request), at=timezone.now())
