"""Local search on patrol routes: moves between and within routes, judged with best directions.

For each route a table tells the least dead-heading of every stretch for each direction of its
first and last edge, so a move is judged by joining a few stretches and never fixes directions
(T. Vidal, Operations Research 65/4, 2017).

What is compiled and cached lies in this one module: a cached function does not notice when one it
calls has changed in another file. What is called millions of times takes arrays one by one, since
unpacking a named tuple costs more there than judging a move.
"""

import numpy as np

from linli.patrol.routing.compiled import Ints, entry, inner
from linli.patrol.routing.routes import Ground, Routes

FAR = np.int64(1) << 40
LONGEST = 2
EPSILON = 1e-6

type Way = tuple[int, int, int]  # dead-heading by direction of the last edge, and that edge


@inner
def measure(ground: Ground, routes: Routes, route: int) -> None:
    """Compute everything known of a route from its stops and length."""
    stops, table, gaps = routes.stops, routes.table, ground.gaps
    last = routes.length[route] + 1
    load = np.int64(0)
    for i in range(last + 1):
        edge = stops[route, i]
        load += ground.demand[edge]
        routes.carried[route, i] = load
        if 0 < i < last:
            routes.route_of[edge], routes.place_of[edge] = route, i
        table[route, i, i, 0] = table[route, i, i, 3] = 0
        table[route, i, i, 1] = table[route, i, i, 2] = FAR
        for j in range(i + 1, last + 1):
            a, b = stops[route, j - 1], stops[route, j]
            for first in range(0, 4, 2):
                one, two = table[route, i, j - 1, first], table[route, i, j - 1, first + 1]
                table[route, i, j, first] = min(one + gaps[a, b, 0], two + gaps[a, b, 2])
                table[route, i, j, first + 1] = min(one + gaps[a, b, 1], two + gaps[a, b, 3])
    _measure_ways(ground, routes, route, last)


@inner
def _measure_ways(ground: Ground, routes: Routes, route: int, last: int) -> None:
    """Follow the best directions back from the end and note how long the ways are."""
    stops, table, gaps = routes.stops, routes.table, ground.gaps
    way, after = 0, np.int64(0)
    for i in range(last, 0, -1):
        a, b = stops[route, i - 1], stops[route, i]
        one = table[route, 0, i - 1, 0] + gaps[a, b, way]
        two = table[route, 0, i - 1, 1] + gaps[a, b, 2 + way]
        before = gaps[a, b, way if one <= two else 2 + way]
        if i < last:
            routes.reach[b] = max(before, after)
        way, after = 0 if one <= two else 1, before


@inner
def _on(
    gaps: Ints, stops: Ints, table: Ints, one: int, two: int, at: int, route: int, i: int, j: int,
    back: int,
) -> Way:  # fmt: skip
    """Go on with stretch i..j of a route, the other way round if ``back``; empty if i > j."""
    if i > j:
        return one, two, at
    first, last = stops[route, i], stops[route, j]
    same, keep = table[route, i, j, 0], table[route, i, j, 3]
    if back:
        first, last, same, keep = last, first, keep, same
    to_one = min(one + gaps[at, first, 0], two + gaps[at, first, 2])
    to_two = min(one + gaps[at, first, 1], two + gaps[at, first, 3])
    return (
        min(to_one + same, to_two + table[route, i, j, 2]),
        min(to_one + table[route, i, j, 1], to_two + keep),
        last,
    )


@inner
def _home(
    gaps: Ints, stops: Ints, table: Ints, one: int, two: int, at: int, route: int, i: int, last: int
) -> int:
    """Return the dead-heading when a way goes on with a route from position i to its end."""
    first = stops[route, i]
    to_one = min(one + gaps[at, first, 0], two + gaps[at, first, 2])
    to_two = min(one + gaps[at, first, 1], two + gaps[at, first, 3])
    return min(to_one + table[route, i, last, 0], to_two + table[route, i, last, 2])


@inner
def _replaced(
    gaps: Ints, stops: Ints, table: Ints, route: int, i: int, j: int, last: int, other: int, k: int,
    m: int,
) -> tuple[int, int]:  # fmt: skip
    """Return the dead-heading with k..m of ``other`` in place of i..j, and if turned round."""
    one, two, at = table[route, 0, i - 1, 0], table[route, 0, i - 1, 1], stops[route, i - 1]
    a, b, c = _on(gaps, stops, table, one, two, at, other, k, m, 0)
    best, back = _home(gaps, stops, table, a, b, c, route, j + 1, last), 0
    if m > k:  # a single edge takes its better direction anyway
        a, b, c = _on(gaps, stops, table, one, two, at, other, k, m, 1)
        turned = _home(gaps, stops, table, a, b, c, route, j + 1, last)
        if turned < best:
            best, back = turned, 1
    return best, back


