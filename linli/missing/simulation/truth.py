"""The truth of a made-up case: somebody with a goal in mind, by other rules than the planner's.

Goals and legs of shortest ways as one remembers them (lengths misjudged), another speed, other
pauses, stays indoors that no camera sees, a wrong time in the report, cameras that are out, reviewers
who miss and who mistake. Nothing here is shared with the planner but streets and views.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from linli.missing.planning.belief import CLIP
from linli.missing.planning.people import Goal, Report
from linli.missing.planning.search import windows_of
from linli.missing.planning.streets import Streets
from linli.missing.planning.views import Views
from linli.missing.simulation.towns import density

MISSED, FALSE, OUT = 0.15, 0.002, 0.2
WRONG_TIME = 900.0
HIDES = 0.06


@dataclass(frozen=True, slots=True)
class Case:
    """What was reported, and what nobody knows: clips with the person in them, by time.

    ``present`` are (camera, window) of working cameras, ``last`` the latest of them; ``detected``
    and ``mistaken`` are drawn once for each clip, the same for every way of searching.
    """

    report: Report
    now: float
    origin: float
    windows: int
    present: frozenset[tuple[int, int]]
    last: tuple[int, int] | None
    detected: NDArray[np.bool_]
    mistaken: NDArray[np.bool_]

    def answer(self, camera: int, window: int) -> bool:
        """Return whether the reviewer says “seen” of a clip."""
        if (camera, window) in self.present:
            return bool(self.detected[camera, window])
        return bool(self.mistaken[camera, window])

    def truly(self, camera: int, window: int) -> bool:
        """Return whether the reviewer sees the person in it."""
        return (camera, window) in self.present and bool(self.detected[camera, window])


def draw_case(streets: Streets, views: Views, rng: np.random.Generator) -> Case:
    """Draw a case: the person sets out at second 0."""
    built_up = density(streets)
    home = int(rng.choice(len(streets.x), p=built_up / built_up.sum()))
    elapsed = float(np.clip(rng.lognormal(np.log(4500.0), 1.156), 1200.0, 21600.0))
    wrong = float(rng.triangular(-WRONG_TIME, 0.0, WRONG_TIME))
    walk = _Walk(streets, views, rng, elapsed)
    listed = [walk.some_place(home) for _ in range(3)]
    first = listed[int(rng.integers(3))] if rng.random() < 0.5 else walk.some_place(home)
    walk.live(home, first, listed)
    # The clock of the report: the person was reported seen at ``wrong``.
    report = Report(
        float(streets.x[home]), float(streets.y[home]), wrong, off=20.0,
        goals=tuple(Goal(float(streets.x[g]), float(streets.y[g])) for g in listed),
        home=(float(streets.x[home]), float(streets.y[home])),
    )  # fmt: skip
    origin, windows = windows_of(report, elapsed)
    out = rng.random(views.cameras) < OUT
    present, last, latest = set(), None, -np.inf
    for camera, since, until in walk.passes:
        if out[camera]:
            continue
        for window in range(int((since - origin) // CLIP), int((until - origin) // CLIP) + 1):
            if 0 <= window < windows:
                present.add((camera, window))
                end = min(until, origin + (window + 1) * CLIP)
                if end > latest:
                    last, latest = (camera, window), end
    shape = (views.cameras, windows)
    return Case(
        report, elapsed, origin, windows, frozenset(present), last,
        rng.random(shape) >= MISSED, rng.random(shape) < FALSE,
    )  # fmt: skip


class _Walk:
    """One person's way until the search begins."""

    def __init__(
        self, streets: Streets, views: Views, rng: np.random.Generator, until: float
    ) -> None:
        self.streets, self.views, self.rng, self.until = streets, views, rng, until
        self.passes: list[tuple[int, float, float]] = []
        self.now = 0.0
        self.speed = float(np.clip(rng.normal(1.0, 0.25), 0.4, 1.6))
        tails = np.concatenate((streets.start, streets.end))
        heads = np.concatenate((streets.end, streets.start))
        # How long the ways seem to this person.
        seems = streets.length * np.exp(rng.normal(0, 0.25, len(streets.length)))
        self.stretch = {
            (int(a), int(b)): number % len(streets.length)
            for number, (a, b) in enumerate(zip(tails, heads, strict=True))
        }
        numbers = np.asarray(
            [self.stretch[int(a), int(b)] for a, b in zip(tails, heads, strict=True)]
        )
        keep = numbers == np.tile(np.arange(len(streets.length)), 2)
        self.matrix: Any = csr_matrix(
            (np.tile(seems, 2)[keep], (tails[keep], heads[keep])), (len(streets.x),) * 2
        )

    def some_place(self, origin: int) -> int:
        """Choose a junction a walk away: a gamma-like distance, not the planner's."""
        away = self.streets.metres_from(origin)
        wanted = self.rng.gamma(1.6, 900.0) + 150.0
        near = np.flatnonzero(np.abs(away - wanted) < max(150.0, 0.1 * wanted))
        if not len(near):
            return int(np.argmin(np.abs(away - wanted)))
        return int(self.rng.choice(near))

    def live(self, at: int, goal: int, listed: list[int]) -> None:
        """Go from goal to goal until the time is over or there is no going on."""
        home = at
        if self.rng.random() < HIDES:  # at a neighbour's, in a yard, in the stairwell
            return
        while self.now < self.until:
            self._go(at, goal)
            at = goal
            luck = self.rng.random()
            if luck < 0.35:
                self._stay(at, self.until)
                return
            self._stay(at, self.rng.gamma(2.0, 600.0))
            if luck < 0.5:
                goal = home if at != home else self.some_place(at)
            elif luck < 0.65:
                goal = listed[int(self.rng.integers(len(listed)))]
            else:
                goal = self.some_place(at)

    def _stay(self, at: int, seconds: float) -> None:
        """Stay at a junction: outdoors in sight, or indoors."""
        if self.rng.random() < 0.5:
            stretch = int(self.streets.rows[2][self.streets.rows[0][at]])
            along = (
                0.0 if self.streets.start[stretch] == at else float(self.streets.length[stretch])
            )
            self._seen(stretch, along, along, seconds)
        self.now += seconds

    def _go(self, at: int, goal: int) -> None:
        _, before = dijkstra(self.matrix, indices=at, return_predecessors=True)
        way = [goal]
        while way[-1] != at and before[way[-1]] >= 0:
            way.append(int(before[way[-1]]))
        way.reverse()
        for one, other in pairwise(way):
            stretch = self.stretch[one, other]
            length = float(self.streets.length[stretch])
            forward = int(self.streets.start[stretch]) == one
            seconds = length / (self.speed * float(np.exp(self.rng.normal(0, 0.1))))
            self._seen(stretch, *((0.0, length) if forward else (length, 0.0)), seconds)
            self.now += seconds
            if self.now > self.until:
                return
            if self.rng.random() < length / 900.0:  # looks, sits, talks
                self._stay(other, self.rng.gamma(1.5, 240.0))

    def _seen(self, stretch: int, one: float, two: float, seconds: float) -> None:
        views = self.views
        low, high = min(one, two), max(one, two)
        for row in range(int(views.first[stretch]), int(views.first[stretch + 1])):
            a, b = max(low, float(views.low[row])), min(high, float(views.high[row]))
            if a > b:
                continue
            shares = [0.0, 1.0]
            if high > low:
                shares = sorted((abs(a - one) / (high - low), abs(b - one) / (high - low)))
            since, until = (self.now + seconds * share for share in shares)
            if since < self.until:
                self.passes.append((int(views.camera[row]), since, min(until, self.until)))
