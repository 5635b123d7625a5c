"""Who may have set out, and how: from the report and the table of categories."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from linli.missing.planning.belief import Scene
from linli.missing.planning.profiles import PROFILES
from linli.missing.planning.walking import GOAL, RIDE, WANDER, Crowd

HOME, NEARBY, KNOWN = 4, 3, 0
# Of what one remembers of a time, how often anything is as likely as the truth.
VAGUE = 0.3
# Metres of detour that one takes for nothing: median, and spread of the logarithm.
STRAY, STRAY_SPREAD = 35.0, 0.6
NEAR = 120.0
SLOWEST, FASTEST = 0.25, 2.0
FARTHEST = 20_000.0


@dataclass(frozen=True, slots=True)
class Goal:
    """A place the person may have gone to, in metres, and how likely compared with the others."""

    x: float
    y: float
    likely: float = 1.0


@dataclass(frozen=True, slots=True)
class Report:
    """Where and when somebody was last seen: metres, seconds of any clock, and how sure it is.

    ``unsure`` is by how many seconds the time may be wrong, ``off`` by how many metres the place.
    """

    x: float
    y: float
    time: float
    category: str = "dementia"
    unsure: float = 900.0
    off: float = 60.0
    goals: tuple[Goal, ...] = ()
    home: tuple[float, float] | None = None
    night: bool = False


def set_out(scene: Scene, report: Report, size: int, rng: np.random.Generator) -> Crowd:
    """Draw who sets out: from about the place, at about the time, each with a way of moving."""
    near = scene.streets.within(report.x, report.y, report.off)
    _, stretch, along = scene.streets.points
    if len(near):
        which = near[rng.integers(0, len(near), size)]
        start, at = stretch[which], along[which]
    else:
        spot = scene.streets.nearest(report.x, report.y)
        start, at = np.full(size, spot.stretch), np.full(size, spot.along)
    # What one remembers of a time is oftener a little wrong than a lot.
    vague = rng.random(size) < VAGUE
    wrong = np.where(vague, rng.uniform(-1, 1, size), rng.triangular(-1, 0, 1, size))
    time = report.time - scene.origin + wrong * report.unsure
    time = np.minimum(time, scene.habits.until)
    return movers(scene, report, (start, at, rng.random(size) < 0.5, time), rng)


def movers(
    scene: Scene, report: Report, standing: tuple[Any, Any, Any, Any], rng: np.random.Generator
) -> Crowd:
    """Draw how those move who stand somewhere: stretch, metres along it, which way, since when."""
    stretch, along, forward, time = standing
    profile, size = PROFILES[report.category], len(time)
    shares = np.asarray(profile.shares)
    if not report.goals:
        shares[1] += shares[KNOWN]
        shares[KNOWN] = 0.0
    kind = rng.choice(len(shares), size, p=shares / shares.sum())
    mode = np.asarray((GOAL, GOAL, WANDER, WANDER, GOAL, RIDE))[kind]
    goal = rng.integers(scene.ground.hubs, len(scene.ground.goal_at), size)
    if report.goals:
        likely = np.asarray([one.likely for one in report.goals], float)
        known = 2 + rng.choice(len(likely), size, p=likely / likely.sum())
        goal = np.where(kind == KNOWN, known, goal)
    goal = np.where(kind == HOME, 1, goal)
    pace = profile.night_speed if report.night else profile.speed
    speed = pace * np.exp(rng.normal(0, profile.speed_spread, size))
    far = np.exp(rng.normal(profile.mu, profile.sigma, size)) * 1000.0
    budget = np.where(
        kind == NEARBY, rng.exponential(NEAR, size), np.clip(far * 1.5, 50.0, FARTHEST)
    )
    return Crowd(
        np.asarray(stretch, np.int64), np.asarray(along, float), np.asarray(forward, bool),
        np.asarray(time, float), mode.astype(np.int64), goal.astype(np.int64),
        np.clip(speed, SLOWEST, FASTEST), budget,
        np.exp(rng.normal(np.log(STRAY), STRAY_SPREAD, size)),
    )  # fmt: skip