@inner
def _priced(
    carried: Ints, one: int, end_one: int, two: int, end_two: int, capacity: int, more: int
) -> int:
    """Return how much less demand is above the capacity when ``one`` takes so much of ``two``."""
    a, b = carried[one, end_one] - capacity, carried[two, end_two] - capacity
    return max(a, 0) + max(b, 0) - max(a + more, 0) - max(b - more, 0)


@inner
def _exchange_helps(
    gaps: Ints, stops: Ints, table: Ints, carried: Ints, one: int, i: int, p: int, end_one: int,
    two: int, j: int, q: int, end_two: int, capacity: int, penalty: float,
) -> tuple[bool, int, int]:  # fmt: skip
    """Judge swapping i..p of one route with j..q of another, which may be empty."""
    more = carried[two, q] - carried[two, j - 1] - carried[one, p] + carried[one, i - 1]
    left = table[one, 0, end_one, 0] + table[two, 0, end_two, 0] - EPSILON
    left += penalty * _priced(carried, one, end_one, two, end_two, capacity, more)
    if left < 0:
        return False, 0, 0
    cost, b_back = _replaced(gaps, stops, table, one, i, p, end_one, two, j, q)
    if left < cost:
        return False, 0, 0
    left -= cost
    cost, a_back = _replaced(gaps, stops, table, two, j, q, end_two, one, i, p)
    return left >= cost, a_back, b_back


@inner
def _exchange_within_helps(
    gaps: Ints, stops: Ints, table: Ints, route: int, i: int, p: int, j: int, q: int, last: int
) -> tuple[bool, int, int]:
    """Judge swapping i..p with j..q of the same route; one of them may be empty."""
    best, best_a, best_b = table[route, 0, last, 0], 0, 0
    better = False
    one, two, at = table[route, 0, i - 1, 0], table[route, 0, i - 1, 1], stops[route, i - 1]
    for b_back in range(2 if q > j else 1):
        a, b, c = _on(gaps, stops, table, one, two, at, route, j, q, b_back)
        a, b, c = _on(gaps, stops, table, a, b, c, route, p + 1, j - 1, 0)
        for a_back in range(2 if p > i else 1):
            d, e, f = _on(gaps, stops, table, a, b, c, route, i, p, a_back)
            cost = _home(gaps, stops, table, d, e, f, route, q + 1, last)
            if cost < best:
                better, best, best_a, best_b = True, cost, a_back, b_back
    return better, best_a, best_b


@inner
def _crossing_helps(
    gaps: Ints, stops: Ints, table: Ints, carried: Ints, one: int, i: int, end_one: int, two: int,
    j: int, end_two: int, heads: int, capacity: int, penalty: float,
) -> bool:  # fmt: skip
    """Judge cutting two routes after i and j and swapping tails, or joining heads and tails."""
    more = carried[two, j] if heads else carried[two, end_two] - carried[two, j]
    more += carried[one, i] - carried[one, end_one]
    left = table[one, 0, end_one, 0] + table[two, 0, end_two, 0] - EPSILON
    left += penalty * _priced(carried, one, end_one, two, end_two, capacity, more)
    if left < 0:
        return False
    a, b, c = table[one, 0, i, 0], table[one, 0, i, 1], stops[one, i]
    if heads:
        a, b, c = _on(gaps, stops, table, a, b, c, two, 0, j, 1)
        left -= min(a, b)
        a, b, c = table[one, i + 1, end_one, 3], table[one, i + 1, end_one, 1], stops[one, i + 1]
        return left >= _home(gaps, stops, table, a, b, c, two, j + 1, end_two)
    left -= _home(gaps, stops, table, a, b, c, two, j + 1, end_two)
    a, b, c = table[two, 0, j, 0], table[two, 0, j, 1], stops[two, j]
    return left >= _home(gaps, stops, table, a, b, c, one, i + 1, end_one)


@inner
def _turning_helps(
    gaps: Ints, stops: Ints, table: Ints, route: int, i: int, j: int, last: int
) -> bool:
    """Judge serving i..j the other way round."""
    a, b, c = table[route, 0, i - 1, 0], table[route, 0, i - 1, 1], stops[route, i - 1]
    a, b, c = _on(gaps, stops, table, a, b, c, route, i, j, 1)
    return _home(gaps, stops, table, a, b, c, route, j + 1, last) < table[route, 0, last, 0]


