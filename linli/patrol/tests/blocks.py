"""A made-up town of square blocks, with its network and, where asked, Valhalla's."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from linli.kernel.earth import DEGREE
from linli.roads.build.graph import build_graph
from linli.roads.build.reading import read
from linli.roads.network import Network
from linli.roads.tests.extracts import write

SIDE, STEP, WEST, SOUTH = 7, 0.0025, 102.18, 38.50


def town(file: Path, side: int = SIDE) -> Path:
    """Write streets 第1街… (east) and 第1路… (north) that cross each other every 220 to 280 m."""
    points = {
        x * 100 + y + 1: (WEST + x * STEP, SOUTH + y * STEP)
        for x in range(side)
        for y in range(side)
    }
    ways = []
    for x in range(side):
        for y in range(side):
            if x + 1 < side:
                tags = {"highway": "residential", "name": f"第{y + 1}街"}
                ways.append(((x * 100 + y + 1, (x + 1) * 100 + y + 1), tags))
            if y + 1 < side:
                tags = {"highway": "residential", "name": f"第{x + 1}路"}
                ways.append(((x * 100 + y + 1, x * 100 + y + 2), tags))
    return write(file, ways, points)


def network_of(directory: Path) -> Network:
    """Return the network of the town, without a database and without Valhalla."""
    roads, _counts = read(
        town(directory / "town.osm.pbf"), directory / "f", directory / "p", lambda _share: None
    )
    build_graph(roads, directory / "graph")
    return Network(directory / "graph")


type Floats = NDArray[np.float64]


def walked(
    line: list[tuple[float, float]], *, seed: int = 1, noise: float = 5.0, every: float = 5.0,
    pace: float = 1.0,
) -> tuple[Floats, Floats]:  # fmt: skip
    """Return positions (n, 2) and seconds of somebody who walks a line with a phone that errs."""
    scale = np.array([DEGREE * np.cos(np.radians(line[0][1])), DEGREE])
    flat = np.array(line) * scale
    steps = np.hypot(*np.diff(flat, axis=0).T)
    flat, steps = flat[np.append(True, steps > 1e-6)], steps[steps > 1e-6]
    gone = np.append(0.0, np.cumsum(steps))
    at = np.arange(0.0, gone[-1], every * pace)
    spots = np.column_stack([np.interp(at, gone, flat[:, axis]) for axis in (0, 1)])
    errors = np.random.default_rng(seed).normal(0.0, noise, spots.shape)
    return (spots + errors) / scale, np.arange(len(at)) * every
