"""Figures against a count by hand, after any history, at any point of folding."""

from datetime import date, timedelta
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.cases.lights import light_of
from linli.cases.models import Case
from linli.insight import queries
from linli.insight.models import Delta, Rollup
from linli.insight.rollup import fold, rebuild, uncounted
from linli.insight.tests.histories import (
    AREAS,
    NOW,
    add_case,
    counted_by_hand,
    do_something,
    some_period,
)
from linli.kernel.periods import Period, Pieces, split, whole
from tests.cast import BEIJING_ROAD, CITY, COUNTY, Cast, make_cast

ANY = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def answered(area: str, period: Period) -> set[tuple[str, str, str, int, int, int]]:
    cells = queries.figures(area, period, NOW).cells
    return {
        (c.kind, c.facet, c.value, c.counts.cases, c.counts.resolved, c.counts.on_time)
        for c in cells
    }


def put_away() -> set[tuple[object, ...]]:
    return set(
        Rollup.objects.values_list(
            "area", "facet", "month", "kind", "value", "cases", "resolved", "on_time"
        )
    )


@ANY
@given(random=st.randoms(use_true_random=False))
def test_figures_are_exact_after_any_history(cast: Cast, random: Random) -> None:
    with transaction.atomic():
        for _ in range(random.randrange(1, 25)):
            do_something(random, cast.posts[CITY])
            if random.random() < 0.2:
                fold(batch=random.randrange(1, 10))
        for area in AREAS:
            for period in (Period(), some_period(random), some_period(random)):
                assert answered(area, period) == counted_by_hand(area, period)
        transaction.set_rollback(True)


@ANY
@given(random=st.randoms(use_true_random=False))
def test_a_rebuild_gives_the_same_numbers(cast: Cast, random: Random) -> None:
    with transaction.atomic():
        for _ in range(random.randrange(1, 25)):
            do_something(random, cast.posts[CITY])
        fold()
        kept = put_away()
        assert rebuild() == 0
        assert put_away() == kept
        Rollup.objects.all().delete()
        assert rebuild() == len(kept)
        assert put_away() == kept
        transaction.set_rollback(True)


@ANY
@given(random=st.randoms(use_true_random=False))
def test_any_period_is_months_and_days(random: Random) -> None:
    period = some_period(random)
    pieces = split(period, date(2026, 3, 20))
    for offset in range(-40, 200):
        day = date(2025, 12, 1) + timedelta(days=offset)
        inside = period.since <= day < period.until
        assert _times(pieces, day) == inside
        assert _times(whole(period), day) == inside


def _times(pieces: Pieces, day: date) -> int:
    edges = sum(piece.sign for piece in pieces.edges if piece.since <= day < piece.until)
    return edges + (pieces.since <= day < pieces.until)


def test_today_costs_no_look_at_the_cases() -> None:
    pieces = split(Period(date(2026, 1, 1), date(2026, 3, 20)), date(2026, 3, 20))
    assert (pieces.since, pieces.until) == (date(2026, 1, 1), date(2026, 4, 1))
    assert [(p.since, p.sign) for p in pieces.edges] == [(date(2026, 3, 21), -1)]


def test_areas_below_add_up_and_months_too(cast: Cast) -> None:
    random = Random(1)
    for _ in range(60):
        add_case(random, cast.posts[CITY])
    fold(batch=30)
    children = list(cast.posts)[2:4]
    period = Period(date(2026, 1, 5), date(2026, 3, 3))
    found = queries.below(COUNTY, children, period, NOW)
    for code in children:
        assert found[code].total() == queries.figures(code, period, NOW).total()
    months = queries.by_month(BEIJING_ROAD, NOW, 4)
    assert [month for month, _ in months] == [
        date(2025, 12, 1),
        *(date(2026, m, 1) for m in (1, 2, 3)),
    ]
    assert (
        sum(counts.cases for _, counts in months)
        == queries.figures(BEIJING_ROAD, Period(), NOW).total().cases
    )


def test_lights_now_are_those_of_the_cases(cast: Cast) -> None:
    random = Random(2)
    for _ in range(60):
        add_case(random, cast.posts[CITY])
    open_cases = [
        case for case in Case.objects.filter(area__code__startswith=COUNTY)
        if case.state in ("registered", "assigned", "handling", "suspended")
    ]  # fmt: skip
    parts = queries.now(COUNTY, NOW, 9)
    total = queries.sum_of(parts.values())
    lights = [light_of(case, NOW) for case in open_cases]
    assert total.open == len(open_cases)
    assert (total.red, total.yellow, total.blue) == tuple(
        lights.count(light) for light in ("red", "yellow", "blue")
    )
    assert total.overdue == sum(1 for c in open_cases if c.due_at and c.due_at < NOW)
    assert parts[BEIJING_ROAD] == queries.now(BEIJING_ROAD, NOW)[BEIJING_ROAD]


def test_a_bulk_load_is_counted_by_the_rebuild(cast: Cast) -> None:
    random = Random(3)
    with uncounted():
        for _ in range(10):
            add_case(random, cast.posts[CITY])
    assert not Delta.objects.exists()
    assert rebuild() > 0
    assert answered(CITY, Period()) == counted_by_hand(CITY, Period())
    add_case(random, cast.posts[CITY])
    assert Delta.objects.count() == 1
