"""The belief drawn on streets: plain shapes in metres for a page that needs no script."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from linli.missing.planning.streets import Floats, Streets

# Streets that together hold so much of the belief are drawn darkest, and so on.
SHARES = (0.25, 0.5, 0.75, 0.9, 0.97)
# What share of the belief is left out on each side of the drawing; metres around, and its least side.
LEFT_OUT, MARGIN, SMALLEST = 0.1, 150.0, 900.0


@dataclass(frozen=True, slots=True)
class Mark:
    """A point on the drawing: where, what it is, and its number."""

    x: float
    y: float
    kind: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """``box`` is the SVG's view box, ``streets`` and ``levels`` are path data (the darkest last),
    ``trail`` the points of how the middle of the belief moved."""

    box: str
    streets: str
    levels: list[tuple[int, str]]
    trail: str
    marks: list[Mark]
    dot: float
    letter: float


def draw(
    streets: Streets, chances: Iterable[tuple[int, float]], middles: Iterable[tuple[float, float]],
    marks: Iterable[tuple[float, float, str, str]],
) -> Drawing:  # fmt: skip
    """Draw a belief: ``chances`` by street, where its middle was (oldest first), marks in degrees."""
    local = {int(number): index for index, number in enumerate(streets.number)}
    heat = [(local[number], chance) for number, chance in chances if number in local]
    put = [
        Mark(*_flip(streets.metres(longitude, latitude)), kind, label)
        for longitude, latitude, kind, label in marks
    ]
    west, north, wide, high = _box(streets, heat, put)
    inside = _inside(streets, (west, north, wide, high))
    trail = [_flip(streets.metres(*middle)) for middle in middles]
    return Drawing(
        f"{west:.0f} {north:.0f} {wide:.0f} {high:.0f}", _paths(streets, inside),
        _levels(streets, heat), " ".join(f"{x:.0f},{y:.0f}" for x, y in trail),
        put, *(round(high / part, 1) for part in (42, 36)),
    )  # fmt: skip


def _flip(place: tuple[float, float]) -> tuple[float, float]:
    return round(place[0], 1), round(-place[1], 1)


def _box(
    streets: Streets, heat: Sequence[tuple[int, float]], marks: Sequence[Mark]
) -> tuple[float, float, float, float]:
    """Return what holds most of the belief, and every mark: whoever may be far off is not drawn."""
    chosen = np.asarray([street for street, _ in heat], np.int64)
    chances = np.asarray([chance for _, chance in heat])
    x = (streets.x[streets.start] + streets.x[streets.end]) / 2
    y = (streets.y[streets.start] + streets.y[streets.end]) / -2
    west, wide = _side(x[chosen], chances, [mark.x for mark in marks])
    north, high = _side(y[chosen], chances, [mark.y for mark in marks])
    return west, north, wide, high


def _side(spots: Floats, chances: Floats, marks: Sequence[float]) -> tuple[float, float]:
    """Return where one side of the drawing begins, and how long it is."""
    ends = list(marks)
    if len(spots):
        order = np.argsort(spots, kind="stable")
        held = np.cumsum(chances[order])
        cut = np.searchsorted(held, (LEFT_OUT * held[-1], (1 - LEFT_OUT) * held[-1]))
        ends += [float(one) for one in spots[order][np.minimum(cut, len(spots) - 1)]]
    least, most = min(ends, default=0.0) - MARGIN, max(ends, default=0.0) + MARGIN
    return least, max(most - least, SMALLEST)


def _inside(streets: Streets, box: tuple[float, float, float, float]) -> list[int]:
    west, north, wide, high = box
    middle_x = (streets.x[streets.start] + streets.x[streets.end]) / 2
    middle_y = -(streets.y[streets.start] + streets.y[streets.end]) / 2
    near = (np.abs(middle_x - west - wide / 2) < wide) & (
        np.abs(middle_y - north - high / 2) < high
    )
    return [int(one) for one in np.flatnonzero(near)]


def _levels(streets: Streets, heat: Sequence[tuple[int, float]]) -> list[tuple[int, str]]:
    """Return the streets by how few hold how much, the palest first."""
    total = sum(chance for _, chance in heat) or 1.0
    by_metre = sorted(heat, key=lambda one: -one[1] / max(float(streets.length[one[0]]), 30.0))
    groups: dict[int, list[int]] = {}
    held = 0.0
    for street, chance in by_metre:
        level = next((5 - n for n, share in enumerate(SHARES) if held < share * total), 0)
        if level:
            groups.setdefault(level, []).append(street)
        held += chance
    return [(level, _paths(streets, groups[level])) for level in sorted(groups)]


def _paths(streets: Streets, chosen: Sequence[int]) -> str:
    """Return SVG path data of stretches, in whole metres."""
    parts = []
    for street in chosen:
        part = slice(int(streets.line_first[street]), int(streets.line_first[street + 1]))
        points = [
            (round(x), round(-y))
            for x, y in zip(streets.line_x[part], streets.line_y[part], strict=True)
        ]
        moves = "".join(f"l{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(points))
        parts.append(f"M{points[0][0]} {points[0][1]}{moves}")
    return "".join(parts)
