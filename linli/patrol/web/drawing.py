"""Streets as a drawing: lines of degrees become points of an SVG, as wide as the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

from linli.patrol.models import PatrolArea
from linli.patrol.queries.ground import ground_for
from linli.roads.modes import Mode
from linli.roads.network import Point
from linli.roads.queries import NoMap

WIDTH, EDGE = 1000.0, 24.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line of the drawing: its points as SVG writes them, and its class."""

    points: str
    kind: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered mark of the drawing."""

    x: float
    y: float
    number: str
    kind: str
    title: str = ""


class Canvas:
    """Turns degrees into units of a drawing :data:`WIDTH` wide."""

    def __init__(self, points: Iterable[Point]) -> None:
        known = list(points)
        self.west = min(x for x, _y in known)
        self.north = max(y for _x, y in known)
        east, south = max(x for x, _y in known), min(y for _x, y in known)
        self.squeeze = cos(radians((south + self.north) / 2))
        wide = max((east - self.west) * self.squeeze, (self.north - south) / 2, 1e-6)
        self.scale = (WIDTH - 2 * EDGE) / wide
        self.width = (east - self.west) * self.squeeze * self.scale + 2 * EDGE
        self.height = (self.north - south) * self.scale + 2 * EDGE

    def at(self, point: Sequence[float]) -> tuple[float, float]:
        """Return where a point lies in the drawing."""
        x = (point[0] - self.west) * self.squeeze * self.scale + EDGE
        y = (self.north - point[1]) * self.scale + EDGE
        return round(x, 1), round(y, 1)

    def stroke(self, line: Iterable[Sequence[float]], kind: str, title: str = "") -> Stroke:
        """Return a line of the drawing."""
        points = " ".join(f"{x:g},{y:g}" for x, y in map(self.at, line))
        return Stroke(points, kind, title)

    def mark(self, point: Sequence[float], number: str, kind: str, title: str = "") -> Mark:
        """Return a mark of the drawing."""
        x, y = self.at(point)
        return Mark(x, y, number, kind, title)

    @property
    def box(self) -> str:
        """Return the SVG's view box."""
        return f"0 0 {self.width:.0f} {self.height:.0f}"


def streets_around(area: PatrolArea, mode: Mode) -> list[list[Point]]:
    """Return the lines of all streets in and around a patrol area; none where there is no map."""
    try:
        ground = ground_for(area, mode)
    except NoMap:
        return []
    if ground is None:
        return []
    return [ground.network.line_of(int(one)) for one in ground.stretch]
