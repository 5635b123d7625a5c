"""Matching: a walked way is found again, gaps and strays are not seen, Valhalla says the same."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from linli.patrol.tests.blocks import SOUTH, STEP, WEST, network_of, town, walked
from linli.patrol.tracks.matching import passes
from linli.patrol.tracks.roadway import Roadway, build
from linli.roads.modes import Mode
from linli.roads.network import network_in
from linli.roads.queries import match
from linli.roads.tests.conftest import Import


def corner(x: int, y: int) -> tuple[float, float]:
    """Return where two streets cross."""
    return WEST + x * STEP, SOUTH + y * STEP


@pytest.fixture(scope="module")
def roadway(tmp_path_factory: pytest.TempPathFactory) -> Roadway:
    """Return the roads of the town."""
    return build(network_of(tmp_path_factory.mktemp("town")), Mode.FOOT)


def between(roadway: Roadway, line: list[tuple[float, float]]) -> list[int]:
    """Return the stretches a line runs along, in order."""
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(line)]
    flat = roadway.flat(np.array(middles))
    _apart, nearest = roadway.tree.query(flat)
    return [int(one) for one in roadway.stretch[nearest]]


def along(roadway: Roadway, line: list[tuple[float, float]]) -> set[int]:
    """Return the stretches of which a line covers most, looked at every five metres."""
    spots, _seconds = walked(line, noise=0.0)
    apart, nearest = roadway.tree.query(roadway.flat(spots))
    counts = Counter(roadway.stretch[nearest[apart < 15]].tolist())
    return {one for one, count in counts.items() if count * 5 >= 0.6 * roadway.length[one]}


WAY = [
    corner(*at) for at in ((1, 1), (2, 1), (3, 1), (3, 2), (3, 3), (2, 3), (2, 2), (2, 1), (1, 1))
]


@pytest.mark.parametrize("seed", range(5))
def test_a_walked_way_is_found_again(roadway: Roadway, seed: int) -> None:
    degrees, seconds = walked(WAY, seed=seed, noise=7.0)
    found = [one.stretch for one in passes(roadway, degrees, seconds)]
    assert found == between(roadway, WAY)


def test_a_street_passed_twice_is_seen_twice_with_its_times(roadway: Roadway) -> None:
    line = [corner(1, 1), corner(2, 1), corner(2, 2), corner(2, 1), corner(1, 1)]
    degrees, seconds = walked(line, noise=3.0)
    found = passes(roadway, degrees, seconds)
    first = between(roadway, line)[0]
    times = [one.seconds for one in found if one.stretch == first]
    assert len(times) == 2
    assert times[0] < 60 < times[1]


def test_half_a_street_is_not_seen_nor_is_what_lies_in_a_gap(roadway: Roadway) -> None:
    a, b = corner(1, 1), corner(2, 1)
    middle = (a[0] + 0.4 * (b[0] - a[0]), a[1])
    degrees, seconds = walked([corner(0, 1), a, middle, a, corner(0, 1)], noise=2.0)
    seen = [one.stretch for one in passes(roadway, degrees, seconds)]
    assert seen == between(roadway, [corner(0, 1), a]) * 2
    degrees, seconds = walked([corner(0, 1), corner(1, 1), corner(2, 1), corner(3, 1)], noise=2.0)
    kept = (seconds < 225) | (seconds > 430)
    seen = [one.stretch for one in passes(roadway, degrees[kept], seconds[kept])]
    assert between(roadway, [corner(1, 1), corner(2, 1)])[0] not in seen
    assert len(seen) == 2


def test_whoever_is_on_no_road_sees_none(roadway: Roadway) -> None:
    assert passes(roadway, np.empty((0, 2)), np.empty(0)) == []
    far = np.array([[WEST - 0.05, SOUTH], [WEST - 0.0501, SOUTH]])
    assert passes(roadway, far, np.array([0.0, 60.0])) == []


@pytest.mark.django_db
def test_valhalla_says_the_same(bring: Import, tmp_path: Path) -> None:
    version = bring(town(tmp_path / "town.osm.pbf"))
    roadway = build(network_in(version.directory), Mode.FOOT)
    same = total = 0
    for seed in range(4):
        degrees, seconds = walked(WAY, seed=seed, noise=6.0)
        mine = {one.stretch for one in passes(roadway, degrees, seconds)}
        line = [tuple(row) for row in degrees[::6].tolist()]
        theirs = along(roadway, list(match(line, Mode.FOOT)))
        same, total = same + len(mine & theirs), total + len(mine | theirs)
    assert same / total > 0.85
