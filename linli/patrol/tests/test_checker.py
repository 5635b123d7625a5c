"""The checker: refuses every way of being wrong, and prices what is right."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.patrol.routing.checker import InfeasibleError, check
from linli.patrol.routing.instance import Edge, Instance, read

SMALL = Instance(
    4, (Edge(0, 1, 2, 3), Edge(1, 2, 3, 2), Edge(2, 3, 4, 2), Edge(3, 0, 5, 0)), 2, 5
)  # fmt: skip
GDB1 = read(Path(__file__).parent / "instances" / "gdb1.dat")
SERVED = sum(edge.cost for edge in GDB1.required)

type Routes = list[list[list[int]]]


def some_routes(seed: int) -> Routes:
    """Return routes that are right: any order, any direction, at most five a route."""
    draw = Random(seed)
    arcs = [draw.sample([edge.start, edge.end], 2) for edge in GDB1.required]
    draw.shuffle(arcs)
    return [arcs[at : at + 5] for at in range(0, len(arcs), 5)]


def test_a_cost_counts_service_and_ways_with_directions() -> None:
    assert check(SMALL, [[(0, 1), (1, 2)], [(2, 3)]]) == 2 + 3 + 5 + 5 + 4 + 5
    assert check(SMALL, [[(0, 1), (1, 2)], [(3, 2)]]) == 2 + 3 + 5 + 5 + 4 + 5
    assert check(SMALL, [[(1, 0), (1, 2)], [(3, 2)]]) == 2 + 2 + 2 + 3 + 5 + 5 + 4 + 5


@pytest.mark.parametrize(
    ("routes", "complaint"),
    [
        ([[(0, 1)], [(1, 2)], [(2, 3)]], "3 routes for 2 vehicles"),
        ([[(0, 1), (1, 2), (2, 3)]], "a demand of 7, the capacity is 5"),
        ([[(0, 1)], [(1, 2)]], "2–3 is served 0 times"),
        ([[(0, 1)], [(1, 2), (2, 1), (2, 3)]], "1–2 is served 2 times|demand of 6"),
        ([[(0, 1), (3, 0)], [(1, 2), (2, 3)]], "is no edge with a demand"),
        ([[(0, 2)], [(1, 2), (2, 3)]], "is no edge with a demand"),
        ([[(0, 1, 2)], [(1, 2), (2, 3)]], "is no edge with a demand"),
        ([[(0,)], [(1, 2), (2, 3)]], "is no edge with a demand"),
        ([], "is served 0 times"),
    ],
)
def test_wrong_routes_are_refused(routes: Routes, complaint: str) -> None:
    with pytest.raises(InfeasibleError, match=complaint):
        check(SMALL, routes)


@given(seed=st.integers(0, 10_000), at=st.integers(0, 21))
def test_any_single_fault_is_found(seed: int, at: int) -> None:
    routes = some_routes(seed)
    assert check(GDB1, routes) >= SERVED
    route, place = divmod(at, 5)
    dropped = [list(one) for one in routes]
    gone = dropped[route].pop(place)
    with pytest.raises(InfeasibleError, match="served 0 times"):
        check(GDB1, dropped)
    twice = [list(one) for one in dropped]
    twice[route].append(routes[(route + 1) % 5][0][::-1])
    with pytest.raises(InfeasibleError):
        check(GDB1, twice)
    overloaded = [list(one) for one in dropped]
    overloaded[0 if route else 1].append(gone)
    with pytest.raises(InfeasibleError, match="a demand of 6"):
        check(GDB1, overloaded)


@given(seed=st.integers(0, 10_000))
def test_a_route_walked_backwards_costs_the_same(seed: int) -> None:
    routes = some_routes(seed)
    back = [[arc[::-1] for arc in reversed(route)] for route in routes]
    assert check(GDB1, back) == check(GDB1, routes)
