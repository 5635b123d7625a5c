"""Reading problems: what the files say, and what is refused."""

from pathlib import Path

import pytest

from linli.patrol.routing.costs import gaps, ways
from linli.patrol.routing.instance import Edge, Instance, InstanceError, parse, read

OWN = Path(__file__).parent / "instances"
# The classical instances lie beside the repository where it is developed.
SHARED = Path(__file__).parents[4] / "shared" / "data" / "carp"
GOOD = "3\n3\n0 1 4 2\n1 2 5 2\n2 0 6 0\n2\n4\n15\n15\n"


@pytest.mark.parametrize(
    "path", sorted([*OWN.glob("*.dat"), *SHARED.glob("*.dat")]), ids=lambda path: path.stem
)
def test_every_classical_file_is_read(path: Path) -> None:
    found = read(path)
    numbers = [int(word) for word in path.read_text().split()]
    assert [found.vertices, len(found.edges)] == numbers[:2]
    assert [found.vehicles, found.capacity, found.lower, found.upper] == numbers[-4:]
    assert len(numbers) == 2 + 4 * len(found.edges) + 4
    assert len(found.required) == len(found.edges)


def test_what_a_file_says() -> None:
    edges = (Edge(0, 1, 4, 2), Edge(1, 2, 5, 2), Edge(2, 0, 6, 0))
    assert parse(GOOD) == Instance(3, edges, 2, 4, 15, 15)
    assert parse(GOOD).required == edges[:2]
    assert parse("\n".join(GOOD.splitlines()[:-2])).lower is None


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "ends before the number of vertices"),
        ("3\n3\n0 1 4 2\n", "ends before the edge"),
        (GOOD.replace("0 1 4 2", "0 1 4"), "line 3: an edge is"),
        (GOOD.replace("0 1 4 2", "0 1 4 x"), "line 3: whole numbers only"),
        (GOOD.replace("0 1 4 2", "0 1 -4 2"), "line 3: numbers lie between"),
        (GOOD.replace("0 1 4 2", "0 3 4 2"), "line 3: vertices are numbered from 0 to 2"),
        (GOOD.replace("0 1 4 2", "0 1 4 5"), "a demand of 5 is above the capacity 4"),
        (GOOD.replace("2 0 6 0", "2 0 6 0\n7"), "after the capacity"),
        (GOOD.replace("1 2 5 2", "1 0 5 2"), "join the same vertices"),
        (GOOD.replace("0 1 4 2", "1 1 4 2").replace("2 0 6 0", "2 1 6 0"), "can't be reached"),
        (GOOD.replace("\n2\n4\n15", "\n1\n3\n15"), "1 vehicles can't take a demand of 4"),
        (GOOD.replace("2\n4\n15\n15", "0\n4\n15\n15"), "line 6: number of vehicles"),
        (GOOD.replace("15\n15", "16\n15"), "the lower bound is above"),
        (GOOD.replace("4 2\n", "4 0\n").replace("5 2\n", "5 0\n"), "no edge has a demand"),
    ],
)
def test_malformed_files_are_refused_with_the_reason(text: str, complaint: str) -> None:
    with pytest.raises(InstanceError, match=complaint):
        parse(text)


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InstanceError, match="cannot be read"):
        read(tmp_path / "none.dat")
    (tmp_path / "picture.dat").write_bytes(b"\x89PNG\xff")
    with pytest.raises(InstanceError, match="cannot be read"):
        read(tmp_path / "picture.dat")


def test_ways_go_over_edges_that_cost_nothing_and_take_the_cheaper_of_two() -> None:
    edges = (Edge(0, 1, 0, 1), Edge(1, 2, 5, 1), Edge(2, 1, 3, 0), Edge(0, 2, 9, 0))
    found = Instance(3, edges, 1, 9)
    assert ways(found).tolist() == [[0, 0, 3], [0, 0, 3], [3, 3, 0]]
    # From edge 0–1 to edge 1–2: along, along; along, back; back, along; back, back.
    assert gaps(found)[0, 1].tolist() == [0, 3, 0, 3]
    assert gaps(found)[2, 1].tolist() == [0, 3, 0, 3]
