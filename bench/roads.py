"""Roads: how long an import takes and what memory it needs, and how quickly ways are found.

``python -m bench.roads [EXTRACT…] [--megabytes N]``. Without an extract one of about N megabytes is
made: blocks with crooked streets and houses with addresses, denser than most real ones. Prints one
JSON object. Goals: 20 s for a small country, 15 min and 6 GB for 100 MB, 20 ms p50 for 500 units.
"""

import argparse
import json
import os
import random
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import numpy as np
import osmium
import psutil
import valhalla
from osmium.osm.mutable import Node, Way

from bench.instance import LINLI, command
from linli.roads.build.programs import configuration
from linli.roads.modes import Mode
from linli.roads.network import Network

UNITS, ASKED, SHORTLIST = 500, 200, 10
# So many junctions along a side make about a megabyte.
SIDE_OF_A_MEGABYTE = 70
STEP, BENDS, HOUSES = 0.0015, 8, 7


def main() -> None:
    """Measure each extract and print."""
    parser = argparse.ArgumentParser(prog="bench.roads")
    parser.add_argument("extracts", nargs="*", type=Path)
    parser.add_argument("--megabytes", type=int, default=100)
    given = parser.parse_args()
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as name:
        directory = Path(name)
        for extract in given.extracts or [made(directory / "made.osm.pbf", given.megabytes)]:
            home = directory / extract.stem
            home.mkdir()
            command(home, "migrate")
            told, version = imported(home, extract)
            found[extract.name] = told | ways(version)
    print(json.dumps(found))


def made(file: Path, megabytes: int) -> Path:
    """Write an extract of about so many megabytes, the same each time."""
    rng, side = random.Random(1), int(SIDE_OF_A_MEGABYTE * megabytes**0.5)
    with osmium.SimpleWriter(str(file), overwrite=True) as writer:
        count = 0

        def node(x: float, y: float) -> int:
            nonlocal count
            count += 1
            writer.add_node(Node(id=count, location=(101 + x * STEP, 36 + y * STEP)))
            return count

        ways = [*_streets(side, rng, node), *_houses(side, rng, node)]
        for number, (nodes, tags) in enumerate(ways, 1):
            writer.add_way(Way(id=number, nodes=nodes, tags=tags))
    return file


type Drawn = Iterator[tuple[tuple[int, ...], dict[str, str]]]


def _streets(side: int, rng: random.Random, node: Callable[[float, float], int]) -> Drawn:
    corners = {
        (x, y): node(x + rng.gauss(0, 0.1), y + rng.gauss(0, 0.1))
        for x in range(side)
        for y in range(side)
    }
    for (x, y), corner in corners.items():
        for east, north in ((1, 0), (0, 1)):
            if (x + east, y + north) not in corners or rng.random() < 0.08:
                continue
            bends = [
                node(
                    x + east * part / (BENDS + 1) + rng.gauss(0, 0.02),
                    y + north * part / (BENDS + 1) + rng.gauss(0, 0.02),
                )
                for part in range(1, BENDS + 1)
            ]
            line = y if east else x
            kind = "primary" if line % 20 == 0 else "tertiary" if line % 5 == 0 else "residential"
            tags = {"highway": kind, "name": f"第{line}{'大街' if east else '路'}"}
            if rng.random() < 0.05:
                tags["oneway"] = "yes"
            yield (corner, *bends, corners[x + east, y + north]), tags


def _houses(side: int, rng: random.Random, node: Callable[[float, float], int]) -> Drawn:
    for number in range(side * side * HOUSES):
        x, y = rng.random() * side, rng.random() * side
        wide, deep = 0.03 + rng.random() * 0.05, 0.03 + rng.random() * 0.05
        ring = [node(x, y), node(x + wide, y), node(x + wide, y + deep), node(x, y + deep)]
        tags = {"building": "yes"}
        if number % 4 == 0:
            tags |= {"addr:street": f"第{number % side}路", "addr:housenumber": str(number % 997)}
        yield (*ring, ring[0]), tags


def imported(home: Path, extract: Path) -> tuple[dict[str, Any], Path]:
    """Import an extract as its users do; return what it took and where the map is."""
    environment = {**os.environ, "LINLI_HOME": str(home)}
    words = [str(LINLI), "map", "import", str(extract), "--json"]
    began, most = time.monotonic(), 0
    with subprocess.Popen(
        words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as running:
        process = psutil.Process(running.pid)
        while running.poll() is None:
            most = max(most, _resident(process))
            time.sleep(0.2)
        assert running.stdout is not None
        told = json.loads(running.stdout.read().splitlines()[-1])
    figures = {
        "megabytes": round(extract.stat().st_size / 1e6, 1),
        "import_seconds": round(time.monotonic() - began, 1),
        "import_gigabytes": round(most / 1e9, 2),
        **told["counts"],
    }
    return figures, home / "map" / told["version"]


def _resident(process: psutil.Process) -> int:
    try:
        return sum(one.memory_info().rss for one in [process, *process.children(recursive=True)])
    except psutil.Error:
        return 0


def ways(version: Path) -> dict[str, Any]:
    """Return milliseconds for ranking units, and for asking Valhalla about the first of them."""
    network, rng = Network(version / "graph"), random.Random(3)
    pieces = np.flatnonzero(np.load(version / "graph/car_usable.npy")[network.piece_stretch])
    spots = rng.choices(pieces.tolist(), k=UNITS + ASKED)
    points = [(float(network.piece_longitude[n]), float(network.piece_latitude[n])) for n in spots]
    units, alarms = points[:UNITS], iter(points[UNITS:] * 3)

    def rank() -> None:
        at, others = network.put([next(alarms)], Mode.CAR), network.put(units, Mode.CAR)
        network.seconds(at, 0, others, Mode.CAR, towards=True, limit=3600)

    actor = valhalla.Actor(configuration(version / "routing"))

    def place(point: tuple[float, float]) -> dict[str, float]:
        return {"lon": point[0], "lat": point[1]}

    near = sorted(units, key=lambda unit: abs(unit[0] - units[0][0]) + abs(unit[1] - units[0][1]))
    first = [place(unit) for unit in near[1 : SHORTLIST + 1]]

    def matrix() -> None:
        actor.matrix({"sources": first, "targets": [place(near[0])], "costing": "auto"})

    def route() -> None:
        actor.route({"locations": [first[-1], place(near[0])], "costing": "auto"})

    rank()
    return {
        "rank_500_ms": _milliseconds(rank, ASKED),
        "matrix_10_ms": _milliseconds(matrix, 50),
        "route_ms": _milliseconds(route, 50),
    }


def _milliseconds(ask: Callable[[], None], times: int) -> dict[str, float]:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        taken.append(1000 * (time.perf_counter() - began))
    return {"p50": round(median(taken), 1), "p95": round(quantiles(taken, n=20)[-1], 1)}


if __name__ == "__main__":
    main()
