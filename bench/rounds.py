"""Patrol rounds: how long planning takes, how even rounds are, how unlike the nights before.

``python -m bench.rounds [--nights N] [--areas N]``. Rounds are planned night after night for blocks
of the demo's made-up town, each night with what was left before. Prints one JSON object. Goals:
every check point in its time or told as missed, at least 0.6 of a round new against each of the
seven nights before.
"""

import argparse
import json
import os
import tempfile
import time
from collections import deque
from pathlib import Path
from statistics import mean, median
from typing import Any

import django
import numpy as np
import shapely

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
django.setup()

from linli.insight.demo.places import KM, SQUEEZE  # noqa: E402 - Django comes first
from linli.insight.demo.streets import draw_streets  # noqa: E402
from linli.patrol.rounds.ground import Ground, ground_of  # noqa: E402
from linli.patrol.rounds.plan import Crew, Rounds, Task, plan_rounds  # noqa: E402
from linli.patrol.rounds.variety import habits  # noqa: E402
from linli.roads.build.graph import build_graph  # noqa: E402
from linli.roads.build.reading import read  # noqa: E402
from linli.roads.modes import Mode  # noqa: E402
from linli.roads.network import Network  # noqa: E402

MIDDLE, WIDE, HIGH = (102.183, 38.530), 1.75, 2.5
BEGINS, ENDS, PER_WEEK = 15 * 60, 23 * 60, 3


def town(directory: Path) -> Network:
    """Draw the demo's streets and return their network."""
    extract = directory / "streets.osm.pbf"
    draw_streets(extract)
    roads, _counts = read(
        extract, directory / "features", directory / "places", lambda _share: None
    )
    build_graph(roads, directory / "graph")
    return Network(directory / "graph")


def areas() -> list[Any]:
    """Return twelve boxes of the town, as patrol areas are."""
    x0, y0 = MIDDLE[0] - 2 * WIDE * KM / SQUEEZE, MIDDLE[1] - 1.5 * HIGH * KM
    return [
        shapely.box(
            x0 + column * WIDE * KM / SQUEEZE, y0 + row * HIGH * KM,
            x0 + (column + 1) * WIDE * KM / SQUEEZE, y0 + (row + 1) * HIGH * KM,
        )
        for row in range(3)
        for column in range(4)
    ]  # fmt: skip


def nights(ground: Ground, box: Any, count: int) -> dict[str, list[float]]:
    """Plan night after night; return what was measured of each."""
    owed = {int(one): 1.0 for one in ground.stretch[ground.inside]}
    before: deque[list[Any]] = deque(maxlen=7)
    told: dict[str, list[float]] = {"seconds": [], "new": [], "missed": [], "even": [], "km": []}
    west, south, east, north = box.bounds
    spots = np.random.default_rng(1).uniform((west, south), (east, north), (4, 2)).tolist()
    points = [
        ("school", tuple(spots[0]), 1020, 1060, 10, True),
        ("school 2", tuple(spots[1]), 1020, 1060, 10, True),
        ("market", tuple(spots[2]), 1200, 1320, 10, True),
        ("hazard", tuple(spots[3]), BEGINS, ENDS, 5, False),
    ]
    crews = [Crew("1", Mode.FOOT), Crew("2", Mode.FOOT)]
    base = (box.centroid.x, box.centroid.y)
    for night in range(count):
        old = [one for rounds in before for one in rounds]
        task = Task({Mode.FOOT: ground}, crews, base, BEGINS, ENDS, owed, points, old)
        began = time.perf_counter()
        found = plan_rounds(task, seed=night, seconds=0.4)
        _note(told, found, time.perf_counter() - began, night)
        before.append([habits(one.stretches) for one in found.rounds])
        for stretch in owed:
            owed[stretch] += PER_WEEK / 7
        for one in found.rounds:
            for stretch in {number for number, _minute in one.stretches} & owed.keys():
                owed[stretch] -= 1
    return told


def _note(told: dict[str, list[float]], found: Rounds, seconds: float, night: int) -> None:
    told["seconds"].append(seconds)
    told["missed"].append(len(found.missed))
    lengths = [one.minutes for one in found.rounds]
    told["even"].append(min(lengths) / max(lengths))
    told["km"] += [one.metres / 1000 for one in found.rounds]
    if night:
        told["new"] += [one.difference for one in found.rounds]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.rounds")
    parser.add_argument("--nights", type=int, default=10)
    parser.add_argument("--areas", type=int, default=3)
    given = parser.parse_args()
    told: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as name:
        network = town(Path(name))
        for box in areas()[: given.areas]:
            ground = ground_of(network, box, Mode.FOOT)
            assert ground is not None
            for word, values in nights(ground, box, given.nights).items():
                told.setdefault(word, []).extend(values)
    print(json.dumps({
        "rounds": len(told["km"]), "seconds_p50": round(median(told["seconds"]), 2),
        "points_missed": sum(told["missed"]), "kilometres": round(mean(told["km"]), 1),
        "shortest_of_longest": round(mean(told["even"]), 2),
        "new_mean": round(mean(told["new"]), 2), "new_least": round(min(told["new"]), 2),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
