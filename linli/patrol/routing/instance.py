"""A patrol problem: streets to be walked by teams of limited capacity, and how a file tells it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DEPOT = 0
LARGEST = 10**9
MOST_EDGES = 100_000


class InstanceError(ValueError):
    """A file that does not tell a problem; says in which line and why."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A street between two places; both ways may be walked at the same cost."""

    start: int
    end: int
    cost: int
    demand: int  # 0: need not be served


@dataclass(frozen=True, slots=True)
class Instance:
    """A capacitated arc routing problem; all routes begin and end at vertex 0.

    Attributes:
        vertices: how many; they are numbered from 0.
        edges: all streets; those with a demand have to be served exactly once.
        vehicles: at most so many routes.
        capacity: most demand on one route.
        lower, upper: bounds of the best cost, None where the file has none.
    """

    vertices: int
    edges: tuple[Edge, ...]
    vehicles: int
    capacity: int
    lower: int | None = None
    upper: int | None = None

    @property
    def required(self) -> tuple[Edge, ...]:
        """Those that have to be served, in the order of the file."""
        return tuple(edge for edge in self.edges if edge.demand)


def read(path: Path) -> Instance:
    """Read a ``.dat`` file.

    Its lines: number of vertices; number of edges; ``from to cost demand`` for each; vehicles;
    capacity; lower bound; upper bound. The two bounds may be left out.

    Raises:
        InstanceError: the file can't be read, or what it tells makes no problem.
    """
    try:
        return parse(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InstanceError(f"{path}: cannot be read ({error})") from error
    except InstanceError as error:
        raise InstanceError(f"{path}: {error}") from error


def parse(text: str) -> Instance:
    """Read what a ``.dat`` file holds; raise ``InstanceError``."""
    lines = _numbers(text)
    vertices = _one(lines, "number of vertices", least=1)
    count = _one(lines, "number of edges", least=1, most=MOST_EDGES)
    edges = tuple(_edge(lines, vertices) for _ in range(count))
    vehicles = _one(lines, "number of vehicles", least=1)
    capacity = _one(lines, "capacity", least=1)
    rest = list(lines)
    if len(rest) not in (0, 2):
        raise InstanceError(f"{len(rest)} lines after the capacity; two bounds, or nothing")
    bounds = iter(rest)
    lower = _one(bounds, "lower bound") if rest else None
    upper = _one(bounds, "upper bound") if rest else None
    found = Instance(vertices, edges, vehicles, capacity, lower, upper)
    _judge(found)
    return found


def _numbers(text: str) -> Iterator[tuple[int, list[int]]]:
    for at, line in enumerate(text.splitlines(), start=1):
        words = line.split()
        if not words:
            continue
        try:
            numbers = [int(word) for word in words]
        except ValueError as error:
            raise InstanceError(f"line {at}: whole numbers only, not “{line.strip()}”") from error
        if any(not 0 <= number <= LARGEST for number in numbers):
            raise InstanceError(f"line {at}: numbers lie between 0 and {LARGEST:,}")
        yield at, numbers


def _one(
    lines: Iterator[tuple[int, list[int]]], what: str, *, least: int = 0, most: int = LARGEST
) -> int:
    at, numbers = _next(lines, what)
    if len(numbers) != 1 or not least <= numbers[0] <= most:
        raise InstanceError(f"line {at}: {what}, one number from {least} to {most:,}")
    return numbers[0]


def _edge(lines: Iterator[tuple[int, list[int]]], vertices: int) -> Edge:
    at, numbers = _next(lines, "edge")
    if len(numbers) != 4:
        raise InstanceError(f"line {at}: an edge is “from to cost demand”")
    edge = Edge(*numbers)
    if max(edge.start, edge.end) >= vertices:
        raise InstanceError(f"line {at}: vertices are numbered from 0 to {vertices - 1}")
    return edge


def _next(lines: Iterator[tuple[int, list[int]]], what: str) -> tuple[int, list[int]]:
    found = next(lines, None)
    if found is None:
        raise InstanceError(f"ends before the {what}")
    return found


def _judge(instance: Instance) -> None:
    """Refuse what no routes can serve."""
    required = instance.required
    if not required:
        raise InstanceError("no edge has a demand")
    heaviest = max(edge.demand for edge in required)
    if heaviest > instance.capacity:
        raise InstanceError(f"a demand of {heaviest} is above the capacity {instance.capacity}")
    total = sum(edge.demand for edge in required)
    if total > instance.vehicles * instance.capacity:
        raise InstanceError(f"{instance.vehicles} vehicles can't take a demand of {total}")
    pairs = [frozenset((edge.start, edge.end)) for edge in required]
    if len(set(pairs)) != len(pairs):
        raise InstanceError("two edges with a demand join the same vertices")
    if (instance.lower or 0) > (instance.upper or LARGEST):
        raise InstanceError("the lower bound is above the upper one")
    reached, waiting = {DEPOT}, [DEPOT]
    beside: dict[int, set[int]] = {}
    for edge in instance.edges:
        beside.setdefault(edge.start, set()).add(edge.end)
        beside.setdefault(edge.end, set()).add(edge.start)
    while waiting:
        fresh = beside.get(waiting.pop(), set()) - reached
        reached |= fresh
        waiting += fresh
    if any(edge.start not in reached for edge in required):
        raise InstanceError("an edge with a demand can't be reached from the depot (vertex 0)")
