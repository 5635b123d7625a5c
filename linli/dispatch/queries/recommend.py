"""The recommendation for an incident: its run cards, the units in reach, and their ways there."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.accounts.actor import Actor
from linli.areas.models import Area
from linli.dispatch import lifecycle
from linli.dispatch.models import Assignment, Capability, DispatchUnit, Incident, RunCard
from linli.dispatch.policy import units_sent_by
from linli.dispatch.queries.ranking import Candidate, Line, Need, propose, shortlist
from linli.dispatch.queries.travel import FRESH_SECONDS, in_detail, ways_to
from linli.roads.network import Point

# For each need so many more than are wanted are looked at in detail, and so many in all.
SPARE, MOST_IN_DETAIL = 3, 12
_FIELDS = (
    "id", "name", "kind", "status", "shared", "skills", "equipment", "mode", "why_out",
    "longitude", "latitude", "area__longitude", "area__latitude",
    "spot__longitude", "spot__latitude", "spot__at",
)  # fmt: skip


def recommendation(
    incident: Incident, actor: Actor, at: datetime, kinds: Iterable[str] = ()
) -> list[Line]:
    """Return who should go to the incident and why, a line for each need of its run cards.

    ``kinds`` adds units of other kinds to choose from, with nothing asked of them.
    """
    needs = needs_of(incident.kind_id, incident.priority)
    asked = {need.kind for need in needs}
    needs += [Need(kind, 0) for kind in kinds if kind not in asked]
    target = place_of(incident)
    units, points = candidates(incident, target, actor, at, {need.kind for need in needs})
    lines = propose(needs, units)
    if target is None:
        return lines
    # The network ranks hundreds in a walk; Valhalla knows turns, and is asked about the best few.
    few = {key: points[key] for key in shortlist(lines, SPARE, MOST_IN_DETAIL)}
    detailed = in_detail(target, few, at)
    if not detailed:
        return lines
    return propose(
        needs,
        [
            replace(unit, seconds=detailed[unit.id], way="turns") if unit.id in detailed else unit
            for unit in units
        ],
    )


def needs_of(kind: str, priority: int) -> list[Need]:
    """Return what the run cards of a kind ask for at a priority; one unit where there is no card."""
    cards = RunCard.objects.filter(kind=kind, priority__gte=priority).order_by("position", "id")
    found = [
        Need(card.unit_kind, card.count, frozenset(card.skills), frozenset(card.equipment))
        for card in cards
    ]
    return found or [Need("patrol", 1)]


def candidates(
    incident: Incident, target: Point | None, actor: Actor, at: datetime, kinds: Iterable[str]
) -> tuple[list[Candidate], dict[UUID, tuple[Point, str]]]:
    """Return the units of ``kinds`` that the actor may send, with their ways to ``target``.

    Besides, for those that can be sent: where each is, and how it moves.
    """
    rows = list(
        DispatchUnit.objects.filter(units_sent_by(actor), kind__in=kinds, retired_at=None)
        .order_by("name")
        .values(*_FIELDS)
    )
    here, declined = _answered(incident)
    found: list[Candidate] = []
    points: dict[UUID, tuple[Point, str]] = {}
    for row in rows:
        spot, seen = spot_of(row, at)
        key: UUID = row["id"]
        if spot and row["status"] == lifecycle.AVAILABLE:
            points[key] = (spot, row["mode"])
        found.append(
            Candidate(
                id=key, name=row["name"], kind=row["kind"], status=row["status"],
                shared=row["shared"], skills=frozenset(row["skills"]),
                equipment=frozenset(row["equipment"]), seen=seen, here=key in here,
                declined=key in declined, why_out=row["why_out"],
            )
        )  # fmt: skip
    ways = ways_to(target, points, at) if target else {}
    return [
        replace(unit, seconds=ways[unit.id][0], way=ways[unit.id][1]) if unit.id in ways else unit
        for unit in found
    ], points


def place_of(incident: Incident) -> Point | None:
    """Return the incident's point (longitude, latitude): its own, else the middle of its area."""
    if incident.longitude is not None and incident.latitude is not None:
        return incident.longitude, incident.latitude
    return middle_of(incident.area_id)


def middle_of(code: str) -> Point | None:
    """Return the point an area is marked by, where it is known."""
    found = Area.objects.filter(pk=code).values_list("longitude", "latitude").first()
    if found is None or found[0] is None or found[1] is None:
        return None
    return found[0], found[1]


def spot_of(row: dict[str, Any], at: datetime) -> tuple[Point | None, int | None]:
    """Return where a unit is, and how many seconds ago its phone told so (None: its post, its area)."""
    if row["spot__at"] is not None:
        age = max(0, round((at - row["spot__at"]).total_seconds()))
        if age <= FRESH_SECONDS:
            return (row["spot__longitude"], row["spot__latitude"]), age
    for way in ("", "area__"):
        if row[f"{way}longitude"] is not None:
            return (row[f"{way}longitude"], row[f"{way}latitude"]), None
    return None, None


def _answered(incident: Incident) -> tuple[set[UUID], set[UUID]]:
    """Return the units that are out to the incident, and those that have declined it."""
    rows = Assignment.objects.filter(incident=incident).values_list("unit", "state")
    here = {unit for unit, state in rows if state in lifecycle.UNDER_WAY}
    return here, {unit for unit, state in rows if state == lifecycle.DECLINED} - here


def capability_names() -> dict[str, str]:
    """Return the names of skills and equipment by code."""
    return {one.code: one.label for one in Capability.objects.all()}


def chosen(lines: Sequence[Line], among: Iterable[UUID] = ()) -> dict[UUID, list[Any]]:
    """Return the proposed units, each with its reasons as they are kept, and its seconds.

    Those of ``among`` that were not proposed are there, too, marked as chosen by hand.
    """
    wanted = set(among)
    found: dict[UUID, list[Any]] = {
        one.unit.id: [[list(reason) for reason in one.reasons], one.unit.seconds, True]
        for line in lines
        for one in line.chosen
    }
    for line in lines:
        for one in line.others:
            if one.unit.id in wanted:
                reasons: list[Any] = [["by_hand", ""], *(list(reason) for reason in one.reasons)]
                found.setdefault(one.unit.id, [reasons, one.unit.seconds, False])
    return found
