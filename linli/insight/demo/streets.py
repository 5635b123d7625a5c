"""The demo's streets: made up from beginning to end, and written as an extract like any other.

No extract of Jinchang comes with Linli. Towns get blocks and main streets, villages a lane with
houses, and roads lead from one to the next; every name says that it is an example. What is drawn is
the same on every machine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from math import hypot
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import osmium
from osmium.osm.mutable import Node, Way

from linli.accounts.actor import SYSTEM
from linli.insight.demo.places import KM, SQUEEZE, Place, Spot, near, places, short_name
from linli.insight.demo.progress import Say, bars
from linli.roads import store
from linli.roads.actions.import_map import MADE_UP, import_map

# Towns: township that stands for it → name, blocks to the east and north, length of a block (km).
TOWNS = {
    "620302003": ("金川", 28, 30, 0.25),
    "620321100": ("永昌", 14, 12, 0.22),
    "620321101": ("河西堡", 12, 10, 0.22),
}
SMALL_TOWN = (4, 4, 0.2)
MAIN_EVERY = 5
_NUMERALS = "零一二三四五六七八九"
BODIES = (
    ("amenity", "hospital", "医院"), ("amenity", "school", "学校"), ("amenity", "police", "派出所"),
    ("amenity", "fire_station", "消防站"), ("amenity", "townhall", "政务大厅"),
    ("shop", "supermarket", "超市"),
)  # fmt: skip
PARTS = 8  # a road across country is drawn in so many parts

# Half the length, in kilometres, of the longest road without anything between.
FARTHEST = 25.0
VILLAGE_ROAD = {"highway": "tertiary", "maxspeed": "60", "ref": "乡"}
HIGHWAY = {"highway": "trunk", "maxspeed": "80", "ref": "省"}

# Where a road may begin: the point and its number.
type End = tuple[Spot, int]


@dataclass(frozen=True, slots=True)
class Settlement:
    """A village or a town as roads see it."""

    middle: Spot
    ends: Sequence[End]
    is_town: bool


def numeral(number: int) -> str:
    """Return a number below a hundred as streets are numbered: 23 → 二十三."""
    tens, ones = divmod(number, 10)
    words = ("" if tens == 1 else _NUMERALS[tens]) + "十" if tens else ""
    return words + (_NUMERALS[ones] if ones or not tens else "")


class Drawing:
    """Nodes and ways as they are drawn; kilometres east and north of a corner become degrees."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.nodes: list[tuple[Spot, Mapping[str, str]]] = []
        self.ways: list[tuple[list[int], Mapping[str, str]]] = []

    def node(self, spot: Spot, **tags: str) -> int:
        """Draw a point and return its number."""
        self.nodes.append((spot, tags))
        return len(self.nodes)

    def way(self, nodes: Sequence[int], **tags: str) -> None:
        """Draw a line through points."""
        self.ways.append((list(nodes), tags))

    def house(self, spot: Spot, street: str, number: int) -> None:
        """Draw a building of some ten metres with its address."""
        wide, deep = self.rng.uniform(0.012, 0.04), self.rng.uniform(0.01, 0.016)
        corners = [self.node(near(spot, x, y)) for x, y in _corners(wide, deep)]
        address = {"addr:street": street, "addr:housenumber": f"{number}号"} if street else {}
        self.way([*corners, corners[0]], building="yes", **address)

    def write(self, file: Path) -> None:
        """Write everything as an extract that says it is made up."""
        header = osmium.io.Header()
        header.set("generator", MADE_UP)
        with osmium.SimpleWriter(str(file), header=header, overwrite=True) as writer:
            for number, (spot, tags) in enumerate(self.nodes, 1):
                writer.add_node(Node(id=number, location=spot, tags=dict(tags)))
            for number, (nodes, tags) in enumerate(self.ways, 1):
                writer.add_way(Way(id=number, nodes=nodes, tags=dict(tags)))


