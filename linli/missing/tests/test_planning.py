"""The planner on a made-up valley: what a look may do to the belief, and what it may never do."""

from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from linli.missing.planning.ranking import next_clips, share_streets
from linli.missing.planning.search import (
    Goal,
    Plan,
    Report,
    observe,
    observe_street,
    plan,
)
from linli.missing.planning.streets import Streets
from linli.missing.planning.views import Camera, Views, look
from linli.missing.simulation.towns import draw, hang

HOUR = 3600.0
OUTCOMES = some.sampled_from(["seen", "perhaps", "not_seen"])


@lru_cache
def ground() -> tuple[Streets, Views]:
    """Return a valley with cameras."""
    streets = draw("valley", 3)
    return streets, look(streets, hang(streets, 200, np.random.default_rng(3)))


@lru_cache
def begun(seed: int = 1) -> Plan:
    """Return a search of two hours."""
    streets, views = ground()
    middle = len(streets.x) // 2
    report = Report(
        float(streets.x[middle]), float(streets.y[middle]), 0.0,
        goals=(Goal(float(streets.x[5]), float(streets.y[5])),),
    )  # fmt: skip
    return plan(streets, views, report, now=2 * HOUR, people=800, seed=seed)


def test_a_crossing_is_seen_as_far_as_the_camera_reaches() -> None:
    streets = Streets.of(
        [0, 100, 0, -100, 0], [0, 0, 100, 0, -100], [(0, 1), (0, 2), (0, 3), (0, 4)]
    )
    views = look(streets, [Camera(0, 0, 90.0, 60.0, 50.0), Camera(0, 0, 0.0, 360.0, 30.0)])
    stretch, low, high = views.of_camera(0)
    east = stretch == 0
    assert low[east] == 0.0
    assert high[east] == pytest.approx(50, abs=8)
    assert high[~east].max() <= 12.0  # elsewhere only right under it
    assert sorted(views.of_camera(1)[0]) == [0, 1, 2, 3]
    assert list(views.outside(np.arange(4))) == []


def test_the_same_seed_plans_the_same() -> None:
    one = [(c.camera, c.window) for c in next_clips(begun(), 20)]
    begun.cache_clear()
    assert [(c.camera, c.window) for c in next_clips(begun(), 20)] == one
    assert one != [(c.camera, c.window) for c in next_clips(begun(2), 20)]


@settings(max_examples=8, deadline=None)
@given(some.lists(some.tuples(some.integers(0, 199), some.integers(0, 26), OUTCOMES), max_size=5))
def test_weights_are_a_distribution_whatever_is_said(looks: list[tuple[int, int, str]]) -> None:
    now = begun()
    for camera, window, outcome in looks:
        now = observe(now, camera, window, outcome)
        assert now.weights.min() >= 0
        assert now.weights.sum() == pytest.approx(1)
        assert now.chances().max() <= 1
        assert now.heat().sum() <= 1 + 1e-9


def test_not_seen_makes_a_clip_less_likely_and_never_somebody_impossible_likely() -> None:
    before = begun()
    best = next_clips(before, 1)[0]
    gone = before.weights.copy()
    gone[::2] = 0.0
    doubtful = Plan(
        **{f: getattr(before, f) for f in before.__slots__} | {"weights": gone / gone.sum()}
    )
    after = observe(doubtful, best.camera, best.window, "not_seen")
    assert after.chances()[best.camera, best.window] < best.chance / 2
    assert not after.weights[::2].any()


def test_seen_moves_the_belief_to_the_camera() -> None:
    before = begun()
    clip = max(next_clips(before, 200), key=lambda one: one.window)
    after = observe(before, clip.camera, clip.window, "seen")
    stretch, _, _ = after.scene.views.of_camera(clip.camera)
    assert after.anchor == clip.window
    stretch = np.unique(stretch)
    assert before.heat(clip.window)[stretch].sum() < 0.5
    assert after.heat(clip.window)[stretch].sum() > 0.7


def test_a_second_look_at_one_clip_replaces_the_first() -> None:
    best = next_clips(begun(), 1)[0]
    once = observe(begun(), best.camera, best.window, "not_seen")
    again = observe(once, best.camera, best.window, "not_seen")
    assert np.allclose(once.weights, again.weights)


def test_clips_that_are_taken_looked_at_or_dark_are_not_proposed() -> None:
    now = begun()
    first, second, third = next_clips(now, 3)
    now = observe(now, first.camera, first.window, "not_seen")
    proposed = next_clips(now, 50, taken=[(second.camera, second.window)], dark=[third.camera])
    assert first.chance >= second.chance
    assert not {(first.camera, first.window), (second.camera, second.window)} & {
        (c.camera, c.window) for c in proposed
    }
    assert third.camera not in {c.camera for c in proposed}


def test_people_on_foot_get_different_streets_and_their_not_seen_counts() -> None:
    now = begun()
    parts = share_streets(now, 3)
    walked = [s for part in parts for s in part.stretches]
    assert len(parts) == 3
    assert len(walked) == len(set(walked))
    best = max(parts, key=lambda part: part.chance)
    after = observe_street(now, best.stretches, 2 * HOUR - 1, "not_seen")
    assert after.heat()[list(best.stretches)].sum() < best.chance / 2


def test_without_any_camera_people_are_sent_and_nothing_breaks() -> None:
    streets, _ = ground()
    blind = look(streets, [])
    now = plan(streets, blind, begun().report, now=HOUR, people=200)
    assert next_clips(now, 5) == []
    assert now.unseen() == pytest.approx(1)
    parts = share_streets(now, 2)
    seen = observe_street(now, parts[0].stretches, HOUR - 1, "seen")
    assert seen.heat()[list(parts[0].stretches)].sum() > 0.5


def test_what_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no such clip"):
        observe(begun(), 200, 0, "seen")
    with pytest.raises(ValueError, match="maybe"):
        observe(begun(), 0, 0, "maybe")
    with pytest.raises(ValueError, match="before the person was last seen"):
        plan(*ground(), begun().report, now=-2 * HOUR)
