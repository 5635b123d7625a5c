"""Patrol routes of least cost: a genetic search with a local one (T. Vidal, 2012 and 2017).

Two solutions are crossed into one long tour, which is cut into routes best possible (``split``)
and improved (``descent``). Overloaded routes are allowed at a price that follows how often they
come about. Nothing but ``seed`` decides what happens; the clock only decides when it ends.
"""

import time
from dataclasses import dataclass
from random import Random

import numpy as np

from linli.patrol.routing import costs
from linli.patrol.routing.compiled import Ints, compiled_afresh
from linli.patrol.routing.descent import descend
from linli.patrol.routing.instance import Edge, Instance
from linli.patrol.routing.population import Group, Member, cross, draw, member
from linli.patrol.routing.routes import Ground, empty_routes
from linli.patrol.routing.split import split

NEIGHBOURS = 20
FIRST = 40
WINDOW, WANTED = 100, 0.3
PATIENCE = 8_000
REPAIR = 10.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What was found.

    Attributes:
        routes: for each route the served edges as (from, to), in order and direction.
        cost: served edges and the ways between them, in the file's unit.
        tried: how many solutions were made.
    """

    routes: tuple[tuple[tuple[int, int], ...], ...]
    cost: int
    tried: int


class NoRoutesError(Exception):
    """No routes within the capacity were found in the time given."""

    def __str__(self) -> str:
        """Say it in a sentence."""
        return "no routes were found that keep to vehicles and capacity; give more time"


def ready() -> bool:
    """Have the machine code there; return whether it had to be compiled, which takes seconds."""
    begun = compiled_afresh()
    triangle = (Edge(0, 1, 1, 1), Edge(1, 2, 1, 1), Edge(2, 0, 1, 1))
    solve(Instance(3, triangle, 2, 2), seconds=0, most=1)
    return compiled_afresh() > begun


def solve(instance: Instance, *, seconds: float, seed: int = 1, most: int | None = None) -> Plan:
    """Return the best routes found; at least one solution is made, whatever the time.

    Args:
        instance: what is to be served.
        seconds: when to stop, counted from the call. See ``ready`` for a process's first call.
        seed: the same seed tries the same solutions in the same order.
        most: stop after so many solutions too; with it the answer does not depend on the clock.

    Raises:
        NoRoutesError: none were found that keep to the capacity.
    """
    until = time.monotonic() + seconds
    search = _Search(instance, seed)
    served = sum(edge.cost for edge in instance.required)
    while True:
        search.step()
        best = search.best
        if best and instance.lower is not None and best.cost + served <= instance.lower:
            break  # none can be better
        if time.monotonic() >= until or (most is not None and search.tried >= most):
            break
    if best is None:
        raise NoRoutesError
    routes = tuple(_directed(instance, search.ground.gaps, one) for one in best.routes)
    return Plan(tuple(one for one in routes if one), best.cost + served, search.tried)


def _directed(instance: Instance, gaps: Ints, route: Ints) -> tuple[tuple[int, int], ...]:
    """Choose the directions of a route's edges that make it shortest."""
    depot = len(gaps) - 1
    ends = costs.arcs(instance)
    best: list[tuple[int, list[int]]] = [(0, [2 * depot])]
    for edge in [*route.tolist(), depot]:
        best = [
            min(
                (cost + int(gaps[taken[-1] // 2, edge, taken[-1] % 2 * 2 + way]), taken)
                for cost, taken in best
            )
            for way in range(2)
        ]
        best = [(cost, [*taken, 2 * edge + way]) for way, (cost, taken) in enumerate(best)]
    _, taken = min(best)
    return tuple((int(ends[arc, 0]), int(ends[arc, 1])) for arc in taken[1:-1])


def _ground(instance: Instance) -> Ground:
    gaps = costs.gaps(instance)
    edges = len(instance.required)
    apart = gaps[:edges, :edges].min(axis=2)
    apart[np.arange(edges), np.arange(edges)] = costs.UNREACHED
    near = np.argsort(apart, axis=1, kind="stable")[:, : min(NEIGHBOURS, edges - 1)]
    nearest = np.take_along_axis(apart, near, axis=1)
    demand = np.array([*(edge.demand for edge in instance.required), 0], dtype=np.int64)
    return Ground(gaps, demand, np.ascontiguousarray(near), nearest, instance.capacity)


class _Search:
    def __init__(self, instance: Instance, seed: int) -> None:
        self.ground = _ground(instance)
        self.edges = len(instance.required)
        self.vehicles = min(instance.vehicles, self.edges)
        self.routes = empty_routes(self.vehicles, self.edges)
        self.chance = Random(seed)  # noqa: S311 - chance that can be repeated is wanted
        self.best: Member | None = None
        self.tried = 0
        widest = int(self.ground.gaps.max())
        self.penalty = max(0.1, widest / int(self.ground.demand.max()))
        self._begin()

    def _begin(self) -> None:
        self.usable, self.overloaded = Group(), Group()
        self.fresh, self.since = 0, 0
        self.window: list[bool] = []
        self.own_best: int | None = None

    def price(self, one: Member) -> float:
        return one.cost + self.penalty * one.excess

    def step(self) -> None:
        """Make one solution, and repair it sometimes when it is overloaded."""
        groups = [self.usable, self.overloaded]
        if self.fresh < FIRST:
            order = np.arange(self.edges)
            order = order[self.chance.sample(range(self.edges), self.edges)]
            self.fresh += 1
        else:
            one, two = (draw(groups, self.price, self.chance) for _ in range(2))
            order = cross(one, two, self.chance)
        found = self._improve(order, self.penalty)
        self._keep(found)
        self.window.append(found.excess == 0)
        if found.excess and self.chance.random() < 0.5:
            repaired = self._improve(np.concatenate(found.routes), self.penalty * REPAIR, found)
            if not repaired.excess:
                self._keep(repaired)
        if len(self.window) == WINDOW:
            self._adjust()
        if self.since > PATIENCE:
            self._begin()

    def _improve(self, order: Ints, penalty: float, start: Member | None = None) -> Member:
        routes = self.routes
        cut = start.routes if start else self._cut(order, penalty)
        for at, route in enumerate(cut):
            routes.stops[at, 0] = routes.stops[at, len(route) + 1] = self.edges
            routes.stops[at, 1 : len(route) + 1] = route
            routes.length[at] = len(route)
        tried = np.array(self.chance.sample(range(self.edges), self.edges), dtype=np.int64)
        cost, above = descend(self.ground, routes, penalty, tried)
        self.tried += 1
        found = tuple(
            routes.stops[at, 1 : routes.length[at] + 1].copy() for at in range(self.vehicles)
        )
        return member(found, int(cost), int(above))

    def _cut(self, order: Ints, penalty: float) -> tuple[Ints, ...]:
        ground = self.ground
        for heaviest in (ground.capacity * 3 // 2, int(ground.demand.sum())):
            ends = split(
                order, ground.gaps, ground.demand, ground.capacity, penalty, self.vehicles,
                heaviest,
            )  # fmt: skip
            if ends[-1]:
                break
        return tuple(np.split(order, ends[:-1]))

    def _keep(self, found: Member) -> None:
        self.since += 1
        group = self.overloaded if found.excess else self.usable
        group.add(found, self.price)
        if found.excess:
            return
        if self.own_best is None or found.cost < self.own_best:
            self.own_best, self.since = found.cost, 0
        if self.best is None or found.cost < self.best.cost:
            self.best = found

    def _adjust(self) -> None:
        """Make an overload dearer when it comes about too often, cheaper when too seldom."""
        share = sum(self.window) / len(self.window)
        self.window = []
        if share < WANTED - 0.05:
            self.penalty = min(self.penalty * 1.2, 1e5)
        elif share > WANTED + 0.05:
            self.penalty = max(self.penalty * 0.85, 0.01)
