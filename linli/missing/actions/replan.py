"""Re-plan: draw what may have happened until now with everything that was said, and propose."""

from datetime import datetime
from math import hypot

import numpy as np

from linli.missing.models import Belief, Look, Member, Search
from linli.missing.planning.belief import CLIP
from linli.missing.planning.ranking import next_clips, share_streets
from linli.missing.planning.search import Plan
from linli.missing.queries.ground import Ground, belief_now, ground_of
from linli.missing.queries.places import places_near

CLIPS, STREETS = 40, 600
LEAST_PARTS, MOST_PARTS = 8, 16
# Less than this on a street is not kept.
LEAST = 2e-4


def replan(search: Search, *, at: datetime) -> Belief | None:
    """Save where the person may be now and what to do next; None where there is no map.

    Called inside the step that changed something, with the search's row locked.
    """
    ground = ground_of(search)
    if ground is None:
        return None
    plan = belief_now(search, ground, at)
    heat = plan.heat()
    order = np.argsort(-heat, kind="stable")[:STREETS]
    kept = [one for one in order.tolist() if heat[one] > LEAST]
    longitude, latitude, spread = _middle(plan, ground)
    return Belief.objects.create(
        search=search, at=at, map_version=ground.version,
        heat=[[int(ground.streets.number[one]), round(float(heat[one]), 5)] for one in kept],
        clips=_clips(search, plan, ground, at), parts=_parts(search, plan, ground),
        places=places_near(ground, heat),
        unseen=round(plan.unseen(), 4), longitude=longitude, latitude=latitude, spread=spread,
    )  # fmt: skip


def _clips(search: Search, plan: Plan, ground: Ground, at: datetime) -> list[list[object]]:
    taken = Look.objects.filter(search=search, said_at=None).count()
    return [
        [str(ground.cameras[clip.camera]), clip.since, round(clip.chance, 4)]
        for clip in next_clips(plan, CLIPS + taken)
        # What hasn't ended yet is no recording.
        if clip.since + CLIP <= at.timestamp()
    ]


def _parts(search: Search, plan: Plan, ground: Ground) -> list[list[object]]:
    """Share the streets among the people at hand."""
    people = Member.objects.filter(search=search).count()
    return [
        [
            [int(ground.streets.number[one]) for one in part.stretches],
            round(part.chance, 4), round(part.metres),
        ]
        for part in share_streets(plan, min(max(people, LEAST_PARTS), MOST_PARTS))
    ]  # fmt: skip


def _middle(plan: Plan, ground: Ground) -> tuple[float, float, int]:
    """Return the middle of the belief in degrees, and within how many metres of it half lies."""
    heat, streets = plan.heat(), ground.streets
    x = (streets.x[streets.start] + streets.x[streets.end]) / 2
    y = (streets.y[streets.start] + streets.y[streets.end]) / 2
    total = max(float(heat.sum()), 1e-9)
    east, north = float((heat * x).sum()) / total, float((heat * y).sum()) / total
    away = np.asarray([hypot(a - east, b - north) for a, b in zip(x, y, strict=True)])
    order = np.argsort(away)
    half = int(np.searchsorted(np.cumsum(heat[order]), total / 2))
    longitude, latitude = streets.degrees(east, north)
    return longitude, latitude, round(float(away[order[min(half, len(order) - 1)]]))
