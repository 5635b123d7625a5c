"""The search: known optima in seconds, lawful routes always, the same seed the same routes."""

import json
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from linli.patrol.cli import app
from linli.patrol.routing.checker import check
from linli.patrol.routing.instance import Edge, Instance, read
from linli.patrol.routing.search import NoRoutesError, ready, solve
from linli.patrol.routing.split import split

FILES = Path(__file__).parent / "instances"
OPTIMA = {"gdb1": 316, "gdb14": 100, "gdb19": 55, "val1A": 173, "val2B": 259}


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    ready()


@pytest.mark.parametrize(("name", "optimum"), OPTIMA.items())
def test_the_known_optimum_is_found(name: str, optimum: int) -> None:
    instance = read(FILES / f"{name}.dat")
    found = solve(instance, seconds=30, most=4_000)
    assert check(instance, found.routes) == found.cost == optimum


def test_the_same_seed_gives_the_same_routes_and_the_bound_stops() -> None:
    instance = read(FILES / "val2B.dat")
    open_end = Instance(instance.vertices, instance.edges, instance.vehicles, instance.capacity)
    one, two = (solve(open_end, seconds=60, seed=7, most=120) for _ in range(2))
    assert one == two
    assert solve(open_end, seconds=60, seed=8, most=120).routes != one.routes
    assert solve(read(FILES / "gdb19.dat"), seconds=60).tried < 2_000


def test_it_ends_in_time() -> None:
    instance = read(FILES / "val2B.dat")
    open_end = Instance(instance.vertices, instance.edges, instance.vehicles, instance.capacity)
    began = time.monotonic()
    solve(open_end, seconds=0.5)
    assert time.monotonic() - began < 2


def test_what_does_not_fit_is_told() -> None:
    star = tuple(Edge(0, vertex, 1, 2) for vertex in (1, 2, 3))
    with pytest.raises(NoRoutesError):
        solve(Instance(4, star, 2, 3), seconds=5, most=50)


def test_one_edge_and_a_loop() -> None:
    assert solve(Instance(2, (Edge(0, 1, 3, 1),), 4, 1), seconds=5, most=30).cost == 6
    assert (
        solve(Instance(2, (Edge(1, 1, 3, 1), Edge(0, 1, 4, 0)), 1, 1), seconds=5, most=9).cost == 11
    )


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    """Draw a connected problem with some edges that need no service, loose enough to be solved."""
    vertices = draw(st.integers(2, 8))
    pairs = {(draw(st.integers(0, vertex - 1)), vertex) for vertex in range(1, vertices)}
    more = st.tuples(st.integers(0, vertices - 1), st.integers(0, vertices - 1))
    for one, two in draw(st.lists(more, max_size=8)):
        if one != two and (two, one) not in pairs:
            pairs.add((one, two))
    edges = [
        Edge(one, two, draw(st.integers(0, 9)), draw(st.integers(0, 4)))
        for one, two in sorted(pairs)
    ]
    edges[0] = Edge(edges[0].start, edges[0].end, edges[0].cost, 1)
    total = sum(edge.demand for edge in edges)
    capacity = draw(st.integers(4, 12))
    return Instance(vertices, tuple(edges), 2 + 2 * total // capacity, capacity)


@settings(deadline=None, max_examples=40)
@given(instance=instances(), seed=st.integers(0, 99))
def test_routes_are_lawful_and_cost_what_the_search_says(instance: Instance, seed: int) -> None:
    found = solve(instance, seconds=5, seed=seed, most=90)
    assert check(instance, found.routes) == found.cost


def test_a_tour_is_cut_at_the_best_places() -> None:
    # Edges 0 and 1 touch each other, 2 and 3 too; everything else is a way of 1 apart. Routes of
    # two fit, so the cut lies between the pairs; with one vehicle all are too heavy together.
    gaps = np.ones((5, 5, 4), dtype=np.int64)
    gaps[:2, :2] = gaps[2:4, 2:4] = 0
    demand = np.array([1, 1, 1, 1, 0])
    ends = split(np.arange(4), gaps, demand, 2, 100.0, 3, 3)
    assert ends.tolist() == [2, 4, 4]
    assert split(np.arange(4), gaps, demand, 2, 100.0, 1, 3).tolist() == [0]


def test_the_command_prints_one_object() -> None:
    file = FILES / "gdb1.dat"
    result = CliRunner().invoke(app, ["solve", str(file), "--seconds", "20", "--json"])
    assert result.exit_code == 0
    answer = json.loads(result.stdout.splitlines()[-1])
    assert answer["cost"] == answer["lower_bound"] == check(read(file), answer["routes"]) == 316
    assert answer["gap_percent"] == 0
    result = CliRunner().invoke(app, ["solve", str(file), "--seconds", "0.1"])
    assert "gap" in result.stdout


def test_the_command_refuses_what_is_no_problem(tmp_path: Path) -> None:
    (tmp_path / "bad.dat").write_text("3\n1\n0 1 4\n")
    result = CliRunner().invoke(app, ["solve", str(tmp_path / "bad.dat"), "--json"])
    assert result.exit_code == 2
    assert "line 3: an edge is" in result.output


def test_the_command_says_when_nothing_fits_or_all_is_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "star.dat").write_text("4\n3\n0 1 1 2\n0 2 1 2\n0 3 1 2\n2\n3\n")
    command = ["solve", str(tmp_path / "star.dat"), "--seconds", "0.2", "--json"]
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 1
    assert "give more time" in result.output

    def full(*_: int) -> None:
        raise MemoryError

    monkeypatch.setattr("linli.patrol.routing.search.empty_routes", full)
    monkeypatch.setattr("linli.patrol.routing.search.ready", lambda: False)
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 1
    assert "too many edges" in result.output
