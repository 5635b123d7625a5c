"""Make routes: the ways of all teams of a shift, over streets that are owed and points at their times."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import IllegalMove
from linli.patrol.actions.step import locked_area
from linli.patrol.models import PatrolArea, Route, Shift, ShiftPattern
from linli.patrol.policy import leads_area, permit
from linli.patrol.queries.ground import ground_for, owed
from linli.patrol.queries.places import Place, places_for
from linli.patrol.rounds.ground import Ground
from linli.patrol.rounds.plan import Crew, Round, Rounds, Task, plan_rounds
from linli.patrol.rounds.timetable import Timed
from linli.patrol.rounds.variety import Habit, habits
from linli.roads.modes import Mode
from linli.roads.queries import map_in_use

# Rounds of so many days before are not to be repeated.
REMEMBERED = timedelta(days=7)
SECONDS = 0.4


@transaction.atomic
def make_routes(
    area_id: UUID, *, day: date, pattern: str, actor: Actor, at: datetime,
    seconds: float = SECONDS, seed: int | None = None, most: int | None = None,
) -> list[Route]:  # fmt: skip
    """Plan the ways of the published shifts of a day; ways made before give way.

    Raises ``NoMap``, and :class:`IllegalMove` where nobody goes out, where they have begun, or where
    the map has no streets. ``seed`` is drawn by chance unless it is given.
    """
    area = locked_area(area_id, actor)
    permit(leads_area(actor, area))
    shifts = _shifts(area, day, pattern, at)
    task, places = _task(area, shifts, at)
    drawn = secrets.randbits(31) if seed is None else seed
    found = plan_rounds(task, seed=drawn, seconds=seconds, most=most)
    return keep_routes(area, shifts, found, places, seed=drawn, by=actor.user_id, at=at)


def _shifts(area: PatrolArea, day: date, pattern: str, at: datetime) -> list[Shift]:
    rows = Shift.objects.filter(patrol_area=area, date=day, pattern=pattern, published=True)
    shifts = list(rows.select_related("team", "pattern").order_by("team__name", "id"))
    if not shifts:
        raise IllegalMove(
            _("Nobody goes out on that shift."), _("Publish a roster for that day first.")
        )
    if shifts[0].ends_at <= at:
        raise IllegalMove(_("This shift is over."))
    return shifts


def _task(area: PatrolArea, shifts: Sequence[Shift], at: datetime) -> tuple[Task, dict[str, Place]]:
    kind, day = shifts[0].pattern, shifts[0].date
    crews = [Crew(str(shift.id), Mode(shift.team.mode)) for shift in shifts]
    grounds: dict[Mode, Ground] = {}
    for mode in dict.fromkeys(crew.mode for crew in crews):
        ground = ground_for(area, mode)
        if ground is None:
            raise IllegalMove(
                _("The map has no streets in this patrol area."),
                _("Ask whoever runs the server to import a map of the region."),
            )
        grounds[mode] = ground
    open_visits: dict[int, float] = {}
    for ground in grounds.values():
        open_visits |= owed(area, ground, day)
    places = places_for(area, day, kind.begins, kind.ends, at)
    task = Task(
        grounds, crews, (area.longitude, area.latitude), kind.begins, kind.ends, open_visits,
        [
            (one.key, one.at, max(one.begins, kind.begins), min(one.ends, kind.ends),
             one.minutes, one.must)
            for one in places
        ],
        _before(area, kind, day),
    )  # fmt: skip
    return task, {one.key: one for one in places}


def _before(area: PatrolArea, kind: ShiftPattern, day: date) -> list[frozenset[Habit]]:
    rows = Route.objects.filter(
        patrol_area=area, shift__pattern=kind, map=map_in_use().name,
        shift__date__range=(day - REMEMBERED, day - timedelta(days=1)),
    )  # fmt: skip
    return [habits(stretches) for stretches in rows.values_list("stretches", flat=True)]


def keep_routes(
    area: PatrolArea, shifts: Sequence[Shift], found: Rounds, places: Mapping[str, Place],
    *, seed: int, by: UUID | None, at: datetime,
) -> list[Route]:  # fmt: skip
    """Save the ways of shifts in the place of those there were."""
    left = _left(found, places)
    rounds = {one.key: one for one in found.rounds}
    Route.objects.filter(shift__in=shifts).delete()
    version = map_in_use().name
    routes = [
        Route(
            shift=shift, patrol_area=area, made_at=at, map=version, seed=seed,
            stops=stops_of(rounds[str(shift.id)], places), left=left,
            line=[[round(x, 6), round(y, 6)] for x, y in rounds[str(shift.id)].line],
            stretches=[list(one) for one in rounds[str(shift.id)].stretches],
            metres=round(rounds[str(shift.id)].metres),
            minutes=round(rounds[str(shift.id)].minutes),
            difference=rounds[str(shift.id)].difference,
        )
        for shift in shifts
    ]  # fmt: skip
    Route.objects.bulk_create(routes)
    facts = {
        "date": shifts[0].date, "pattern": shifts[0].pattern_id, "routes": len(routes),
        "left": len(left),
    }  # fmt: skip
    record("patrol_area", area.id, "patrol.routes", actor=by, at=at, facts=facts)
    return routes


def _left(found: Rounds, places: Mapping[str, Place]) -> list[str]:
    """Return the names of places and streets that found no room, each once."""
    names = [places[key].name for key in found.missed]
    grounds = {one.ground.mode: one.ground for one in found.rounds}
    names += [grounds[mode].names[edge] for mode, edge in found.left]
    return list(dict.fromkeys(name for name in names if name))


def stops_of(one: Round, places: Mapping[str, Place]) -> list[dict[str, Any]]:
    """Return the ordered list of a round: stretches of one street that follow each other are one."""
    found: list[dict[str, Any]] = []
    for timed in one.timed:
        stop = _visit(one, timed, places) if timed.leg.visit else _street(one, timed)
        before = found[-1] if found else None
        same = before is not None and before["kind"] == stop["kind"] == "street"
        if before is not None and same and before["name"] == stop["name"]:
            before["metres"] += stop["metres"]
            before["until"] = stop["until"]
        else:
            found.append(stop)
    return found


def _street(one: Round, timed: Timed) -> dict[str, Any]:
    edge = one.ground.edge_between.get((timed.leg.start, timed.leg.end))
    x, y = one.ground.places[timed.leg.start].tolist()
    return {
        "kind": "street", "name": one.ground.names[edge] if edge is not None else "",
        "at": round(timed.reached), "until": round(timed.left), "lng": round(x, 6),
        "lat": round(y, 6), "key": "",
        "metres": round(float(one.ground.length[edge])) if edge is not None else 0,
    }  # fmt: skip


def _visit(one: Round, timed: Timed, places: Mapping[str, Place]) -> dict[str, Any]:
    assert timed.leg.visit is not None  # noqa: S101 - the caller has looked
    place = places[timed.leg.visit.key]
    return {
        "kind": place.kind, "name": place.name, "at": round(timed.reached),
        "until": round(timed.left), "lng": round(place.at[0], 6), "lat": round(place.at[1], 6),
        "key": place.key, "metres": 0,
        "begins": round(timed.leg.visit.begins), "ends": round(timed.leg.visit.ends),
    }  # fmt: skip


def midnight_of(shift: Shift) -> datetime:
    """Return the moment from which the minutes of a shift's route count."""
    return timezone.localtime(shift.starts_at) - timedelta(minutes=shift.pattern.begins)
