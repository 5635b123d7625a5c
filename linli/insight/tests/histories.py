"""Random cases and what happens to them, written straight into the table, and a count by hand."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from random import Random

from linli.areas.models import Unit
from linli.cases.models import Case
from linli.insight.models import Facet
from linli.kernel.ids import new_id
from linli.kernel.periods import Period
from linli.kernel.working_days import local_date
from tests.cast import (
    BEIJING_ROAD,
    CITY,
    COUNTY,
    GRID,
    GUANGZHOU_ROAD,
    LONGMENLI,
    NEIGHBOUR_VILLAGE,
    OTHER_VILLAGE,
)

PLACES = [GRID, LONGMENLI, NEIGHBOUR_VILLAGE, OTHER_VILLAGE, BEIJING_ROAD, COUNTY, CITY]
AREAS = [*PLACES, GUANGZHOU_ROAD]
TYPES = {"dispute": ["neighbour", "family", None], "request": ["welfare", None]}
STATES = ["registered", "assigned", "handling", "suspended", "referred", "resolved", "closed"]
NOW = datetime(2026, 3, 20, 4, 0, tzinfo=UTC)


def add_case(random: Random, unit: Unit) -> Case:
    """Save a case of any kind, anywhere, opened in the three months before NOW."""
    case = Case(
        number=str(new_id()), title="测试事项", holder=unit, level="city",
        opened_at=NOW - timedelta(minutes=random.randrange(60 * 24 * 90)),
    )  # fmt: skip
    change_case(random, case)
    return case


def change_case(random: Random, case: Case) -> None:
    """Give a case another kind, place, channel or state, as moves would, and save it."""
    case.kind = random.choice(list(TYPES))
    case.category_id = random.choice(TYPES[case.kind])
    case.channel = random.choice(["window", "phone"])
    case.area_id = random.choice(PLACES)
    case.state = random.choice(STATES)
    case.high_risk = random.random() < 0.2
    case.due_at = random.choice([None, NOW - timedelta(days=1), NOW + timedelta(days=1)])
    case.warn_at = case.due_at and case.due_at - timedelta(hours=random.choice([1, 30]))
    resolved = case.state in ("resolved", "closed")
    case.resolved_at = case.followed_up_at = case.closed_at = NOW if resolved else None
    case.resolved_level = random.choice(["grid", "village", "township"]) if resolved else ""
    case.on_time = random.random() < 0.7 if resolved else None
    case.save()


def do_something(random: Random, unit: Unit) -> None:
    """Add, change or remove a case."""
    some = list(Case.objects.order_by("id")[:20])
    if not some or random.random() < 0.5:
        add_case(random, unit)
    elif random.random() < 0.85:
        change_case(random, random.choice(some))
    else:
        random.choice(some).delete()


type Row = tuple[str, str, str, int, int, int]


def counted_by_hand(area: str, period: Period) -> set[Row]:
    """Return (kind, facet, value, cases, resolved, on time) of an area, one case after the other."""
    sums: dict[tuple[str, str, str], list[int]] = {}
    for case in Case.objects.filter(area__code__startswith=area):
        if not period.since <= local_date(case.opened_at) < period.until:
            continue
        resolved = case.state in ("resolved", "closed")
        for facet, value in _values(case):
            row = sums.setdefault((case.kind, facet, value), [0, 0, 0])
            row[0] += 1
            row[1] += resolved
            row[2] += bool(case.on_time)
    return {(*key, *row) for key, row in sums.items()}  # type: ignore[misc]


def _values(case: Case) -> Iterable[tuple[str, str]]:
    yield Facet.STATE, case.state
    yield Facet.CATEGORY, case.category_id or ""
    yield Facet.CHANNEL, case.channel
    if case.resolved_level:
        yield Facet.LEVEL, case.resolved_level


def some_period(random: Random) -> Period:
    """Return any period: open, whole months, a day, odd ends, or one with no day in it."""
    first = date(2025, 12, 10) + timedelta(days=random.randrange(110))
    last = first + timedelta(days=random.randrange(-1, 90))
    return Period(random.choice([None, first]), random.choice([None, last]))
