"""One walk through an extract: roads into arrays, the base map's features and places into files."""

import csv
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BufferedWriter
from pathlib import Path
from typing import Any

import orjson
import osmium
from osmium.filter import KeyFilter

from linli.roads.build.features import AREA_KEYS, KEYS, Shown, of_area, of_line, of_point
from linli.roads.build.naming import address_of, name_of
from linli.roads.modes import CLASSES, CLOSED, speeds

# How many bytes of a usual extract there are for one thing that is looked at.
BYTES_A_THING = 36
TELL_EVERY = 2000
CLASS_NUMBERS = {name: number for number, name in enumerate(CLASSES)}
# Two streets of one name this far apart (degrees) are two streets.
SAME_STREET = 0.05

type Tick = Callable[[float], None]


class DamagedError(Exception):
    """The extract can't be read, or holds nothing that a map could be made of."""


@dataclass(slots=True)
class Roads:
    """All roads of an extract: what a way passes, one after another, and what each way allows.

    ``first`` holds where each way begins in the node arrays; ``speeds`` six numbers a way (m/s).
    """

    nodes: array[int] = field(default_factory=lambda: array("q"))
    longitudes: array[float] = field(default_factory=lambda: array("d"))
    latitudes: array[float] = field(default_factory=lambda: array("d"))
    first: array[int] = field(default_factory=lambda: array("q"))
    kinds: array[int] = field(default_factory=lambda: array("B"))
    speeds: array[float] = field(default_factory=lambda: array("f"))
    names: list[str] = field(default_factory=list)


class Reader:
    """Sorts what comes out of an extract; counts what it found."""

    def __init__(self, features: BufferedWriter, places: Any) -> None:
        self.roads = Roads()
        self.counts = {"features": 0, "roads": 0, "buildings": 0, "addresses": 0, "places": 0}
        self._features = features
        self._places = places
        self._shape = osmium.geom.GeoJSONFactory()
        self._streets: dict[tuple[str, int, int], tuple[int, float, float]] = {}

    def take(self, thing: Any) -> None:
        """Take one node, way or surface."""
        tags = dict(thing.tags)
        try:
            if thing.is_area():
                self._area(thing, tags)
            elif thing.is_way():
                self._way(thing, tags)
            elif thing.is_node():
                self._point(tags, thing.lon, thing.lat)
        except (osmium.InvalidLocationError, RuntimeError):
            return  # a line of one point, a ring that crosses itself: others have drawn worse

    def finish(self) -> None:
        """Write the streets, each once."""
        for (name, _x, _y), (_length, longitude, latitude) in self._streets.items():
            self._place("street", name, "", longitude, latitude)

    def _way(self, way: Any, tags: dict[str, str]) -> None:
        shown = of_line(tags)
        if shown is None:
            return
        name = name_of(tags)
        if (allowed := speeds(tags)) != CLOSED:
            self._road(way, tags["highway"], name, allowed)
        line = self._shape.create_linestring(way)
        self._write(shown, name, line)

    def _road(self, way: Any, kind: str, name: str, allowed: Iterable[float]) -> None:
        """Keep the nodes of a road; one whose nodes are partly cut off becomes several."""
        roads, allowed = self.roads, tuple(allowed)
        run: list[Any] = []
        for node in [*way.nodes, None]:
            if node is not None and node.location.valid():
                run.append(node)
                continue
            if len(run) > 1:
                roads.first.append(len(roads.nodes))
                roads.nodes.extend([one.ref for one in run])
                roads.longitudes.extend([one.lon for one in run])
                roads.latitudes.extend([one.lat for one in run])
                roads.kinds.append(CLASS_NUMBERS[kind])
                roads.speeds.extend(allowed)
                roads.names.append(name)
                self.counts["roads"] += 1
                if name:
                    self._street(name, run)
            run = []

    def _street(self, name: str, run: list[Any]) -> None:
        middle = run[len(run) // 2]
        key = (name, round(middle.lon / SAME_STREET), round(middle.lat / SAME_STREET))
        if key not in self._streets or self._streets[key][0] < len(run):
            self._streets[key] = (len(run), middle.lon, middle.lat)

    def _area(self, area: Any, tags: dict[str, str]) -> None:
        shown, name = of_area(tags), name_of(tags)
        if shown:
            shape = self._shape.create_multipolygon(area)
            self._write(shown, name if shown.layer in {"water", "land"} else "", shape)
        building = shown is not None and shown.layer == "building"
        self.counts["buildings"] += building
        if not name and "addr:housenumber" not in tags:
            return
        longitude, latitude = _middle(area)
        address = address_of(tags)
        if of_point(tags):
            self._point(tags, longitude, latitude)
        elif building and (name or address):
            self._place("building", name or address, address, longitude, latitude)

    def _point(self, tags: dict[str, str], longitude: float, latitude: float) -> None:
        name, address, shown = name_of(tags), address_of(tags), of_point(tags)
        if name and shown:
            point = f'{{"type":"Point","coordinates":[{longitude:.7f},{latitude:.7f}]}}'
            self._write(shown, name, point)
            self._place(shown.layer, name, address, longitude, latitude)
        elif address:
            self._place("address", address, address, longitude, latitude)

    def _place(self, kind: str, name: str, address: str, longitude: float, latitude: float) -> None:
        self.counts["places"] += 1
        self.counts["addresses"] += bool(address)
        self._places.writerow((kind, name, address, f"{longitude:.6f}", f"{latitude:.6f}"))

    def _write(self, shown: Shown, name: str, shape: str) -> None:
        properties = {"kind": shown.kind, "name": name} if name else {"kind": shown.kind}
        self._features.write(
            b'{"type":"Feature","tippecanoe":{"layer":"%b","minzoom":%d},"properties":%b,"geometry":%b}\n'
            % (shown.layer.encode(), shown.zoom, orjson.dumps(properties), shape.encode())
        )
        self.counts["features"] += 1


def _middle(area: Any) -> tuple[float, float]:
    ring = next(iter(area.outer_rings()))
    points = [(node.lon, node.lat) for node in ring][1:]
    return (
        sum(longitude for longitude, _ in points) / len(points),
        sum(latitude for _, latitude in points) / len(points),
    )


def read(source: Path, features: Path, places: Path, tick: Tick) -> tuple[Roads, dict[str, int]]:
    """Walk through ``source``; raises :class:`DamagedError` when it can't be read to its end.

    ``features`` gets a GeoJSON feature a line, ``places`` rows of kind, name, address, longitude and
    latitude (WGS-84). ``tick`` hears how much of it is done, 0 to 1.
    """
    expected = source.stat().st_size / BYTES_A_THING
    try:
        with features.open("wb") as lines, places.open("w", newline="", encoding="utf-8") as rows:
            reader = Reader(lines, csv.writer(rows))
            things = osmium.FileProcessor(str(source)).with_locations()
            things.with_areas(KeyFilter(*AREA_KEYS)).with_filter(KeyFilter(*KEYS))
            for number, thing in enumerate(things):
                reader.take(thing)
                if number % TELL_EVERY == 0:
                    tick(min(number / expected, 0.99))
            reader.finish()
    except (RuntimeError, UnicodeDecodeError) as error:
        raise DamagedError(str(error)) from error
    return reader.roads, reader.counts