def _corners(wide: float, deep: float) -> list[Spot]:
    return [(-wide, -deep), (wide, -deep), (wide, deep), (-wide, deep)]


def draw_streets(file: Path) -> None:
    """Write the demo city's made-up streets to ``file`` (.osm.pbf)."""
    drawing = Drawing(Random("streets"))  # noqa: S311
    table = places(Random("places"))  # noqa: S311
    settlements: list[Settlement] = []
    for place in table:
        if place.longitude is None or place.latitude is None or len(place.code) not in {9, 12}:
            continue
        spot = (place.longitude, place.latitude)
        _label(drawing, place, spot)
        if len(place.code) == 9 and (town := _town(place.code)):
            settlements.append(Settlement(spot, _blocks(drawing, spot, *town), is_town=True))
            _bodies(drawing, place, spot)
        elif len(place.code) == 12 and not place.code.startswith("62030200"):
            ends = _village(drawing, spot, short_name(place.name))
            settlements.append(Settlement(spot, ends, is_town=False))
    _country_roads(drawing, settlements)
    drawing.write(file)


def _label(drawing: Drawing, place: Place, spot: Spot) -> None:
    kind = "village" if len(place.code) == 12 else "town"
    if place.code.startswith("62030200"):
        kind = "neighbourhood" if len(place.code) == 12 else "suburb"
    drawing.node(spot, place=kind, name=short_name(place.name))


def _town(code: str) -> tuple[str, int, int, float] | None:
    """Return name, blocks and their length; none for a street office in the middle of a town."""
    if code in TOWNS:
        return TOWNS[code]
    return None if code.startswith("62030200") else ("", *SMALL_TOWN)


def _blocks(
    drawing: Drawing, middle: Spot, name: str, wide: int, high: int, block: float
) -> list[End]:
    """Draw a town: a lattice of streets with gaps, main streets every so often, houses in between."""
    rng = drawing.rng
    corner = near(middle, -wide * block / 2, -high * block / 2)
    spots = {
        (x, y): near(corner, x * block + rng.gauss(0, 0.008), y * block + rng.gauss(0, 0.008))
        for x in range(wide + 1)
        for y in range(high + 1)
    }
    numbers = {at: drawing.node(spot) for at, spot in spots.items()}
    for (x, y), spot in spots.items():
        for east, north in ((1, 0), (0, 1)):
            other = (x + east, y + north)
            line, edge = (y, high) if east else (x, wide)
            main = line % MAIN_EVERY == 0 or line == edge
            if other not in spots or (not main and rng.random() < 0.1):
                continue
            street = f"{name}示例{numeral(line + 1)}{'街' if east else '路'}"
            tags = {"highway": "secondary" if main else "residential", "name": street}
            if main:
                tags["maxspeed"] = "50"
            elif rng.random() < 0.05:
                tags["oneway"] = "yes"
            drawing.way([numbers[x, y], numbers[other]], **tags)
        if x < wide and y < high:
            _houses(drawing, spot, block, f"{name}示例{numeral(y + 1)}街", x)
    return [(spots[at], numbers[at]) for at in spots if at[0] in {0, wide} or at[1] in {0, high}]


def _houses(drawing: Drawing, corner: Spot, block: float, street: str, column: int) -> None:
    for step in range(4):
        east, north = block * (0.2 + 0.2 * step), drawing.rng.uniform(0.03, 0.05)
        drawing.house(near(corner, east, north), street, column * 8 + step * 2 + 1)


