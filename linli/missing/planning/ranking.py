"""What to do next: footage by what it is worth a minute, streets by the chance of meeting somebody."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.missing.planning.belief import CLIP
from linli.missing.planning.search import Plan
from linli.missing.planning.streets import Floats

# After a sighting earlier windows say little: they count so much less.
EARLIER = 0.3
# Metres one searches on foot in a minute, looking into yards.
SEARCHED = 40.0


@dataclass(frozen=True, slots=True)
class Clip:
    """A camera's window: when it begins (seconds of the clock), the chance of a sighting in it, that
    chance a minute, and what it is ranked by."""

    camera: int
    window: int
    since: float
    chance: float
    a_minute: float
    value: float


def next_clips(
    plan: Plan, count: int, *, taken: Collection[tuple[int, int]] = (),
    dark: Collection[int] = (),
) -> list[Clip]:  # fmt: skip
    """Return the clips to review next, best first; none that was looked at or is taken.

    Before a sighting they are ranked by its chance alone; afterwards the chance counts that it is
    the last clip the person is in, too. ``dark`` are cameras without footage. The order is fixed:
    of equal ones the earlier camera, then the earlier window.
    """
    chances = plan.chances()
    value = chances.copy()
    if plan.anchor >= 0:
        value += plan.last_chances()
        value[:, : plan.anchor] *= EARLIER
    for camera, window in [*plan.looks, *taken]:
        value[camera, window] = 0.0
    value[sorted(dark)] = 0.0
    flat = value.ravel()
    count = min(count, len(flat))
    least = np.partition(flat, -count)[-count] if count else np.inf
    good = np.flatnonzero((flat >= least) & (flat > 0.0))
    found = []
    for number in good[np.argsort(-flat[good], kind="stable")][:count]:
        camera, window = divmod(int(number), plan.scene.windows)
        chance = float(chances[camera, window])
        since = plan.scene.origin + window * CLIP
        found.append(Clip(camera, window, since, chance, chance / (CLIP / 60), float(flat[number])))
    return found


@dataclass(frozen=True, slots=True)
class Part:
    """Stretches for one to walk, the chance that the person is on them now, and their metres."""

    stretches: tuple[int, ...]
    chance: float
    metres: float
    in_view: float


def share_streets(plan: Plan, people: int, *, each: float = 1_500.0) -> list[Part]:
    """Share the streets where the person may be now among people on foot, about ``each`` metres for
    one; best first.

    A part grows from the stretch with the most chance a metre over its neighbours. Which streets are
    in no camera's view counts double: there only feet help.
    """
    heat = plan.heat()
    streets, views = plan.scene.streets, plan.scene.views
    blind = np.zeros(len(heat), bool)
    blind[views.outside(np.arange(len(heat)))] = True
    worth = heat * np.where(blind, 2.0, 1.0) / np.maximum(streets.length, SEARCHED)
    free = heat > 0.0
    parts: list[Part] = []
    while len(parts) < people and free.any():
        grown = _grow(plan, int(np.argmax(np.where(free, worth, -1.0))), worth, free, each)
        free[grown] = False
        chance = float(heat[grown].sum())
        seen = float(heat[grown][~blind[grown]].sum()) / chance
        parts.append(Part(tuple(grown), chance, float(streets.length[grown].sum()), seen))
    return parts


def _grow(plan: Plan, seed: int, worth: Floats, free: NDArray[np.bool_], each: float) -> list[int]:
    """Add the worthiest neighbouring stretch until it is enough for one."""
    streets = plan.scene.streets
    first, _, stretch, _ = streets.rows
    part, edge, metres = [seed], set[int](), float(streets.length[seed])
    newest = seed
    while metres < each:
        for junction in (streets.start[newest], streets.end[newest]):
            edge.update(int(s) for s in stretch[first[junction] : first[junction + 1]] if free[s])
        edge.difference_update(part)
        if not edge:
            break
        newest = max(edge, key=lambda one: (float(worth[one]), -one))
        part.append(newest)
        metres += float(streets.length[newest])
    return part