@inner
def _copy(
    stops: Ints, buffer: Ints, row: int, n: int, route: int, i: int, j: int, back: int
) -> int:
    """Append i..j of a route to a new one of n stops; return how many it has then."""
    for step in range(j - i + 1):
        buffer[row, n + step] = stops[route, j - step if back else i + step]
    return n + max(j - i + 1, 0)


@inner
def _store(ground: Ground, routes: Routes, buffer: Ints, row: int, n: int, route: int) -> None:
    for i in range(n):
        routes.stops[route, i] = buffer[row, i]
    routes.length[route] = n - 2
    measure(ground, routes, route)


@inner
def _exchange(
    ground: Ground, routes: Routes, buffer: Ints, one: int, i: int, p: int, two: int, j: int, q: int,
    a_back: int, b_back: int,
) -> None:  # fmt: skip
    """Swap i..p of one route with j..q of another, or of the same one if it comes after."""
    stops, length = routes.stops, routes.length
    n = _copy(stops, buffer, 0, 0, one, 0, i - 1, 0)
    n = _copy(stops, buffer, 0, n, two, j, q, b_back)
    if one == two:
        n = _copy(stops, buffer, 0, n, one, p + 1, j - 1, 0)
        n = _copy(stops, buffer, 0, n, one, i, p, a_back)
        n = _copy(stops, buffer, 0, n, one, q + 1, length[one] + 1, 0)
    else:
        n = _copy(stops, buffer, 0, n, one, p + 1, length[one] + 1, 0)
        m = _copy(stops, buffer, 1, 0, two, 0, j - 1, 0)
        m = _copy(stops, buffer, 1, m, one, i, p, a_back)
        m = _copy(stops, buffer, 1, m, two, q + 1, length[two] + 1, 0)
        _store(ground, routes, buffer, 1, m, two)
    _store(ground, routes, buffer, 0, n, one)


@inner
def _cross(
    ground: Ground, routes: Routes, buffer: Ints, one: int, i: int, two: int, j: int, heads: int
) -> None:
    """Cut two routes after i and j; swap their tails, or join heads and join tails."""
    stops, end_one, end_two = routes.stops, routes.length[one] + 1, routes.length[two] + 1
    n = _copy(stops, buffer, 0, 0, one, 0, i, 0)
    if heads:
        n = _copy(stops, buffer, 0, n, two, 0, j, 1)
        m = _copy(stops, buffer, 1, 0, one, i + 1, end_one, 1)
        m = _copy(stops, buffer, 1, m, two, j + 1, end_two, 0)
    else:
        n = _copy(stops, buffer, 0, n, two, j + 1, end_two, 0)
        m = _copy(stops, buffer, 1, 0, two, 0, j, 0)
        m = _copy(stops, buffer, 1, m, one, i + 1, end_one, 0)
    _store(ground, routes, buffer, 0, n, one)
    _store(ground, routes, buffer, 1, m, two)


@inner
def _turn(ground: Ground, routes: Routes, buffer: Ints, route: int, i: int, j: int) -> None:
    """Serve i..j the other way round."""
    n = _copy(routes.stops, buffer, 0, i, route, i, j, 1)
    for at in range(i, n):
        routes.stops[route, at] = buffer[0, at]
    measure(ground, routes, route)


@inner
def _between(
    ground: Ground, routes: Routes, buffer: Ints, penalty: float, one: int, i: int, two: int, j: int
) -> bool:
    """Try to bring position i of one route beside position j of another."""
    gaps, stops, table, carried = ground.gaps, routes.stops, routes.table, routes.carried
    capacity, end_one, end_two = ground.capacity, routes.length[one] + 1, routes.length[two] + 1
    for p in range(i, min(i + LONGEST, end_one)):
        for side in range(2):
            for count in range(LONGEST + 1):
                k = j - count if side else j + 1
                m = k + count - 1
                if k < 1 or m >= end_two:
                    break
                better, a_back, b_back = _exchange_helps(
                    gaps, stops, table, carried, one, i, p, end_one, two, k, m, end_two, capacity,
                    penalty,
                )  # fmt: skip
                if better:
                    _exchange(ground, routes, buffer, one, i, p, two, k, m, a_back, b_back)
                    return True
    for way in range(4):
        k, m, heads = i - way % 2, j - way // 2, 1 if way in (0, 3) else 0
        if _crossing_helps(
            gaps, stops, table, carried, one, k, end_one, two, m, end_two, heads, capacity, penalty
        ):
            _cross(ground, routes, buffer, one, k, two, m, heads)
            return True
    return False


