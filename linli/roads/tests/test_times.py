"""Seconds on the network: what a hand can reckon, one-way roads, closed ones, and how fast."""

import random
import time
from collections.abc import Iterable
from datetime import timedelta
from math import cos, radians
from pathlib import Path

import numpy as np
import pytest

from linli.accounts.actor import SYSTEM
from linli.kernel.earth import DEGREE
from linli.roads.actions.close_road import close_road
from linli.roads.build.graph import build_graph
from linli.roads.build.reading import DamagedError, Roads, read
from linli.roads.modes import OF_LIMIT, Mode
from linli.roads.network import Network
from linli.roads.queries.times import NoMap, seconds_between, seconds_from, seconds_to
from linli.roads.tests.conftest import Import
from linli.roads.tests.extracts import ANDORRA, POINTS, needs_andorra, write
from tests.cast import TUESDAY

HUNDREDTH = 0.01 * DEGREE
EAST = HUNDREDTH * cos(radians(38.5))
CAR = 50 / 3.6 * OF_LIMIT
WALK = 5 / 3.6
A, B, C, D = (POINTS[n] for n in (1, 2, 3, 6))
SPUR = (102.185, 38.5001)
TOP = (102.195, 38.51)


def build(tmp_path: Path, source: Path) -> Network:
    roads, _counts = read(source, tmp_path / "f", tmp_path / "p", lambda share: None)
    build_graph(roads, tmp_path / "graph")
    return Network(tmp_path / "graph")


def ask(
    network: Network, one: object, many: Iterable[object], mode: Mode = Mode.CAR, *, towards: bool
) -> list[float]:
    at, others = network.put([one], mode), network.put(list(many), mode)
    return network.seconds(at, 0, others, mode, towards=towards).tolist()


def test_seconds_are_metres_over_speed_there_and_back(tmp_path: Path) -> None:
    network = build(tmp_path, write(tmp_path / "x.osm.pbf"))
    for towards in (True, False):
        found = ask(network, A, [A, SPUR, B, C, D], towards=towards)
        expected = [share * EAST / CAR for share in (0, 0.5, 1, 2, 3)]
        assert found == pytest.approx(expected, rel=1e-3, abs=0.01)
    on_foot = ask(network, D, [A], Mode.FOOT, towards=True)
    assert on_foot == pytest.approx([3 * EAST / WALK], rel=1e-3)


def test_a_one_way_road_is_driven_one_way_and_walked_both(tmp_path: Path) -> None:
    network = build(tmp_path, write(tmp_path / "x.osm.pbf"))
    up = HUNDREDTH / CAR
    half = 0.5 * EAST * cos(radians(38.51)) / cos(radians(38.5)) / CAR
    (there,) = ask(network, B, [TOP], towards=False)
    assert there == pytest.approx(up + half, rel=2e-3)
    (back,) = ask(network, TOP, [B], towards=False)
    assert back == pytest.approx(half + up + EAST / CAR, rel=2e-3)
    assert ask(network, B, [TOP], towards=True) == pytest.approx([back])
    there, back = (ask(network, B, [TOP], Mode.FOOT, towards=w)[0] for w in (True, False))
    assert there == pytest.approx(back)


def test_at_a_junction_no_one_way_road_stands_in_the_way(tmp_path: Path) -> None:
    network = build(tmp_path, write(tmp_path / "x.osm.pbf"))
    near = (C[0], C[1] + 0.00004)  # on the last metres of the detour, which leads down to here
    (out,) = ask(network, near, [D], towards=False)
    (back,) = ask(network, D, [near], towards=False)
    assert out == pytest.approx(EAST / CAR, rel=0.01)
    assert back == pytest.approx(EAST / CAR, rel=0.01)


def test_what_is_far_from_any_road_or_later_than_the_limit_is_not_reached(tmp_path: Path) -> None:
    network = build(tmp_path, write(tmp_path / "x.osm.pbf"))
    at, others = network.put([A], Mode.CAR), network.put([D, (102.5, 38.5)], Mode.CAR)
    assert ask(network, A, [(102.5, 38.5)], towards=True) == [np.inf]
    found = network.seconds(at, 0, others, Mode.CAR, towards=True, limit=100)
    assert found.tolist() == [np.inf, np.inf]


