"""Streets for the teams of a shift: which are due, and who walks which, by the search for routes."""

from collections.abc import Mapping, Sequence
from math import atan2
from random import Random

import numpy as np

from linli.patrol.rounds.ground import Ground
from linli.patrol.routing.instance import Edge, Instance

# Streets are drawn longer or shorter by chance, so that no two nights have the same best routes.
NOISE = 0.2
# Of a shift's way so much is spent on streets that are due, at most; the rest leads to them.
SHARE = 0.7
SPARE = 1.2


def due(ground: Ground, owed: Mapping[int, float], metres: float, chance: Random) -> list[int]:
    """Return the edges to be seen, those that are owed most first, of about ``metres`` in all.

    ``owed`` says for each edge how many visits are open; it may be less than none where a street
    was seen more often than promised: a shift is filled all the same. Chance decides between
    streets that are owed nearly the same.
    """
    ranked = sorted(owed, key=lambda edge: -(owed[edge] + chance.random()))
    found, total = [], 0.0
    for edge in ranked:
        if total + ground.length[edge] > metres * SHARE:
            continue
        found.append(edge)
        total += float(ground.length[edge])
    return found


def divide(
    ground: Ground, edges: Sequence[int], shares: Sequence[float], chance: Random
) -> list[list[int]]:
    """Divide streets among groups of teams, each a sector around the middle, as large as its share."""
    places = (ground.places[ground.start] + ground.places[ground.end]) / 2
    middle = places[list(edges)].mean(axis=0) if edges else places.mean(axis=0)
    turn = chance.random() * 2 * np.pi

    def bearing(edge: int) -> float:
        x, y = places[edge] - middle
        return float((atan2(y, x) + turn) % (2 * np.pi))

    ordered = sorted(edges, key=bearing)
    total = float(ground.length[ordered].sum()) if ordered else 0.0
    found: list[list[int]] = [[] for _share in shares]
    bounds = np.cumsum(shares) / max(sum(shares), 1e-9) * total
    gone = 0.0
    for edge in ordered:
        group = min(int(np.searchsorted(bounds, gone, side="right")), len(shares) - 1)
        found[group].append(edge)
        gone += float(ground.length[edge])
    return found


def tours(
    ground: Ground, base: int, edges: Sequence[int], teams: int, *,
    seed: int, seconds: float, most: int | None = None,
) -> list[list[tuple[int, int]]]:  # fmt: skip
    """Return for each team its streets in order, as (from, to) vertices; balanced by capacity.

    Args:
        base: the vertex where all begin and end.
        edges: what is to be walked, each once.
        most: stop after so many solutions, so that the answer does not depend on the clock.
    """
    # Only this loads the compiler; rosters and pages start without it.
    from linli.patrol.routing.search import NoRoutesError, solve

    chance = Random(seed)  # noqa: S311 - routes vary by it, nothing is kept secret by it
    wanted = _once(ground, edges)
    if not wanted:
        return [[] for _team in range(teams)]
    instance = _instance(ground, base, wanted, teams, chance)
    try:
        plan = solve(instance, seconds=seconds, seed=seed % 2**31, most=most)
    except NoRoutesError:
        return _in_turn(ground, wanted, teams)
    found = [[_moved(base, pair) for pair in route] for route in plan.routes]
    found += [[] for _team in range(teams - len(found))]
    for route in found:
        if chance.random() < 0.5:
            route.reverse()
            route[:] = [(end, start) for start, end in route]
    return found


def _once(ground: Ground, edges: Sequence[int]) -> dict[tuple[int, int], int]:
    """Return one edge for each pair of vertices; of two parallel ones the second is passed by."""
    found: dict[tuple[int, int], int] = {}
    for edge in edges:
        one, other = int(ground.start[edge]), int(ground.end[edge])
        if one != other:
            found.setdefault((min(one, other), max(one, other)), edge)
    return found


def _moved(base: int, pair: Sequence[int]) -> tuple[int, int]:
    """Return vertices as the ground numbers them: the search wants the base to be 0."""
    one, other = (base if v == 0 else 0 if v == base else v for v in pair)
    return int(one), int(other)


def _instance(
    ground: Ground, base: int, wanted: Mapping[tuple[int, int], int], teams: int, chance: Random
) -> Instance:
    lines: dict[tuple[int, int], Edge] = {}
    for edge in range(len(ground.stretch)):
        one, other = int(ground.start[edge]), int(ground.end[edge])
        pair = (min(one, other), max(one, other))
        metres = max(1, round(float(ground.length[edge]) * (1 + NOISE * (2 * chance.random() - 1))))
        asked = wanted.get(pair) == edge
        if asked or pair not in lines or (not lines[pair].demand and metres < lines[pair].cost):
            start, end = _moved(base, pair)
            demand = max(1, round(float(ground.length[edge]))) if asked else 0
            if pair in lines and lines[pair].demand:
                continue
            lines[pair] = Edge(start, end, metres, demand)
    total = sum(line.demand for line in lines.values())
    heaviest = max(line.demand for line in lines.values())
    capacity = max(heaviest, int(total / teams * SPARE) + 1)
    return Instance(len(ground.junction), tuple(lines.values()), teams, capacity)


def _in_turn(
    ground: Ground, wanted: Mapping[tuple[int, int], int], teams: int
) -> list[list[tuple[int, int]]]:
    """Return streets dealt out in turn: what there is where the search finds no balance."""
    found: list[list[tuple[int, int]]] = [[] for _team in range(teams)]
    for number, edge in enumerate(wanted.values()):
        pair = (int(ground.start[edge]), int(ground.end[edge]))
        found[number * teams // len(wanted)].append(pair)
    return found
