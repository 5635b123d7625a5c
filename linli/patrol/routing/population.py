"""Solutions that are kept to be crossed: good ones, and unlike each other (T. Vidal, 2012)."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import numpy as np

from linli.patrol.routing.compiled import Floats, Ints

FEWEST, FRESH, ELITE, CLOSE = 12, 20, 4, 5


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """One solution.

    Attributes:
        routes: edges of each route in order; directions are left open.
        cost: dead-heading.
        excess: demand above the capacity; 0 where the solution may be used.
        after, before: (m) what edge is served next and before; the depot is m.
    """

    routes: tuple[Ints, ...]
    cost: int
    excess: int
    after: Ints
    before: Ints

    @property
    def tour(self) -> Ints:
        """All edges in one order."""
        return np.concatenate(self.routes)


def member(routes: tuple[Ints, ...], cost: int, excess: int) -> Member:
    """Make a member; every edge is in one of the routes."""
    edges = sum(len(route) for route in routes)
    after, before = np.full(edges, edges), np.full(edges, edges)
    for route in routes:
        after[route[:-1]], before[route[1:]] = route[1:], route[:-1]
    return Member(routes, cost, excess, after, before)


def distance(one: Member, others: list[Member]) -> Floats:
    """Return the share of ``one``'s neighbourhoods that each other does not have, (n)."""
    after = np.stack([other.after for other in others])
    before = np.stack([other.before for other in others])
    kept = (one.after == after) | (one.after == before)
    alone = (one.before == len(one.after)) & (before != one.before) & (after != one.before)
    return 1 - np.mean(kept & ~alone, axis=1, dtype=np.float64)


class Group:
    """Members of one sort (usable or overloaded), thinned out when they become too many."""

    def __init__(self) -> None:
        """Begin empty."""
        self.members: list[Member] = []
        self._apart: Floats = np.zeros((0, 0))

    def add(self, fresh: Member, price: Callable[[Member], float]) -> None:
        """Take a member in; above ``FEWEST + FRESH`` keep the ``FEWEST`` best ones."""
        size = len(self.members)
        apart = np.zeros((size + 1, size + 1))
        apart[:size, :size] = self._apart
        if size:
            apart[size, :size] = apart[:size, size] = distance(fresh, self.members)
        self.members.append(fresh)
        self._apart = apart
        if len(self.members) > FEWEST + FRESH:
            while len(self.members) > FEWEST:
                self._drop(self._worst(price))

    def ranks(self, price: Callable[[Member], float]) -> Floats:
        """Return how good each member is, smaller is better: cheap first, then unlike others."""
        size = len(self.members)
        cheap = np.argsort(np.argsort([price(one) for one in self.members], kind="stable"))
        unlike = np.argsort(np.argsort(-self._spread(), kind="stable"))
        return cheap / size + (1 - min(ELITE, size) / size) * unlike / size

    def _spread(self) -> Floats:
        size = len(self.members)
        others = self._apart + 2 * np.eye(size)
        return np.sort(others, axis=1)[:, : min(CLOSE, max(size - 1, 1))].mean(axis=1)

    def _worst(self, price: Callable[[Member], float]) -> int:
        """Return a member to leave: a double before any other, never the cheapest."""
        ranks = self.ranks(price)
        double = (self._apart + np.eye(len(self.members))).min(axis=1) < 1e-9
        cheapest = min(range(len(self.members)), key=lambda at: price(self.members[at]))
        ranks[double] += 10
        ranks[cheapest] = -1
        return int(np.argmax(ranks))

    def _drop(self, at: int) -> None:
        del self.members[at]
        self._apart = np.delete(np.delete(self._apart, at, axis=0), at, axis=1)


def draw(groups: list[Group], price: Callable[[Member], float], chance: Random) -> Member:
    """Return the better of two members drawn by chance from all groups."""
    ranked = [
        (float(rank), one)
        for group in groups
        if group.members
        for rank, one in zip(group.ranks(price), group.members, strict=True)
    ]
    one, two = chance.choice(ranked), chance.choice(ranked)
    return one[1] if one[0] <= two[0] else two[1]


def cross(one: Member, two: Member, chance: Random) -> Ints:
    """Return a stretch of ``one``'s tour filled up with the rest in ``two``'s order."""
    mine, other = one.tour, two.tour
    size = len(mine)
    start, stop = chance.randrange(size), chance.randrange(size)
    if stop < start:
        stop += size
    taken = np.roll(mine, -start)[: stop - start + 1]
    rest = np.roll(other, -(stop + 1) % size)
    return np.roll(np.concatenate([taken, rest[~np.isin(rest, taken)]]), start)
