"""A trial of a draft: what last month's cases would have become under it, and under what is on."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from linli.accounts.models import User
from linli.accounts.scope import in_area
from linli.areas.codes import above
from linli.areas.models import Area, Unit
from linli.areas.queries import posts
from linli.cases.choices import Kind
from linli.cases.models import Case
from linli.cases.queries.categories import categories
from linli.kernel.row_security import unscoped
from linli.routing.matching import Occasion
from linli.routing.models import Rule, RuleSet
from linli.routing.queries.route import first_living, living_targets, lowest_of, moment_at
from linli.routing.queries.table import Line, line_of, read_table

PERIOD = timedelta(days=30)
# In a big city's month the newest of its cases tell enough.
MOST = 50_000
SAMPLES = 20


class Target(NamedTuple):
    """Where a case goes: a unit's key and perhaps a person's."""

    unit: UUID | None
    person: UUID | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """How many cases would have gone to ``after`` instead of ``before``; both in words."""

    before: str
    after: str
    cases: int


@dataclass(frozen=True, slots=True)
class Sample:
    """One case that would have gone elsewhere; without its title, which administrators don't read."""

    id: UUID
    number: str
    opened_at: datetime
    area: str
    kind: str
    category: str
    before: str
    after: str
    rule: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What a trial found. ``hits`` says of each of the draft's rules how many cases it would send."""

    since: datetime
    until: datetime
    total: int
    changed: int
    moves: Sequence[Move]
    samples: Sequence[Sample]
    hits: Mapping[UUID, int]

    @property
    def is_capped(self) -> bool:
        """Say whether only the newest cases were tried."""
        return self.total == MOST


class _Tried(NamedTuple):
    id: UUID
    number: str
    opened_at: datetime
    area: str
    kind: str
    category: str | None
    urgency: str
    channel: str


class _Changed(NamedTuple):
    case: _Tried
    before: Target
    after: Target
    rule: str


def trial(draft: RuleSet, at: datetime) -> Trial:
    """Try a draft on the cases of its area that came in during the 30 days before ``at``.

    The caller has seen to it that the actor may write these rules. Administrators read no cases, so
    these are read as the owner and nothing of what was written in them is given away. Whether
    targets are there is judged as of now.
    """
    since, code = at - PERIOD, draft.area_id
    with unscoped():
        rows = Case.objects.filter(in_area(code, "area_id"), opened_at__gte=since, opened_at__lt=at)
        columns = (
            "id",
            "number",
            "opened_at",
            "area_id",
            "kind",
            "category_id",
            "urgency",
            "channel",
        )
        cases = [_Tried(*row) for row in rows.order_by("-opened_at").values_list(*columns)[:MOST]]
    now = dict(read_table().sets)
    then = now | {code: [line_of(rule, draft.number) for rule in _rules(draft)]}
    living = living_targets([line for lines in (*now.values(), then[code]) for line in lines], at)
    compared = _compare(cases, now, then, living, code)
    hits = Counter(line.id for _before, _after, line in compared if line)
    changed = [
        _Changed(case, before, after, line.number if line else "")
        for case, (before, after, line) in zip(cases, compared, strict=True)
        if before != after
    ]
    names = _names({target for one in changed for target in (one.before, one.after)})
    moves = Counter((names[one.before], names[one.after]) for one in changed)
    found = Trial(since, at, len(cases), len(changed), [], [], hits)
    return replace(
        found,
        moves=[Move(*pair, number) for pair, number in moves.most_common()],
        samples=_samples(changed, names),
    )


def _rules(draft: RuleSet) -> list[Rule]:
    return list(Rule.objects.filter(set=draft).order_by("position"))


type _Pair = tuple[Target, Target, Line | None]
type _Sets = Mapping[str, Sequence[Line]]


def _compare(
    cases: Sequence[_Tried],
    now: _Sets,
    then: _Sets,
    living: set[tuple[UUID, UUID | None]],
    code: str,
) -> list[_Pair]:
    lowest = {post.area_id: post for post in _posts(code)}
    parents = {one.code: one.parent for one in categories()}
    found: list[_Pair] = []
    for case in cases:
        family = frozenset(one for one in (case.category, parents.get(case.category or "")) if one)
        moment = moment_at(case.opened_at)
        occasion = Occasion(case.area, case.kind, family, case.urgency, case.channel, moment)
        post = lowest_of(case.area, lowest)
        otherwise = Target(post.id if post else None)
        lines = [first_living(sets, occasion, living) for sets in (now, then)]
        before, after = (Target(one.unit, one.handler) if one else otherwise for one in lines)
        found.append((before, after, lines[1]))
    return found


def _posts(code: str) -> list[Unit]:
    found = posts().filter(in_area(code, "area_id"))
    return [*found, *posts().filter(area__in=above(code)[:-1])]


def _names(targets: set[Target]) -> dict[Target, str]:
    units: dict[Any, str] = dict(
        Unit.objects.filter(pk__in={one.unit for one in targets}).values_list("id", "name")
    )
    people: dict[Any, str] = dict(
        User.objects.filter(pk__in={one.person for one in targets}).values_list("id", "name")
    )
    return {
        one: " · ".join(name for name in (units.get(one.unit), people.get(one.person)) if name)
        or "—"
        for one in targets
    }


def _samples(changed: Sequence[_Changed], names: Mapping[Target, str]) -> list[Sample]:
    """Return some of the cases: of every move the newest, then more of them."""
    first: list[_Changed] = []
    more: list[_Changed] = []
    seen: set[Any] = set()
    for one in changed:
        (more if (one.before, one.after) in seen else first).append(one)
        seen.add((one.before, one.after))
    chosen = [*first, *more][:SAMPLES]
    places = dict(
        Area.objects.filter(pk__in={one.case.area for one in chosen}).values_list("code", "name")
    )
    labels = {one.code: one.label for one in categories()}
    return [
        Sample(
            one.case.id, one.case.number, one.case.opened_at, places[one.case.area],
            str(Kind(one.case.kind).label), labels.get(one.case.category or "", ""),
            names[one.before], names[one.after], one.rule,
        )
        for one in chosen
    ]  # fmt: skip
