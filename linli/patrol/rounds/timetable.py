"""A team's way through a shift: streets in order, points at their times, and when it is where.

Minutes count from the midnight before the shift begins.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from linli.patrol.rounds.ground import PACE, Ground

# So long one may wait for a time to begin, and so long everybody rests in a shift.
LONGEST_WAIT, BREAK = 20.0, 45.0


@dataclass(frozen=True, slots=True)
class Visit:
    """A point to be at: its vertex, between when and when, and how long.

    ``key`` is whatever the caller knows it by; ``must``: it goes before streets.
    """

    key: str
    vertex: int
    begins: float
    ends: float
    minutes: float = 5.0
    must: bool = True


@dataclass(frozen=True, slots=True)
class Leg:
    """One thing after the other: a street from vertex to vertex, or a visit."""

    start: int
    end: int
    visit: Visit | None = None


@dataclass(frozen=True, slots=True)
class Timed:
    """A leg with the minutes it is reached and left."""

    leg: Leg
    reached: float
    left: float


@dataclass(slots=True)
class Way:
    """A team's way: its legs, in order."""

    ground: Ground
    base: int
    begins: float
    ends: float
    legs: list[Leg] = field(default_factory=list)

    @property
    def limit(self) -> float:
        """When one has to be back: everybody rests in a shift."""
        return self.ends - BREAK

    @property
    def pace(self) -> float:
        """Metres a minute."""
        return PACE[self.ground.mode]

    def minutes(self, start: int, end: int) -> float:
        """Return how long it takes from one vertex to another."""
        return float(self.ground.ways[0][start, end]) / self.pace

    def length(self, leg: Leg) -> float:
        """Return how long a leg itself takes."""
        if leg.visit is not None:
            return leg.visit.minutes
        edge = self.ground.edge_between.get((leg.start, leg.end))
        if edge is None:  # one-way: the other way round is gone instead
            return self.minutes(leg.start, leg.end)
        return float(self.ground.length[edge]) / self.pace

    def timed(self, legs: Sequence[Leg] | None = None) -> tuple[list[Timed], float]:
        """Return when each leg is reached and left, and when one is back at the base."""
        at, now, found = self.base, self.begins, []
        for leg in self.legs if legs is None else legs:
            now += self.minutes(at, leg.start)
            if leg.visit is not None:
                now = max(now, leg.visit.begins)
            reached, now = now, now + self.length(leg)
            found.append(Timed(leg, reached, now))
            at = leg.end
        return found, now + self.minutes(at, self.base)

    def waits(self, timed: Sequence[Timed]) -> bool:
        """Say whether every visit is in time and nobody waits too long."""
        at, now = self.base, self.begins
        for one in timed:
            there = now + self.minutes(at, one.leg.start)
            visit = one.leg.visit
            if visit is not None and (there > visit.ends or visit.begins - there > LONGEST_WAIT):
                return False
            at, now = one.leg.end, one.left
        return True


def put_points(ways: Sequence[Way], visits: Iterable[Visit], chance: Random) -> list[Visit]:
    """Put each visit where it costs least and is in time; return those that fit nowhere.

    The narrowest times come first; between places that cost nearly the same chance decides.
    """
    missed = []
    for visit in sorted(visits, key=lambda one: (not one.must, one.ends - one.begins, one.key)):
        best: tuple[float, Way, list[Leg]] | None = None
        for way in ways:
            for legs, cost in _placings(way, visit):
                price = cost * (1 + 0.3 * chance.random()) + 0.05 * (way.timed()[1] - way.begins)
                if best is None or price < best[0]:
                    best = (price, way, legs)
        if best is None:
            missed.append(visit)
        else:
            best[1].legs = best[2]
    return missed


def _placings(way: Way, visit: Visit) -> Iterable[tuple[list[Leg], float]]:
    timed, back = way.timed()
    leg = Leg(visit.vertex, visit.vertex, visit)
    for place in range(len(way.legs) + 1):
        left = timed[place - 1].left if place else way.begins
        if left > visit.ends:
            break
        too_early = visit.begins - LONGEST_WAIT
        if place < len(way.legs) and timed[place].left < too_early:
            continue  # the next leg is over before it begins
        legs = [*way.legs[:place], leg, *way.legs[place:]]
        new, later = way.timed(legs)
        if way.waits(new) and _possible(way, legs):
            yield legs, later - back


def _possible(way: Way, legs: Sequence[Leg]) -> bool:
    """Say whether the visits alone fit into the shift: streets give way to them."""
    return way.timed([leg for leg in legs if leg.visit is not None])[1] <= way.limit


def shorten(way: Way, worth: Callable[[Leg], float]) -> list[Leg]:
    """Take streets out of a way until it fits into the shift, the least worth first; return them."""
    dropped: list[Leg] = []
    while way.timed()[1] > way.limit:
        streets = [number for number, leg in enumerate(way.legs) if leg.visit is None]
        if not streets:
            break
        streets.sort(key=lambda number: (worth(way.legs[number]), -number))
        without = [[*way.legs[:number], *way.legs[number + 1 :]] for number in streets]
        # One after which nobody waits too long; else a long wait is better than a late visit.
        at = next((at for at, legs in enumerate(without) if way.waits(way.timed(legs)[0])), 0)
        dropped.append(way.legs[streets[at]])
        way.legs = without[at]
    return dropped


def on_time(way: Way) -> list[Visit]:
    """Return the visits of a way that are not within their times: none, if all is right."""
    timed, _back = way.timed()
    return [
        one.leg.visit
        for one in timed
        if one.leg.visit is not None
        and not one.leg.visit.begins - 1e-6 <= one.reached <= one.leg.visit.ends + 1e-6
    ]


def within(visit: Visit, begins: float, ends: float) -> Visit | None:
    """Return a visit cut to a shift's time; None where it lies outside."""
    first, last = max(visit.begins, begins), min(visit.ends, ends)
    return replace(visit, begins=first, ends=last) if first <= last else None