@inner
def _within(ground: Ground, routes: Routes, buffer: Ints, route: int, i: int, j: int) -> bool:
    """Try to bring position i of a route beside position j of the same."""
    gaps, stops, table = ground.gaps, routes.stops, routes.table
    last = routes.length[route] + 1
    for p in range(i, min(i + LONGEST, last)):
        for side in range(2):
            for count in range(LONGEST + 1):
                k = j - count if side else j + 1
                m = k + count - 1
                if k < 1 or m >= last:
                    break
                a, b, c, d = (i, p, k, m) if i < k else (k, m, i, p)
                if b >= c:
                    continue
                better, a_back, b_back = _exchange_within_helps(
                    gaps, stops, table, route, a, b, c, d, last
                )
                if better:
                    _exchange(ground, routes, buffer, route, a, b, route, c, d, a_back, b_back)
                    return True
    low, high = min(i, j), max(i, j)
    if high - low > 1:
        for side in range(2):
            if _turning_helps(gaps, stops, table, route, low + 1 - side, high - side, last):
                _turn(ground, routes, buffer, route, low + 1 - side, high - side)
                return True
    return False


@inner
def _to_empty_route(
    ground: Ground, routes: Routes, buffer: Ints, penalty: float, one: int, i: int
) -> int:
    """Try a route of their own for position i, or from it on; return which route, or -1."""
    gaps, stops, table, carried = ground.gaps, routes.stops, routes.table, routes.carried
    capacity, end = ground.capacity, routes.length[one] + 1
    for two in range(len(routes.length)):
        if routes.length[two] == 0:
            if _exchange_helps(
                gaps, stops, table, carried, one, i, i, end, two, 1, 0, 1, capacity, penalty
            )[0]:
                _exchange(ground, routes, buffer, one, i, i, two, 1, 0, 0, 0)
                return two
            if _crossing_helps(
                gaps, stops, table, carried, one, i - 1, end, two, 0, 1, 0, capacity, penalty
            ):
                _cross(ground, routes, buffer, one, i - 1, two, 0, 0)
                return two
            break
    return -1


@entry
def descend(ground: Ground, routes: Routes, penalty: float, order: Ints) -> tuple[int, int]:
    """Improve ``routes`` in place until no move helps.

    Args:
        ground: distances, demands, neighbours and capacity.
        routes: stops and lengths filled in; the rest is computed.
        penalty: cost of one unit of demand above the capacity.
        order: the edges, in the order in which they are tried.

    Returns:
        Dead-heading, and demand above the capacity, of all routes together.
    """
    edges, vehicles = len(routes.route_of), len(routes.length)
    buffer = np.zeros((2, edges + 2), np.int64)
    for route in range(vehicles):
        measure(ground, routes, route)
    tried, changed = np.full(edges, -1, np.int64), np.zeros(vehicles, np.int64)
    moves, before = 0, -1
    while moves != before:
        before = moves
        for u in order:
            since, tried[u] = tried[u], moves
            for k, v in enumerate(ground.near[u]):
                one, two = routes.route_of[u], routes.route_of[v]
                i, j = routes.place_of[u], routes.place_of[v]
                if max(changed[one], changed[two]) <= since:
                    continue  # nothing is new since this pair was tried
                load = routes.carried[one, routes.length[one] + 1]
                if ground.apart[u, k] >= routes.reach[u] and load <= ground.capacity:
                    break  # no way that could be given up is as long as the one to walk
                if one == two:
                    better = _within(ground, routes, buffer, one, i, j)
                else:
                    better = _between(ground, routes, buffer, penalty, one, i, two, j)
                if better:
                    moves += 1
                    changed[one] = changed[two] = moves
            one = routes.route_of[u]
            if changed[one] > since:
                two = _to_empty_route(ground, routes, buffer, penalty, one, routes.place_of[u])
                if two >= 0:
                    moves += 1
                    changed[one] = changed[two] = moves
    cost, above = 0, 0
    for route in range(vehicles):
        last = routes.length[route] + 1
        cost += routes.table[route, 0, last, 0]
        above += max(routes.carried[route, last] - ground.capacity, 0)
    return cost, above
