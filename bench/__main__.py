"""``python -m bench [--full] [--cases N] [--home DIR]``: build a city, measure, print JSON."""

import argparse
import json
import os
import platform
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import clocks
from bench.instance import command, served
from bench.pages import measured


def main() -> None:
    """Measure a city of a million cases; ``--full`` adds ten million and the import of China."""
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--full", action="store_true", help="also 10 million cases; takes hours")
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--home", type=Path, help="keep the city here, and use it if it is there")
    given = parser.parse_args()
    found: dict[str, Any] = {"machine": f"{os.cpu_count()} cores, {platform.machine()}"}
    for cases in (given.cases, 10_000_000) if given.full else (given.cases,):
        found[f"{cases}_cases"] = _city(cases, given.home)
    print(json.dumps(found, ensure_ascii=False))


def _city(cases: int, kept: Path | None) -> dict[str, Any]:
    home = (kept / str(cases)).resolve() if kept else Path(tempfile.mkdtemp(prefix="linli-bench-"))
    found: dict[str, Any] = {}
    try:
        if not (home / "ready").exists():
            home.mkdir(parents=True, exist_ok=True)
            began = time.perf_counter()
            command(home, "migrate")
            command(home, "demo", "--scale", str(cases), "--json")
            found["build_seconds"] = round(time.perf_counter() - began)
            (home / "ready").touch()
        with served(home) as instance:
            found |= measured(instance)
            found["clocks"] = clocks.measured(instance)
    finally:
        if kept is None:
            shutil.rmtree(home, ignore_errors=True)
    return found


if __name__ == "__main__":
    main()
