"""Whether routes solve a problem, and at what cost.

Written apart from the search and sharing nothing with it but the problem: it works out shortest ways
by itself, by Dijkstra's algorithm on the edges as they stand in the file.
"""

import heapq
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from linli.patrol.routing.instance import DEPOT, Instance

type Route = Sequence[Sequence[int]]


class InfeasibleError(ValueError):
    """Routes that do not solve the problem; says which and why."""


def check(instance: Instance, routes: Sequence[Route]) -> int:
    """Return what the routes cost: served edges, the ways between them, from the depot and back.

    Args:
        instance: the problem.
        routes: for each route its served edges as (from, to), in order and direction of service.

    Raises:
        InfeasibleError: too many routes, too much demand on one, an edge that isn't there, one
            served twice or not at all.
    """
    if len(routes) > instance.vehicles:
        raise InfeasibleError(f"{len(routes)} routes for {instance.vehicles} vehicles")
    wanted = {frozenset((edge.start, edge.end)): edge for edge in instance.required}
    served: Counter[frozenset[int]] = Counter()
    cost = 0
    for number, route in enumerate(routes, start=1):
        load = 0
        for arc in route:
            pair = frozenset(arc)
            if len(arc) != 2 or pair not in wanted:
                raise InfeasibleError(f"route {number}: {list(arc)} is no edge with a demand")
            served[pair] += 1
            load += wanted[pair].demand
            cost += wanted[pair].cost
        if load > instance.capacity:
            raise InfeasibleError(
                f"route {number}: a demand of {load}, the capacity is {instance.capacity}"
            )
    _each_once(set(wanted), served)
    return cost + _between(instance, routes)


def _each_once(wanted: set[frozenset[int]], served: Counter[frozenset[int]]) -> None:
    for pair in sorted(wanted, key=sorted):
        if served[pair] != 1:
            ends = "–".join(str(vertex) for vertex in sorted(pair))
            raise InfeasibleError(f"the edge {ends} is served {served[pair]} times")


def _between(instance: Instance, routes: Sequence[Route]) -> int:
    """Return the cost of all ways on which nothing is served."""
    beside: dict[int, list[tuple[int, int]]] = {}
    for edge in instance.edges:
        beside.setdefault(edge.start, []).append((edge.end, edge.cost))
        beside.setdefault(edge.end, []).append((edge.start, edge.cost))
    known: dict[int, dict[int, int]] = {}
    total = 0
    for route in routes:
        stops = [(DEPOT, DEPOT), *route, (DEPOT, DEPOT)]
        for (_, left), (reached, _) in pairwise(stops):
            if left not in known:
                known[left] = _ways(beside, left)
            total += known[left][reached]
    return total


def _ways(beside: dict[int, list[tuple[int, int]]], start: int) -> dict[int, int]:
    """Return the cost of the shortest way to each vertex that can be reached."""
    found: dict[int, int] = {}
    waiting = [(0, start)]
    while waiting:
        cost, vertex = heapq.heappop(waiting)
        if vertex in found:
            continue
        found[vertex] = cost
        for other, step in beside.get(vertex, ()):
            heapq.heappush(waiting, (cost + step, other))
    return found
