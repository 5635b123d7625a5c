"""The JSON API of similar cases."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema

from linli.accounts.actor import Actor, actor_of
from linli.accounts.gate import scoped
from linli.alike import queries
from linli.alike.policy import permit_compare
from linli.alike.queries import Lesson, Like, Returning
from linli.cases.queries.case import case_for
from linli.kernel.errors import NotFound

router = Router(tags=["similar"])


class LikeOut(Schema):
    """A case that looks the same. ``metres`` is null where a point is missing."""

    id: UUID
    number: str
    title: str
    state: str
    light: str
    area: str
    place: str
    opened_at: datetime
    holder: str
    metres: int | None
    same_place: bool
    words: list[str]
    score: float


class LessonOut(Schema):
    """How a case of the city was solved; ``number`` only where the caller sees the case."""

    title: str
    outcome: str
    category: str
    level: str
    days: int
    satisfaction: int | None
    when: str
    steps: list[tuple[str, int]]
    score: float
    number: str | None


class PatternOut(Schema):
    """Matters of one category that came back from one place within a year."""

    area: str
    place: str
    category: str
    cases: int
    still_open: int
    first_at: datetime
    last_at: datetime


class SimilarOut(Schema):
    """What is like a case."""

    same: list[LikeOut]
    solved: list[LessonOut]
    patterns: list[PatternOut]


class TypedIn(Schema):
    """A matter as far as it is known. A point is WGS-84 degrees."""

    title: str = Field(max_length=500)
    description: str = Field("", max_length=8000)
    place: str = Field("", max_length=500)
    area: str = Field("", pattern=r"^([0-9]{2,15})?$")
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)


@router.get("/cases/{uuid:case_id}/similar", response=SimilarOut, summary="What is like a case")
@scoped("cases:read")
def similar(request: HttpRequest, case_id: UUID) -> Any:
    """Return the same matter, patterns of its place, and how the like was solved in the city."""
    actor, now = _actor(request), timezone.now()
    found = case_for(actor, case_id)
    if found is None:
        raise NotFound(_("There is no such case here."))
    case = found[0]
    return {
        "same": [_like(one) for one in queries.same_as(case, now, actor)],
        "solved": [_lesson(one) for one in queries.solved_before(case, actor)],
        "patterns": [_pattern(one) for one in queries.patterns_at(case, actor)],
    }


@router.post("/similar", response=list[LikeOut], summary="The same matter as one being typed")
@scoped("cases:read")
def same(request: HttpRequest, given: TypedIn) -> Any:
    """Return the caller's recent cases that look like the matter; nothing is kept."""
    actor = _actor(request)
    point = None
    if given.latitude is not None and given.longitude is not None:
        point = (given.latitude, given.longitude)
    likes = queries.same_matter(
        given.title, given.area, point, timezone.now(), actor,
        description=given.description, place=given.place,
    )  # fmt: skip
    return [_like(one) for one in likes]


@router.get("/patterns/{area}", response=list[PatternOut], summary="What comes back from places")
@scoped("cases:read")
def patterns(request: HttpRequest, area: str) -> Any:
    """Return the patterns of an area the caller reaches, the most frequent first."""
    return [_pattern(one) for one in queries.patterns(_actor(request), area)]


def _actor(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    permit_compare(actor)
    return actor


def _like(one: Like) -> dict[str, Any]:
    case = one.case
    return {
        "id": case.id, "number": case.number, "title": case.title, "state": case.state,
        "light": one.light, "area": case.area_id, "place": case.place,
        "opened_at": case.opened_at, "holder": case.holder.name, "metres": one.metres,
        "same_place": one.same_place, "words": list(one.words), "score": one.score,
    }  # fmt: skip


def _lesson(one: Lesson) -> dict[str, Any]:
    return {
        "title": one.title, "outcome": one.outcome, "category": one.category, "level": one.level,
        "days": one.days, "satisfaction": one.satisfaction, "when": one.when, "steps": one.steps,
        "score": one.score, "number": one.case.number if one.case else None,
    }  # fmt: skip


def _pattern(one: Returning) -> dict[str, Any]:
    row = one.pattern
    return {
        "area": row.area, "place": row.place, "category": row.category, "cases": row.cases,
        "still_open": row.still_open, "first_at": row.first_at, "last_at": row.last_at,
    }  # fmt: skip
