"""``plan`` and ``observe``: the belief about one search, before and after each look."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.missing.planning import belief
from linli.missing.planning.belief import ABSENT, CLIP, DARK, PRESENT, Looks, Outcome, Scene, Walks
from linli.missing.planning.people import Goal, Report, movers, set_out
from linli.missing.planning.profiles import PROFILES, Profile
from linli.missing.planning.streets import Floats, Ints, Streets
from linli.missing.planning.views import Views
from linli.missing.planning.walking import RIDE, Crowd, Ground, Habits

HUBS = 64
# Windows of one search at most: a day.
MOST_WINDOWS = 288
# However little the belief expected it, somebody may have come by: chance a clip.
SURPRISE = 0.01
# How often somebody who walks a street sees whoever is on it.
FOUND_ON_FOOT = 0.8


@dataclass(frozen=True, slots=True)
class Plan:
    """The belief at one moment. ``weights`` (one a person of the crowd) sum to 1.

    ``shown`` is for each row of the walks the chance that its clip shows its person; ``anchor`` the
    window of the latest sighting held for true (-1: none). Nothing of it changes: :func:`observe`
    returns another.
    """

    scene: Scene
    report: Report
    walks: Walks
    weights: Floats
    shown: Floats
    looks: Looks
    anchor: int
    seed: int

    def chances(self) -> Floats:
        """Return camera × window: the chance that a reviewer sees the person in the clip."""
        views, windows = self.scene.views, self.scene.windows
        clips, rows = self.scene.clip(self.walks.rows), self.walks.rows
        each = self.weights[rows.person] * self.shown
        found = np.bincount(clips, each, views.cameras * windows).astype(float)
        return found.reshape(views.cameras, windows)

    def last_chances(self) -> Floats:
        """Return camera × window: the chance that the person was in view last of all there."""
        views, windows = self.scene.views, self.scene.windows
        rows = self.walks.rows
        ends = np.flatnonzero(np.diff(rows.person, append=-1))
        found = np.bincount(
            self.scene.clip(rows)[ends], self.weights[rows.person[ends]], views.cameras * windows
        )
        return found.astype(float).reshape(views.cameras, windows)

    def unseen(self) -> float:
        """Return the chance that no camera has seen the person at all."""
        seen = np.zeros(len(self.weights), bool)
        seen[self.walks.rows.person] = True
        return float(self.weights[~seen].sum())

    def heat(self, window: int = -1) -> Floats:
        """Return for each stretch the chance that the person is there at the end of a window.

        What is missing to 1 is the chance of being out of the area or on a bus.
        """
        where = self.walks.where[:, window]
        inside = where >= 0
        return np.bincount(where[inside], self.weights[inside], len(self.scene.streets.length))

    def window_at(self, time: float) -> int:
        """Return the window of a time, within those there are."""
        return int(np.clip((time - self.scene.origin) // CLIP, 0, self.scene.windows - 1))


def plan(
    streets: Streets, views: Views, report: Report, *, now: float, people: int = 12_000,
    seed: int = 1,
) -> Plan:  # fmt: skip
    """Draw what may have happened since the person was last seen, until ``now`` (seconds).

    The same seed draws the same. Raises ``ValueError`` when now is before the report's time, and
    ``KeyError`` for a category that is not in the table.
    """
    if now < report.time - report.unsure:
        raise ValueError("the search begins before the person was last seen")
    rng = np.random.default_rng(seed)
    scene = _scene(streets, views, report, now, rng)
    walks = belief.let_walk(scene, set_out(scene, report, people, rng), seed)
    shown, _ = belief.judged(walks.rows, people, {})
    return Plan(scene, report, walks, np.full(people, 1.0 / people), shown, {}, -1, seed)


def windows_of(report: Report, now: float) -> tuple[float, int]:
    """Return when the first window of a search begins, and how many there are until now."""
    origin = np.floor((report.time - report.unsure) / CLIP) * CLIP
    origin = max(origin, np.ceil(now / CLIP) * CLIP - MOST_WINDOWS * CLIP)
    return float(origin), int(max(1, np.ceil((now - origin) / CLIP)))


def _scene(
    streets: Streets, views: Views, report: Report, now: float, rng: np.random.Generator
) -> Scene:
    profile = PROFILES[report.category]
    origin, windows = windows_of(report, now)

    def junction(x: float, y: float) -> int:
        return int(streets.start[streets.nearest(x, y).stretch])

    back = junction(report.x, report.y)
    home = back if report.home is None else junction(*report.home)
    known = [junction(goal.x, goal.y) for goal in report.goals]
    goals = [back, home, *known, *_hubs(streets, report, profile, rng)]
    metres = np.minimum(np.stack([streets.metres_from(goal) for goal in goals]), 1e6)
    parts: list[Any] = [
        *streets.rows, *streets.headings, streets.start, streets.end, streets.length,
        views.first, views.camera, views.low, views.high, metres.astype(np.float32),
        np.asarray(goals, np.int64),
    ]  # fmt: skip
    # One layout for all, or the walk would be compiled once for each.
    ground = Ground._make([*(np.ascontiguousarray(part) for part in parts), 2 + len(known)])
    habits = Habits(
        profile.pause_every, profile.pause, profile.stops, 0.3, 0.35, 700.0, 1.6,
        CLIP, windows, now - origin,
    )  # fmt: skip
    return Scene(streets, views, ground, habits, origin)


def _hubs(
    streets: Streets, report: Report, profile: Profile, rng: np.random.Generator
) -> list[int]:
    """Choose junctions at distances as the table has them, in directions where streets are."""
    away = np.hypot(streets.x - report.x, streets.y - report.y)
    order = np.argsort(away, kind="stable")
    wanted = np.exp(rng.normal(profile.mu, profile.sigma, HUBS)) * 1000.0
    found = []
    for metres in np.clip(wanted, 150.0, away.max()):
        low, high = np.searchsorted(away[order], (metres * 0.85, metres * 1.15))
        low = min(max(0, low - 2), len(order) - 1)
        found.append(int(order[rng.integers(low, max(low + 1, min(high + 2, len(order))))]))
    return found


def observe(before: Plan, camera: int, window: int, outcome: Outcome | str) -> Plan:
    """Take in what a reviewer says of a clip: ``seen``, ``perhaps`` or ``not_seen``.

    Raises ``ValueError`` for a clip that is not there or another word.
    """
    outcome = Outcome(outcome)
    if not (0 <= camera < before.scene.views.cameras and 0 <= window < before.scene.windows):
        raise ValueError("there is no such clip")
    rows, size = before.walks.rows, len(before.weights)
    mine = {clip: said for clip, said in before.looks.items() if clip[0] == camera}
    _, likely_before = belief.judged(rows, size, mine)
    mine.pop((camera, window), None)
    shown, likely = belief.judged(rows, size, {**mine, (camera, window): outcome})
    weights = before.weights * likely / likely_before
    now = replace(
        before,
        looks={**before.looks, (camera, window): outcome},
        shown=np.where(rows.camera == camera, shown, before.shown),
        weights=weights / weights.sum(),
    )
    if outcome is Outcome.NOT_SEEN or window <= before.anchor:
        return now
    here = before.walks.passing(camera, window)
    ratio = PRESENT[outcome] / ABSENT[outcome] * (1 - DARK)
    stretch, low, high = before.scene.views.of_camera(camera)
    view = (stretch, low, high)
    return _go_on(now, weights, here=here, surprise=SURPRISE * ratio, window=window, view=view)


def observe_street(
    before: Plan, stretches: Iterable[int], time: float, outcome: Outcome | str
) -> Plan:
    """Take in what somebody says who walked some stretches at a time (seconds of the clock).

    Whoever was on them then would mostly have been met. A sighting goes on from there.
    """
    outcome, window = Outcome(outcome), before.window_at(time)
    walked = np.asarray(sorted(set(stretches)), np.int64)
    here = np.isin(before.walks.where[:, window], walked)
    found = FOUND_ON_FOOT if outcome is Outcome.SEEN else 1.0 - FOUND_ON_FOOT
    if outcome is Outcome.PERHAPS:
        found = PRESENT[outcome]
    ratio = found / ABSENT[outcome]
    weights = before.weights * np.where(here, ratio, 1.0)
    now = replace(before, weights=weights / weights.sum())
    if outcome is Outcome.NOT_SEEN or window <= before.anchor or not len(walked):
        return now
    length = before.scene.streets.length[walked]
    none = np.zeros(0, np.int64)
    part = (walked, np.zeros(len(walked)), length)
    return _go_on(
        now, weights, here=none, surprise=SURPRISE * ratio, window=window, view=part, passing=here
    )


def _go_on(
    now: Plan, weights: Floats, *, here: Ints, surprise: float, window: int,
    view: tuple[Ints, Floats, Floats], passing: NDArray[np.bool_] | None = None,
) -> Plan:  # fmt: skip
    """Draw anew how it went on from a sighting, for as much of the belief as holds it for true.

    ``weights`` are those before they were made to sum to 1; ``here`` the rows of those in view,
    ``view`` the parts of stretches where the person may have been otherwise.
    """
    rng = np.random.default_rng((now.seed, len(now.looks), window))
    size = len(weights)
    if passing is None:
        passing = np.zeros(size, bool)
        passing[now.walks.rows.person[here]] = True
    inside = float(weights[passing].sum())
    total = float(weights.sum()) + surprise
    true = (inside + surprise) / total
    count = int(np.clip(round(size * true), 1, size - 1))
    fresh = count if not len(here) else int(count * surprise / (inside + surprise))
    new = belief.let_walk(
        now.scene,
        belief.crowds(
            (
                _after(now, here, weights, count - fresh, rng),
                _in_view(now, view, window, fresh, rng),
            )
        ),
        int(rng.integers(1 << 31)),
    )
    kept = belief.even(np.where(passing, 0.0, weights) + 1e-300, size - count, rng)
    walks = belief.joined(new, belief.picked(now.walks, kept))
    shown, likely = belief.judged(walks.rows, size, now.looks)
    # The old ones have their looks in their weights already; the new ones begin with the sighting.
    mine = likely[:count] / likely[:count].sum() * true
    others = np.full(size - count, (1.0 - true) / (size - count))
    anchor = window if true > 0.5 else now.anchor
    weights = np.concatenate((mine, others))
    return replace(now, walks=walks, weights=weights / weights.sum(), shown=shown, anchor=anchor)


def _after(now: Plan, here: Ints, weights: Floats, count: int, rng: np.random.Generator) -> Crowd:
    """Set out from where those stood who came through the view: they or somebody like them."""
    rows, crowd = now.walks.rows, now.walks.crowd
    if not count:
        return Crowd._make(part[:0] for part in crowd)
    chosen = here[belief.even(weights[rows.person[here]] + 1e-300, count, rng)]
    whose = rows.person[chosen]
    other = movers(
        now.scene, now.report,
        (rows.stretch[chosen], rows.along[chosen], rows.forward[chosen], rows.time[chosen]), rng,
    )  # fmt: skip
    keeps = (rng.random(count) < 0.5) & (crowd.mode[whose] != RIDE)
    same_pace = rng.random(count) < 0.7
    pace = np.clip(crowd.speed[whose] * np.exp(rng.normal(0, 0.1, count)), 0.25, 2.0)
    return other._replace(
        mode=np.where(keeps, crowd.mode[whose], other.mode),
        goal=np.where(keeps, crowd.goal[whose], other.goal),
        speed=np.where(same_pace, pace, other.speed),
    )


def _in_view(
    now: Plan, view: tuple[Ints, Floats, Floats], window: int, count: int, rng: np.random.Generator
) -> Crowd:
    """Set out from anywhere in view, either way, at any moment of the window."""
    if not len(view[0]):  # a camera that sees no street at all
        spot = now.scene.streets.nearest(now.report.x, now.report.y)
        view = (np.asarray([spot.stretch], np.int64), np.zeros(1), np.ones(1))
    stretch, low, high = view
    which = rng.integers(0, len(stretch), count)
    along = low[which] + (high - low)[which] * rng.random(count)
    time = np.minimum((window + rng.random(count)) * CLIP, now.scene.habits.until)
    standing = (stretch[which], along, rng.random(count) < 0.5, time)
    return movers(now.scene, now.report, standing, rng)


__all__ = ["Goal", "Plan", "Report", "observe", "observe_street", "plan", "windows_of"]
