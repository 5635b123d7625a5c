"""Cutting one long order of edges into routes, best possible (G. Ulusoy, 1985), directions free."""

import numpy as np

from linli.patrol.routing.compiled import Floats, Ints, entry, inner

NEVER = 1e18


@inner
def _lengths(
    order: Ints, gaps: Ints, demand: Ints, capacity: int, penalty: float, heaviest: int
) -> Floats:
    """Return the penalised dead-heading of each route that serves order[i..j] in that order."""
    count, depot = len(order), len(gaps) - 1
    found = np.full((count, count), NEVER)
    for i in range(count):
        load = np.int64(0)
        one, two = np.int64(0), np.int64(0)
        for j in range(i, count):
            load += demand[order[j]]
            if load > heaviest and j > i:
                break
            edge = order[j]
            if j == i:
                one, two = gaps[depot, edge, 0], gaps[depot, edge, 1]
            else:
                before = order[j - 1]
                one, two = (
                    min(one + gaps[before, edge, 0], two + gaps[before, edge, 2]),
                    min(one + gaps[before, edge, 1], two + gaps[before, edge, 3]),
                )
            back = min(one + gaps[edge, depot, 0], two + gaps[edge, depot, 2])
            found[i, j] = back + penalty * max(load - capacity, 0)
    return found


@entry
def split(
    order: Ints,
    gaps: Ints,
    demand: Ints,
    capacity: int,
    penalty: float,
    vehicles: int,
    heaviest: int,
) -> Ints:
    """Return where each route ends, such that all are cheapest together.

    Args:
        order: (m) the edges in the order of one long tour.
        gaps: (m + 1, m + 1, 4) ways between edges by direction; the last is the depot.
        demand: demand of each edge.
        capacity: what one vehicle can take.
        penalty: cost of a unit of demand above it.
        vehicles: at most so many routes.
        heaviest: no route is loaded above this; where that can't be, all ends are 0.

    Returns:
        (vehicles) positions in ``order`` after each route's last edge; unused ones repeat the end.
    """
    count = len(order)
    length = _lengths(order, gaps, demand, capacity, penalty, heaviest)
    best = np.full((vehicles + 1, count + 1), NEVER)
    came = np.zeros((vehicles + 1, count + 1), np.int64)
    best[0, 0] = 0.0
    for k in range(1, vehicles + 1):
        for i in range(k - 1, count):
            if best[k - 1, i] >= NEVER:
                continue
            for j in range(i, count):
                if length[i, j] >= NEVER:
                    break
                if best[k - 1, i] + length[i, j] < best[k, j + 1]:
                    best[k, j + 1] = best[k - 1, i] + length[i, j]
                    came[k, j + 1] = i
    used = np.argmin(best[:, count])
    ends = np.full(vehicles, count, np.int64)
    if best[used, count] >= NEVER:
        return np.zeros(vehicles, np.int64)
    end = count
    for k in range(used, 0, -1):
        ends[k - 1] = end
        end = came[k, end]
    return ends
