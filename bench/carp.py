"""Patrol routes on the classical arc routing problems.

``python -m bench.carp [NAME…] [--seconds T] [--seed N] [--data DIR]``. NAME is the beginning of
file names: ``gdb`` and ``val`` when none is given, each with the time its goal has. Prints a table
(cost, bound, gap to it, solutions tried, seconds) and last one JSON object with the mean gap and the
share at the bound. Costs are the independent checker's.
"""

import argparse
import json
import re
import time
from pathlib import Path

from linli.patrol.routing.checker import check
from linli.patrol.routing.instance import read
from linli.patrol.routing.search import ready, solve

DATA = Path(__file__).parents[2] / "shared" / "data" / "carp"
SECONDS = {"gdb": 10.0, "val": 60.0, "egl": 120.0}


def measure(paths: list[Path], seconds: float, seed: int) -> dict[str, float]:
    """Solve each problem, print its line and return the summary."""
    gaps = []
    for path in paths:
        instance = read(path)
        began = time.perf_counter()
        found = solve(instance, seconds=seconds, seed=seed)
        spent = time.perf_counter() - began
        cost = check(instance, found.routes)
        bound = instance.lower or cost
        gaps.append((cost / bound - 1) * 100)
        print(
            f"{path.stem:10} {cost:7} {bound:7} {gaps[-1]:6.2f} % {found.tried:7} {spent:6.1f} s",
            flush=True,
        )
    return {
        "instances": len(gaps),
        "seconds_each": seconds,
        "at_bound": sum(gap <= 0 for gap in gaps),
        "mean_gap_percent": round(sum(gaps) / len(gaps), 3),
        "worst_gap_percent": round(max(gaps), 3),
    }


def _number(path: Path) -> tuple[str, int, str]:
    found = re.match(r"(\D*)(\d*)(.*)", path.stem)
    assert found
    return found[1], int(found[2] or 0), found[3]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.carp")
    parser.add_argument("names", nargs="*", default=["gdb", "val"])
    parser.add_argument("--seconds", type=float, help="for each problem")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path, default=DATA)
    given = parser.parse_args()
    ready()
    found = {}
    for name in given.names:
        paths = sorted(given.data.glob(f"{name}*.dat"), key=_number)
        if not paths:
            parser.error(f"no {name}*.dat in {given.data}")
        found[name] = measure(paths, given.seconds or SECONDS.get(name[:3], 10.0), given.seed)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
