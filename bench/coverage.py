"""Coverage: a night's tracks of 189 teams, 1.1 million positions, matched to the streets.

``python -m bench.coverage [--teams N]``. Teams walk drawn rounds through the demo's made-up town,
with phones that err by 6 m and tell a position every 5 s for eight hours. Prints one JSON object:
seconds of matching (one process, compiled before), and how much of what was walked is found again.
Goal: 180 s.
"""

import argparse
import json
import random
import tempfile
import time
from pathlib import Path

import numpy as np

from bench.rounds import MIDDLE, town
from linli.patrol.tests.blocks import walked
from linli.patrol.tracks.matching import passes
from linli.patrol.tracks.roadway import build
from linli.roads.modes import Mode
from linli.roads.network import Network

HOURS, EVERY, NOISE = 8, 5.0, 6.0


def stroll(
    network: Network, rng: random.Random, metres: float
) -> tuple[list[int], list[tuple[float, float]]]:
    """Return stretches one after the other and their line, without turning round at once."""
    start, end = np.asarray(network.start), np.asarray(network.end)
    near: dict[int, list[int]] = {}
    for stretch, (one, other) in enumerate(zip(start.tolist(), end.tolist(), strict=True)):
        near.setdefault(one, []).append(stretch)
        near.setdefault(other, []).append(stretch)
    first = rng.choice(_middle(network))
    at, gone, last = int(start[first]), 0.0, -1
    taken: list[int] = []
    line: list[tuple[float, float]] = []
    while gone < metres:
        ways = [one for one in near[at] if one != last] or near[at]
        last = rng.choice(ways)
        points = network.line_of(last)
        forward = int(start[last]) == at
        line += points if forward else points[::-1]
        at = int(end[last] if forward else start[last])
        taken.append(last)
        gone += float(network.length[last])
    return taken, line


def _middle(network: Network) -> list[int]:
    first = np.asarray(network.piece_first[:-1])
    x, y = np.asarray(network.piece_longitude)[first], np.asarray(network.piece_latitude)[first]
    near = (abs(x - MIDDLE[0]) < 0.03) & (abs(y - MIDDLE[1]) < 0.03)
    return [int(one) for one in np.flatnonzero(near)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.coverage")
    parser.add_argument("--teams", type=int, default=189)
    given = parser.parse_args()
    rng, tracks = random.Random(1), []
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as name:
        network = town(Path(name))
        roadway = build(network, Mode.FOOT)
        for number in range(given.teams):
            taken, line = stroll(network, rng, HOURS * 3600 * 0.98)
            degrees, seconds = walked(line, seed=number, noise=NOISE, every=EVERY)
            tracks.append((taken, degrees, seconds))
    passes(roadway, *tracks[0][1:])
    began, found, right, wrong, walked_all = time.perf_counter(), 0, 0, 0, 0
    spent = time.process_time()
    answers = [passes(roadway, degrees, seconds) for _taken, degrees, seconds in tracks]
    told = {
        "seconds": round(time.perf_counter() - began, 1),
        "cpu_seconds": round(time.process_time() - spent, 1),
    }
    for (taken, _degrees, _seconds), answer in zip(tracks, answers, strict=True):
        truth, seen = set(taken), {one.stretch for one in answer}
        found, walked_all = found + len(seen), walked_all + len(truth)
        right, wrong = right + len(seen & truth), wrong + len(seen - truth)
    print(json.dumps({
        "teams": given.teams, "positions": sum(len(track[1]) for track in tracks), **told,
        "streets_found_percent": round(100 * right / walked_all, 2),
        "streets_wrong_percent": round(100 * wrong / max(found, 1), 2),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
