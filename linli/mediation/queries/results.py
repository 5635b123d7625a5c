"""Results by committee and by mediator: raw rates never stand without the mix they come from.

``expected`` is the rate somebody with the same mix would have at the city's own rates for each type,
of hard and of other matters. Groups below :data:`LEAST` have neither rate nor place: so few cases
say nothing about anybody. Only mediations that ended are compared. Mediators are never ranked.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from linli.accounts.models import User
from linli.accounts.scope import in_area
from linli.areas.codes import LENGTH_OF, Level
from linli.kernel.periods import Period
from linli.kernel.row_security import unscoped
from linli.mediation.models import Committee, Fact

LEAST = 20
MOST_TYPES = 3

# Type and whether it was hard → (ended, resolved).
type Rates = Mapping[tuple[str, bool], tuple[int, int]]


@dataclass(slots=True)
class Result:
    """What became of one group's mediations. ``types`` counts the ended ones by type."""

    committee: UUID
    name: str
    user: UUID | None = None
    opened: int = 0
    ended: int = 0
    resolved: int = 0
    hard: int = 0
    would_resolve: float = 0.0
    types: Counter[str] = field(default_factory=Counter)

    @property
    def comparable(self) -> bool:
        """Whether there are enough to say anything."""
        return self.ended >= LEAST

    @property
    def rate(self) -> float | None:
        """Percent of the ended that were resolved; None where there are too few."""
        return 100 * self.resolved / self.ended if self.comparable else None

    @property
    def expected(self) -> float | None:
        """Percent that the same mix would give at the city's rates; None where there are too few."""
        return 100 * self.would_resolve / self.ended if self.comparable else None

    @property
    def difference(self) -> float | None:
        """Points between the rate and the expected one; None where there are too few."""
        if self.rate is None or self.expected is None:
            return None
        return self.rate - self.expected

    @property
    def is_clear(self) -> bool:
        """Whether the difference is larger than chance makes it but once in a hundred times."""
        if self.difference is None or self.expected is None:
            return False
        share = self.expected / 100
        return abs(self.difference) > 258 * sqrt(share * (1 - share) / self.ended)

    @property
    def hard_share(self) -> float | None:
        """Percent of the ended that were hard; None where nothing ended."""
        return 100 * self.hard / self.ended if self.ended else None

    @property
    def main_types(self) -> list[tuple[str, float]]:
        """The most frequent types with their share of the ended, in percent."""
        return [(code, 100 * n / self.ended) for code, n in self.types.most_common(MOST_TYPES)]


def by_committee(committees: Sequence[Committee], period: Period) -> list[Result]:
    """Return the results of committees: those that compare by their difference, then the others."""
    if not committees:
        return []
    names = {one.id: one.name for one in committees}
    with unscoped():
        rates = _city_rates(committees[0], period)
        rows = list(_counts(_of(names, period), "committee"))
    found = {key: Result(key, name) for key, name in names.items()}
    for key, kind, hard, *counts in rows:
        _add(found[key], rates, (kind, hard), counts)
    return sorted(found.values(), key=_place)


def by_mediator(
    committees: Sequence[Committee], period: Period, only: UUID | None = None
) -> list[Result]:
    """Return what each chief mediator's mediations came to, by name; ``only`` one person's."""
    if not committees:
        return []
    seated = {"mediation__seats__chief": True, "mediation__seats__until": None}
    if only:
        seated["mediation__seats__user"] = only  # type: ignore[assignment]
    with unscoped():
        rates = _city_rates(committees[0], period)
        facts = _of([one.id for one in committees], period).filter(**seated)
        rows = list(_counts(facts, "committee", "mediation__seats__user"))
    names = dict(User.objects.filter(pk__in={row[1] for row in rows}).values_list("id", "name"))
    found: dict[tuple[UUID, UUID], Result] = {}
    for committee, user, kind, hard, *counts in rows:
        one = found.setdefault((committee, user), Result(committee, names[user], user))
        _add(one, rates, (kind, hard), counts)
    return sorted(found.values(), key=lambda one: (str(one.committee), one.name))


def _city_rates(committee: Committee, period: Period) -> Rates:
    """Return how the whole city fares, by type and difficulty: counts, about nobody."""
    city = committee.unit.area_id[: LENGTH_OF[Level.CITY]]
    facts = Fact.objects.filter(
        in_area(city, "area"), day__gte=period.since, day__lt=period.until, ended=True
    )
    sums: defaultdict[tuple[str, bool], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for kind, hard, _opened, ended, resolved in _counts(facts):
        sums[kind, hard] = (ended, resolved)
    return sums


def _of(committees: Iterable[UUID], period: Period) -> QuerySet[Fact]:
    return Fact.objects.filter(
        committee__in=list(committees), day__gte=period.since, day__lt=period.until
    )


def _counts(facts: QuerySet[Fact], *by: str) -> QuerySet[Fact, tuple]:  # type: ignore[type-arg]
    """Return (by…, type, hard, opened, ended, resolved)."""
    counted = facts.order_by().values_list(*by, "type", "hard")
    return counted.annotate(
        opened=Count("pk"),
        over=Count("pk", filter=Q(ended=True)),
        reached=Count("pk", filter=Q(resolved=True)),
    )


def _add(one: Result, rates: Rates, mix: tuple[str, bool], counts: Sequence[int]) -> None:
    opened, ended, resolved = counts
    one.opened += opened
    one.ended += ended
    one.resolved += resolved
    one.hard += ended if mix[1] else 0
    if ended:
        all_ended, all_resolved = rates[mix]
        one.would_resolve += ended * all_resolved / all_ended
        one.types[mix[0]] += ended


def _place(one: Result) -> tuple[bool, float, str]:
    return (not one.comparable, -(one.difference or 0.0), one.name)
