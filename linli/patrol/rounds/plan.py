"""Plan the rounds of a shift: several are tried, and one that is new and not much longer is taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from random import Random

from linli.patrol.rounds import streets
from linli.patrol.rounds.ground import PACE, Ground
from linli.patrol.rounds.timetable import BREAK, Leg, Timed, Visit, Way, put_points, shorten
from linli.patrol.rounds.variety import WANTED, Habit, difference, habits
from linli.roads.modes import Mode
from linli.roads.network import Point

TRIES = 4
# A shift that is done early goes round again, if at least so many minutes are left.
MOST_LAPS, WORTHWHILE = 6, 60.0
# A round may be so much longer than the shortest tried to be more unlike the nights before.
LONGER = 1.1


@dataclass(frozen=True, slots=True)
class Crew:
    """A team that goes out, and how."""

    key: str
    mode: Mode


@dataclass(frozen=True, slots=True)
class Round:
    """One team's round.

    Attributes:
        timed: its legs with their minutes.
        line: where it leads, (longitude, latitude).
        stretches: the map's stretches in order, each with the minute it is reached.
        metres, minutes: how long it is, breaks apart.
        difference: see :func:`linli.patrol.rounds.variety.difference`.
    """

    key: str
    ground: Ground
    timed: tuple[Timed, ...]
    line: tuple[Point, ...]
    stretches: tuple[tuple[int, float], ...]
    metres: float
    minutes: float
    difference: float


@dataclass(frozen=True, slots=True)
class Rounds:
    """The rounds of a shift, keys of points that found no place, and edges left for another night."""

    rounds: tuple[Round, ...]
    missed: tuple[str, ...]
    left: tuple[tuple[Mode, int], ...]

    @property
    def difference(self) -> float:
        """That of the round most like one before."""
        return min((one.difference for one in self.rounds), default=1.0)


@dataclass(frozen=True, slots=True)
class Task:
    """What a shift has to do.

    Attributes:
        grounds: the area's streets for each way of getting about.
        crews: who goes out.
        base: where all begin.
        begins, ends: minutes of the day.
        owed: for each stretch of the map how many visits are open.
        points: those to be at: key, place, from, until, minutes there, whether it goes first.
        before: the rounds of the nights before.
    """

    grounds: Mapping[Mode, Ground]
    crews: Sequence[Crew]
    base: Point
    begins: float
    ends: float
    owed: Mapping[int, float]
    points: Sequence[tuple[str, Point, float, float, float, bool]]
    before: Sequence[frozenset[Habit]] = ()


def plan_rounds(task: Task, *, seed: int, seconds: float = 1.0, most: int | None = None) -> Rounds:
    """Return rounds for all crews; ``seconds`` for each of some tries."""
    tried = []
    for number in range(TRIES):
        found = _once(task, seed * TRIES + number, seconds, most)
        tried.append(found)
        if found.difference >= WANTED and number:
            break
    shortest = min(_metres(one) for one in tried)
    fewest = min(len(one.missed) for one in tried)
    fair = [one for one in tried if len(one.missed) == fewest and _metres(one) <= shortest * LONGER]
    return max(fair or tried, key=lambda one: one.difference)


def _metres(rounds: Rounds) -> float:
    return sum(one.metres for one in rounds.rounds)


def _once(task: Task, seed: int, seconds: float, most: int | None) -> Rounds:
    chance = Random(seed)  # noqa: S311 - routes vary by it, nothing is kept secret by it
    groups = {mode: [one for one in task.crews if one.mode == mode] for mode in task.grounds}
    groups = {mode: crews for mode, crews in groups.items() if crews}
    ways = [
        (crew, Way(ground, ground.nearest(task.base), task.begins, task.ends))
        for mode, ground in task.grounds.items()
        for crew in groups.get(mode, ())
    ]
    owed = dict(task.owed)
    for _lap in range(MOST_LAPS):
        idle = [(crew, way) for crew, way in ways if way.timed()[1] < way.limit - WORTHWHILE]
        if not idle or not owed:
            break
        spare = min((way.limit - way.timed()[1]) / (way.limit - way.begins) for _crew, way in idle)
        left = {mode: [crew for crew, way in idle if way.ground.mode == mode] for mode in groups}
        left = {mode: crews for mode, crews in left.items() if crews}
        for mode, edges in _divided(task, left, owed, spare, chance).items():
            mine = [way for _crew, way in idle if way.ground.mode == mode]
            routes = streets.tours(
                mine[0].ground, mine[0].base, edges, len(mine),
                seed=chance.randrange(2**31), seconds=seconds, most=most,
            )  # fmt: skip
            chance.shuffle(routes)
            for way, route in zip(mine, routes, strict=True):
                way.legs += [Leg(*_allowed(way.ground, pair)) for pair in route]
            for edge in edges:
                owed[int(mine[0].ground.stretch[edge])] -= 1
    return _timetables(task, ways, chance)


def _divided(
    task: Task, groups: Mapping[Mode, Sequence[Crew]], owed: Mapping[int, float], spare: float,
    chance: Random,
) -> dict[Mode, list[int]]:  # fmt: skip
    """Return for each way of getting about the edges its teams walk."""
    time = (task.ends - task.begins - BREAK) * spare
    shares = [PACE[mode] * len(crews) for mode, crews in groups.items()]
    found: dict[Mode, list[int]] = {}
    taken: set[int] = set()
    for number, (mode, crews) in enumerate(groups.items()):
        ground = task.grounds[mode]
        open_here = {
            edge: owed[int(stretch)]
            for edge, stretch in enumerate(ground.stretch)
            if ground.inside[edge] and int(stretch) in owed and int(stretch) not in taken
        }
        stays = spare * sum(one[4] for one in task.points) * shares[number] / sum(shares)
        metres = max(0.0, time * len(crews) - stays) * PACE[mode]
        chosen = streets.due(ground, open_here, metres, chance)
        # The others follow: of a sector each, what their pace lets them.
        if number + 1 < len(groups):
            parts = streets.divide(ground, chosen, shares[number:], chance)
            chosen = parts[0]
        found[mode] = chosen
        taken |= {int(ground.stretch[edge]) for edge in chosen}
    return found


def _allowed(ground: Ground, pair: tuple[int, int]) -> tuple[int, int]:
    """Turn a one-way street into the direction it may be gone."""
    return pair if pair in ground.edge_between else pair[::-1]


def _timetables(task: Task, ways: list[tuple[Crew, Way]], chance: Random) -> Rounds:
    waiting = list(task.points)
    # Vertices are a ground's own: the teams of one way of getting about at a time.
    for mode in dict.fromkeys(way.ground.mode for _crew, way in ways):
        mine = [way for _crew, way in ways if way.ground.mode == mode]
        visits = {
            number: Visit(str(number), mine[0].ground.nearest(place), begins, ends, minutes, must)
            for number, (_key, place, begins, ends, minutes, must) in enumerate(waiting)
        }
        missed = {int(one.key) for one in put_points(mine, visits.values(), chance)}
        keys = {str(number): one[0] for number, one in enumerate(waiting)}
        for way in mine:
            way.legs = [_named(leg, keys) for leg in way.legs]
        waiting = [one for number, one in enumerate(waiting) if number in missed]
    left = tuple(
        (way.ground.mode, edge)
        for _crew, way in ways
        for leg in shorten(way, partial(_worth, task, way.ground))
        if (edge := way.ground.edge_between.get((leg.start, leg.end))) is not None
    )
    rounds = tuple(_round(crew, way, task.before) for crew, way in ways)
    return Rounds(rounds, tuple(one[0] for one in waiting), left)


def _worth(task: Task, ground: Ground, leg: Leg) -> float:
    """Return how much a street is owed."""
    edge = ground.edge_between.get((leg.start, leg.end))
    return task.owed.get(int(ground.stretch[edge]), 0.0) if edge is not None else 0.0


def _named(leg: Leg, keys: Mapping[str, str]) -> Leg:
    """Give a visit the key its caller knows it by."""
    if leg.visit is None:
        return leg
    return replace(leg, visit=replace(leg.visit, key=keys[leg.visit.key]))


def _round(crew: Crew, way: Way, before: Sequence[frozenset[Habit]]) -> Round:
    ground = way.ground
    timed, back = way.timed()
    stretches: list[tuple[int, float]] = []
    line: list[Point] = []
    at, now, metres = way.base, way.begins, 0.0

    def go(vertices: Sequence[int], minute: float) -> None:
        nonlocal at, metres
        for one, other in pairwise(vertices):
            edge = ground.edge_between[one, other]
            stretch = int(ground.stretch[edge])
            points = ground.network.line_of(stretch)
            forward = int(ground.start[edge]) == one
            line.extend(points if forward else points[::-1])
            stretches.append((stretch, round(minute, 1)))
            metres += float(ground.length[edge])
            minute += float(ground.length[edge]) / way.pace
        at = vertices[-1] if vertices else at

    for one in timed:
        start, end = one.leg.start, one.leg.end
        go(ground.path(at, start), now)
        if one.leg.visit is None:
            direct = (start, end) in ground.edge_between
            go([start, end] if direct else ground.path(start, end), one.reached)
        now = one.left
    go(ground.path(at, way.base), now)
    new = difference(habits(stretches), before)
    return Round(
        crew.key, ground, tuple(timed), tuple(line), tuple(stretches), metres,
        back - way.begins, round(new, 3),
    )  # fmt: skip