def test_towards_many_is_the_same_as_from_each(bring: Import, db: None) -> None:
    bring()
    points = [A, B, C, D, SPUR, TOP]
    rows = seconds_between(points, points[:4], Mode.CAR, TUESDAY)
    for row, source in zip(rows, points, strict=True):
        assert row == seconds_from(source, points[:4], Mode.CAR, TUESDAY)
    for column, target in enumerate(points[:4]):
        assert [row[column] for row in rows] == seconds_to(target, points, Mode.CAR, TUESDAY)
    assert seconds_between([], [A], Mode.CAR, TUESDAY) == []
    assert seconds_to(A, [], Mode.CAR, TUESDAY) == []


def test_a_closed_road_is_gone_round_while_it_is_closed(bring: Import, db: None) -> None:
    bring()
    middle = (102.195, 38.50005)
    close_road(
        reason="施工", since=TUESDAY, until=TUESDAY + timedelta(hours=1), actor=SYSTEM, at=TUESDAY,
        point=middle, modes=[Mode.CAR],
    )  # fmt: skip
    (through,) = seconds_from(A, [D], Mode.CAR, TUESDAY - timedelta(minutes=1))
    (round_,) = seconds_from(A, [D], Mode.CAR, TUESDAY)
    assert through == pytest.approx(3 * EAST / CAR, rel=1e-3)
    assert round_ == pytest.approx(through + 2 * HUNDREDTH / CAR, rel=2e-3)
    # Against the one-way road there is no way back; on foot it is open; afterwards it is over.
    assert seconds_from(D, [A], Mode.CAR, TUESDAY) == [None]
    assert seconds_to(A, [D], Mode.CAR, TUESDAY) == [None]
    assert seconds_from(D, [A], Mode.FOOT, TUESDAY) == [pytest.approx(3 * EAST / WALK, rel=1e-3)]
    assert seconds_from(D, [A], Mode.CAR, TUESDAY + timedelta(hours=1)) == [pytest.approx(through)]
    # Whoever is needed on the closed road itself is sent there.
    assert seconds_from(A, [middle], Mode.CAR, TUESDAY) == [
        pytest.approx(1.5 * EAST / CAR, rel=1e-3)
    ]


def test_of_two_roads_side_by_side_one_can_be_closed(tmp_path: Path) -> None:
    points = {1: (102.18, 38.5), 2: (102.19, 38.5), 3: (102.185, 38.505)}
    tags = {"highway": "residential", "maxspeed": "50"}
    network = build(
        tmp_path, write(tmp_path / "x.osm.pbf", [((1, 2), tags), ((1, 3, 2), tags)], points)
    )
    at, others = network.put([points[1]], Mode.CAR), network.put([points[2]], Mode.CAR)
    straight = int(network.put([(102.185, 38.5)], Mode.CAR).stretch[0])
    shut = frozenset({straight})
    # The points stand on the other road, so that nothing but the way through counts.
    start, end = (network.put([p], Mode.CAR) for p in ((102.1801, 38.5002), (102.1899, 38.5002)))
    free = network.seconds(start, 0, end, Mode.CAR, towards=False)
    assert network.seconds(at, 0, others, Mode.CAR, towards=False)[0] == pytest.approx(
        EAST / CAR, rel=1e-3
    )
    assert network.seconds(start, 0, end, Mode.CAR, towards=False, closed=shut)[0] >= free[0]


def test_without_a_map_it_says_so(maps: Path, db: None) -> None:
    with pytest.raises(NoMap):
        seconds_to(A, [B], Mode.CAR, TUESDAY)


def test_no_roads_are_no_network(tmp_path: Path) -> None:
    with pytest.raises(DamagedError):
        build_graph(Roads(), tmp_path / "graph")


@needs_andorra
def test_five_hundred_units_are_ranked_within_twenty_milliseconds(tmp_path: Path) -> None:
    network, rng = build(tmp_path, ANDORRA), random.Random(3)
    on_it = np.flatnonzero(np.load(tmp_path / "graph/car_usable.npy")[network.piece_stretch])
    spots = rng.choices(on_it.tolist(), k=540)
    points = [(float(network.piece_longitude[n]), float(network.piece_latitude[n])) for n in spots]
    taken = []
    for alarm in points[500:]:
        began = time.process_time()
        at, units = network.put([alarm], Mode.CAR), network.put(points[:500], Mode.CAR)
        found = network.seconds(at, 0, units, Mode.CAR, towards=True)
        taken.append(time.process_time() - began)
        assert np.isfinite(found).sum() > 450
    assert sorted(taken)[20] < 0.020
