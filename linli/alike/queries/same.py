"""The same matter again: recent cases near in place and in words, within the actor's scope.

Nothing is read but cases of the surroundings: those of the village, newest first, those of the
cells around the point, and those with the actor's units. What they say lies ready as numbers
(:class:`linli.alike.models.Text`); a case whose text is not yet kept is read at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from linli.accounts.actor import Actor
from linli.alike.grams import Short, rarities, short, unpacked
from linli.alike.places import Point, cells_around, metres, public_place
from linli.alike.queries.weighing import likeness
from linli.alike.queries.wording import shared_words
from linli.areas.codes import LENGTH_OF, Level
from linli.cases.choices import State
from linli.cases.lights import light_of
from linli.cases.models import Case
from linli.cases.policy import visible_to
from linli.cases.queries.picking import areas_of, union, units_of
from linli.cases.queries.selection import Selection

SINCE = timedelta(days=365)
MOST = 5
# So many of the newest are compared, of the surroundings and of the cells around a point.
_NEWEST, _AROUND = 1000, 300
# Words alone must be this alike, and all together this much.
_WORDS, _ENOUGH = 0.3, 0.36
# How far near is, and after how many days half of it is forgotten.
_NEAR_METRES, _HALF_DAYS = 200.0, 120.0

_AROUND_POINT = (
    "SELECT t.case_id AS id FROM alike_text t WHERE t.cell = ANY(%s) AND t.opened_at >= %s"
    " ORDER BY t.opened_at DESC LIMIT %s"
)
_READ = """
SELECT c.id, c.opened_at, c.latitude, c.longitude, c.place, c.area_id, t.grams,
  CASE WHEN t.grams IS NULL THEN c.title || ' ' || c.place || ' ' || c.description END
FROM (SELECT DISTINCT id FROM ({}) AS u) AS n JOIN cases_case c ON c.id = n.id
  LEFT JOIN alike_text t ON t.case_id = c.id AND t.version = c.version
WHERE c.state <> 'merged'
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of the matter in hand. ``area`` is a code or empty."""

    title: str
    description: str = ""
    place: str = ""
    area: str = ""
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Like:
    """A case that looks the same, and why. ``metres`` is None where a point is missing."""

    case: Case
    score: float
    metres: int | None
    same_place: bool
    words: tuple[str, ...]
    light: str

    @property
    def state_label(self) -> str:
        """The state's word on the page."""
        return str(State(self.case.state).label)


class _Row(NamedTuple):
    id: UUID
    opened_at: datetime
    latitude: float | None
    longitude: float | None
    place: str
    area: str
    grams: memoryview | None
    text: str | None

    @property
    def numbers(self) -> Short:
        return short(self.text or "") if self.grams is None else unpacked(self.grams)


def same_matter(
    text: str,
    area: str,
    point: Point | None,
    at: datetime,
    actor: Actor,
    *,
    description: str = "",
    place: str = "",
    but: UUID | None = None,
    most: int = MOST,
) -> list[Like]:
    """Return visible cases of the last year that look like the same matter, likeliest first."""
    told = Told(text, description, place, area, point)
    asked = short(told.title, told.description)
    # One word says nothing: two characters and their pair.
    if len(asked) < 5 or not (area or point):
        return []
    rows = [row for row in _surroundings(told, at, actor) if row.id != but]
    alike = likeness(asked, [row.numbers for row in rows], rarities())
    scored = sorted(
        (
            (_score(told, row, float(words), at), row)
            for words, row in zip(alike, rows, strict=True)
        ),
        key=lambda one: (-one[0], -one[1].opened_at.timestamp(), one[1].id),
    )
    best = [(score, row) for score, row in scored[:most] if score >= _ENOUGH]
    return _shown(best, told, at, actor)


def same_as(case: Case, at: datetime, actor: Actor, *, most: int = MOST) -> list[Like]:
    """Return what looks like the same matter as a case."""
    point = None
    if case.latitude is not None and case.longitude is not None:
        point = (case.latitude, case.longitude)
    return same_matter(
        case.title, case.area_id, point, at, actor,
        description=case.description, place=case.place, but=case.id, most=most,
    )  # fmt: skip


def _surroundings(told: Told, at: datetime, actor: Actor) -> list[_Row]:
    since = at - SINCE
    arms: list[tuple[str, list[Any]]] = []
    if told.area:
        selection = Selection(area=told.area[: LENGTH_OF[Level.VILLAGE]])
        arms += [
            (
                f"SELECT c.id FROM {source} AND c.opened_at >= %s"  # noqa: S608 - built from fixed parts
                f" ORDER BY c.opened_at DESC LIMIT {_NEWEST}",
                [*values, since],
            )
            for source, values in (*areas_of(actor, selection), *units_of(actor, selection))
        ]
    if told.point is not None:
        arms.append((_AROUND_POINT, [cells_around(told.point), since, _AROUND]))
    if not arms:
        return []
    source, values = union(arms)
    statement = _READ.format(source)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [_Row(*row) for row in cursor.fetchall()]


def _score(told: Told, row: _Row, words: float, at: datetime) -> float:
    """Words first; near and recent make up the rest of 1."""
    if words < _WORDS:
        return 0.0
    age = max(0.0, (at - row.opened_at).total_seconds() / 86_400)
    recent: float = 0.5 ** (age / _HALF_DAYS)
    return words * (0.65 + 0.2 * _nearness(told, row) + 0.15 * recent)


def _nearness(told: Told, row: _Row) -> float:
    if _is_same_place(told, row.place, row.area):
        return 1.0
    far = _metres(told, row.latitude, row.longitude)
    if far is not None:
        return exp(-far / _NEAR_METRES)
    return 0.5 if told.area == row.area else 0.2


def _is_same_place(told: Told, place: str, area: str) -> bool:
    if not told.place or not place or told.area != area:
        return False
    spot = public_place(told.place) or told.place
    return spot == (public_place(place) or place)


def _metres(told: Told, latitude: float | None, longitude: float | None) -> float | None:
    if told.point is None or latitude is None or longitude is None:
        return None
    return metres(told.point, (latitude, longitude))


def _shown(
    best: Sequence[tuple[float, _Row]], told: Told, at: datetime, actor: Actor
) -> list[Like]:
    """Read what is shown of the best, through the actor's filter once more."""
    found = Case.objects.filter(visible_to(actor), pk__in=[row.id for _, row in best])
    cases = {case.id: case for case in found.select_related("area__parent", "holder", "handler")}
    likes = []
    for score, row in best:
        if (case := cases.get(row.id)) is None:
            continue
        far = _metres(told, case.latitude, case.longitude)
        likes.append(
            Like(
                case=case,
                score=round(score, 3),
                metres=None if far is None else round(far / 10) * 10,
                same_place=_is_same_place(told, case.place, case.area_id),
                words=shared_words(f"{told.title} {told.description}", case.title),
                light=light_of(case, at),
            )
        )
    return likes
