"""The search planner: ``python -m bench.missing [--osm FILE] [--cases N] [--seed S] [--people N]``.

Prints how long a plan and a re-plan take with 511 cameras and 12,000 walks, and what
``linli missing simulate`` finds, as one JSON object. Without a file it is a made-up valley.
"""

import argparse
import json
import statistics
import time
from pathlib import Path
from typing import Any

import numpy as np

from linli.missing.planning.people import Report
from linli.missing.planning.ranking import next_clips, share_streets
from linli.missing.planning.ready import ready
from linli.missing.planning.search import observe, plan
from linli.missing.planning.streets import Streets
from linli.missing.planning.views import look
from linli.missing.simulation.extract import streets_of
from linli.missing.simulation.figures import summary
from linli.missing.simulation.run import Setting, simulate
from linli.missing.simulation.towns import draw, hang

CAMERAS, PEOPLE, HOURS, LOOKS = 511, 12_000, 6, 12


def speed(streets: Streets, seed: int) -> dict[str, Any]:
    """Measure a plan of six hours, and re-plans after "not seen" and after "seen", in seconds."""
    hung = hang(streets, CAMERAS, np.random.default_rng((seed, 1)))
    views = look(streets, hung)
    report = Report(hung[0].x, hung[0].y, 0.0)
    ready()
    began = time.perf_counter()
    now = plan(streets, views, report, now=HOURS * 3600.0, people=PEOPLE, seed=seed)
    took = {"plan": [time.perf_counter() - began], "not_seen": [], "seen": [], "streets": []}
    for number in range(LOOKS):
        outcome = "seen" if number % 4 == 3 else "not_seen"
        clip = next_clips(now, 1)[0]
        began = time.perf_counter()
        now = observe(now, clip.camera, clip.window, outcome)
        next_clips(now, 20)
        took[outcome].append(time.perf_counter() - began)
    began = time.perf_counter()
    share_streets(now, 8)
    took["streets"].append(time.perf_counter() - began)
    return {
        name: {"p50": round(statistics.median(of), 3), "max": round(max(of), 3)}
        for name, of in took.items()
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.missing")
    parser.add_argument("--osm", type=Path)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--people", type=int, default=12_000, help="walks in the simulation")
    given = parser.parse_args()
    streets = streets_of(given.osm) if given.osm else draw("valley", given.seed)
    hung = hang(streets, CAMERAS, np.random.default_rng((given.seed, 1)))
    setting = Setting(streets, hung, look(streets, hung), given.people, given.seed)
    found = {"seconds": speed(streets, given.seed)}
    print(json.dumps(found | summary(simulate(setting, given.cases, jobs=2), given.seed)))


if __name__ == "__main__":
    main()
