"""Cover: which areas are left bare, and which unit could move up. The advice is a plain function."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linli.accounts.actor import Actor
from linli.areas.codes import LENGTH_OF, Level
from linli.areas.models import Area
from linli.dispatch import lifecycle
from linli.dispatch.choices import UnitKind
from linli.dispatch.models import DispatchUnit
from linli.dispatch.policy import units_sent_by
from linli.dispatch.queries.recommend import spot_of
from linli.dispatch.queries.settings import is_in_town, targets_of
from linli.dispatch.queries.travel import ways_to
from linli.roads.network import Point

# Only what is out of reach is looked at, so many areas at most.
MOST_AREAS = 12
_TOWNSHIP = LENGTH_OF[Level.TOWNSHIP]
_FIELDS = (
    "id", "name", "mode", "area_id", "status", "longitude", "latitude", "area__longitude",
    "area__latitude", "spot__longitude", "spot__latitude", "spot__at", "standby_id",
    "standby__longitude", "standby__latitude",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bare:
    """An area that no available unit reaches in time, with the unit that could move up (if any).

    ``nearest`` is how many seconds the nearest one needs now, None where nobody is available.
    """

    area: str
    name: str
    limit: int
    nearest: float | None
    unit: UUID | None = None
    unit_name: str = ""
    unit_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """An area to be covered: within ``limit`` seconds."""

    area: str
    name: str
    limit: int


type Seconds = Mapping[str, Mapping[UUID, float]]


def advise(
    posts: Sequence[Post], units: Mapping[UUID, str], seconds: Seconds,
    guarded: Mapping[str, frozenset[UUID]],
) -> list[Bare]:  # fmt: skip
    """Return the bare areas, each with the nearest unit that leaves no other area bare by going.

    ``seconds`` is seconds by unit for each area; a unit that is not in it can't get there.
    ``units`` is names by id, ``guarded`` the units that stand in the areas that are not in question:
    the last one of an area stays. No unit is asked twice.
    """
    covering = {
        post.area: {unit for unit, far in seconds.get(post.area, {}).items() if far <= post.limit}
        for post in posts
    }
    guards = {area: set(those) for area, those in guarded.items()}
    asked: set[UUID] = set()
    found = []
    for post in posts:
        if covering[post.area]:
            continue
        there = seconds.get(post.area, {})
        free = [
            unit
            for unit in there
            if unit not in asked
            and all(who != {unit} for who in (*covering.values(), *guards.values()))
        ]
        best = min(free, key=lambda unit: (there[unit], units[unit]), default=None)
        if best is not None:
            asked.add(best)
            for who in (*covering.values(), *guards.values()):
                who.discard(best)
        found.append(
            Bare(
                post.area, post.name, post.limit, min(there.values(), default=None), best,
                units[best] if best else "", there[best] if best else None,
            )
        )  # fmt: skip
    return found


def bare_areas(actor: Actor, at: datetime, kind: str = UnitKind.PATROL) -> list[Bare]:
    """Return the townships with a unit of ``kind`` of their own where none is available in time."""
    rows = list(
        DispatchUnit.objects.filter(units_sent_by(actor), kind=kind, retired_at=None)
        .order_by("name")
        .values(*_FIELDS)
    )
    free = [row for row in rows if row["status"] == lifecycle.AVAILABLE]
    covered = {_stands_in(row)[:_TOWNSHIP] for row in free}
    homes = {row["area_id"] for row in rows if len(row["area_id"]) == _TOWNSHIP} - covered
    areas = list(
        Area.objects.filter(code__in=homes, level=Level.TOWNSHIP).order_by("code")[:MOST_AREAS]
    )
    if not areas:
        return []
    points = {
        row["id"]: (spot, row["mode"]) for row in free if (spot := _point(row, at)) is not None
    }
    targets = targets_of(areas[0].code[:4])
    posts: list[Post] = []
    seconds: dict[str, dict[UUID, float]] = {}
    for area in areas:
        limit = targets.arrive_in_town if is_in_town(area) else targets.arrive_outside
        posts.append(Post(area.code, area.name, limit))
        if area.longitude is None or area.latitude is None:
            seconds[area.code] = {}
            continue
        ways = ways_to((area.longitude, area.latitude), points, at)
        seconds[area.code] = {unit: far for unit, (far, _way) in ways.items() if far is not None}
    guarded: defaultdict[str, set[UUID]] = defaultdict(set)
    for row in free:
        guarded[_stands_in(row)[:_TOWNSHIP]].add(row["id"])
    names = {row["id"]: row["name"] for row in free}
    return advise(posts, names, seconds, {code: frozenset(one) for code, one in guarded.items()})


def _stands_in(row: Mapping[str, object]) -> str:
    return str(row["standby_id"] or row["area_id"])


def _point(row: dict[str, object], at: datetime) -> Point | None:
    if row["standby_id"] and row["standby__longitude"] is not None:
        return (row["standby__longitude"], row["standby__latitude"])  # type: ignore[return-value]
    return spot_of(row, at)[0]