def _bodies(drawing: Drawing, place: Place, spot: Spot) -> None:
    for number, (key, value, word) in enumerate(BODIES):
        at = near(spot, 0.11 * (number % 3 - 1) + 0.05, 0.12 * (number // 3) + 0.05)
        drawing.node(at, **{key: value, "name": f"{place.name}示例{word}"})


def _village(drawing: Drawing, middle: Spot, name: str) -> list[End]:
    """Draw a lane with two that leave it, and a house to each side now and then."""
    rng = drawing.rng
    spots = [near(middle, 0.12 * step, rng.gauss(0, 0.015)) for step in range(-3, 4)]
    lane = [drawing.node(spot) for spot in spots]
    street = f"{name}示例巷"
    drawing.way(lane, highway="unclassified", name=street)
    ends = [(spots[0], lane[0]), (spots[-1], lane[-1])]
    for at, north in ((1, 0.25), (5, -0.25)):
        end = near(spots[at], rng.gauss(0, 0.02), north)
        number = drawing.node(end)
        drawing.way([lane[at], number], highway="track" if north < 0 else "residential")
    for number, spot in enumerate(spots):
        for side in (0.025, -0.025):
            east = rng.uniform(-0.02, 0.02)
            drawing.house(near(spot, east, side), street, 2 * number + (side < 0) + 1)
    return ends


def _country_roads(drawing: Drawing, settlements: list[Settlement]) -> None:
    """Lead roads between neighbours, village roads and, from town to town, highways.

    Two are neighbours when nobody lives in the circle between them (a Gabriel graph), so each is
    reached from each other, mostly in two ways.
    """
    towns = [settlement for settlement in settlements if settlement.is_town]
    number = 0
    for some, tags in ((settlements, VILLAGE_ROAD), (towns, HIGHWAY)):
        for one, other in _neighbours([settlement.middle for settlement in some]):
            number += 1
            _road(drawing, some[one].ends, some[other].ends, number, tags)


def _neighbours(middles: Sequence[Spot]) -> list[tuple[int, int]]:
    found = []
    for (one, here), (other, there) in combinations(enumerate(middles), 2):
        between = ((here[0] + there[0]) / 2, (here[1] + there[1]) / 2)
        reach = _apart(here, there) / 2
        if reach < FARTHEST and not any(
            _apart(between, each) < reach
            for number, each in enumerate(middles)
            if number not in {one, other}
        ):
            found.append((one, other))
    return found


def _road(
    drawing: Drawing, ones: Sequence[End], others: Sequence[End], number: int,
    tags: Mapping[str, str],
) -> None:  # fmt: skip
    """Draw a road across country, a little winding, between the nearest ends of two settlements."""
    (start, first), (end, last) = min(
        ((one, other) for one in ones for other in others),
        key=lambda pair: (_apart(pair[0][0], pair[1][0]), pair[0][1], pair[1][1]),
    )
    rng, bend = drawing.rng, 0.015 * _apart(start, end)
    between = [
        drawing.node(
            near(_on_line(start, end, part / PARTS), rng.gauss(0, bend), rng.gauss(0, bend))
        )
        for part in range(1, PARTS)
    ]
    drawing.way([first, *between, last], name=f"示例{tags['ref']}道{number:03d}", **tags)


def _on_line(start: Spot, end: Spot, share: float) -> Spot:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _apart(one: Spot, other: Spot) -> float:
    """Return kilometres."""
    return hypot((one[0] - other[0]) * SQUEEZE, one[1] - other[1]) / KM


def bring_streets(at: datetime, progress: Say | None = None) -> bool:
    """Import the made-up streets unless there is a map already; say whether it was done.

    ``progress`` is told a step's name and how much of it is done; without it a bar is drawn.
    """
    # They stand on the streets, and their modules draw on this one.
    from linli.insight.demo.missing import search_for_missing
    from linli.insight.demo.walks import walk_patrols

    if store.current() is not None:
        return False
    with bars(progress) as say, TemporaryDirectory(prefix="linli-streets-") as directory:
        file = Path(directory) / "demo-streets.osm.pbf"
        draw_streets(file)
        import_map(file, actor=SYSTEM, at=at, tick=lambda _step, done: say("streets", done))
    walk_patrols(at)
    search_for_missing(at)
    return True
