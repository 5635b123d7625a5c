"""The statistics form: exact after any history, balanced, rebuilt to the same, within its scope."""

from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.accounts.scope import acting
from linli.insight.tests.histories import some_period
from linli.kernel.periods import Period
from linli.mediation.models import Delta, Fact, Mediation, Mediator, Prevention, Rollup
from linli.mediation.queries.statistics import figures, statistics
from linli.mediation.rollup import fold, rebuild
from linli.mediation.tests.histories import (
    AREAS,
    NOW,
    Row,
    add_mediation,
    counted_by_hand,
    do_something,
    subtype,
)
from linli.mediation.tests.table import TODAY, Table
from tests.cast import BEIJING_ROAD, CITY, GUANGZHOU_ROAD, LONGMENLI

ANY = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
ADDING_UP = ("type", "source", "committee")


def answered(area: str, period: Period) -> set[Row]:
    return {
        (str(facet), value, t.mediations, t.resolved, t.hard, t.amount, t.parties,
         t.averted_persons)
        for facet, values in figures(area, period, NOW).facets.items()
        for value, t in values.items()
        if t.mediations
    }  # fmt: skip


@ANY
@given(random=st.randoms(use_true_random=False))
def test_the_form_is_exact_after_any_history(table: Table, random: Random) -> None:
    with transaction.atomic():
        subtype()
        for _ in range(random.randrange(1, 25)):
            do_something(random, table)
            if random.random() < 0.2:
                fold(batch=random.randrange(1, 10))
        for area in AREAS:
            for period in (Period(), some_period(random)):
                assert answered(area, period) == counted_by_hand(area, period)
        transaction.set_rollback(True)


@ANY
@given(random=st.randoms(use_true_random=False))
def test_a_rebuild_changes_nothing_and_mends_everything(table: Table, random: Random) -> None:
    with transaction.atomic():
        subtype()
        for _ in range(random.randrange(5, 25)):
            do_something(random, table)
        fold()
        kept, facts = set(Rollup.objects.values_list()), set(Fact.objects.values_list())
        assert kept
        assert rebuild() == 0
        assert set(Rollup.objects.values_list()) == kept
        Rollup.objects.filter(value__in=["own", "neighbour"]).update(mediations=77)
        Fact.objects.order_by("pk")[:1].get().delete()
        assert rebuild() > 0
        assert set(Rollup.objects.values_list()) == kept
        assert set(Fact.objects.values_list()) == facts
        transaction.set_rollback(True)


def test_it_balances_over_types_sources_committees_and_forms(table: Table) -> None:
    random = Random(5)
    subtype()
    for _ in range(40):
        add_mediation(random, table)
    for area in (CITY, BEIJING_ROAD, LONGMENLI):
        told = figures(area, Period(), NOW)
        assert told.all.mediations > 0
        for facet in ADDING_UP:
            assert sum(told.counts(facet).values()) == told.all.mediations
            resolved = sum(tally.resolved for tally in told.facets[facet].values())
            assert resolved == told.all.resolved
        assert sum(told.counts("form").values()) == told.all.resolved
    assert len(told.facets["type"]) >= 18
    assert "noise" not in told.facets["type"]


def test_the_verbs_of_a_mediation_are_counted_at_once(table: Table) -> None:
    mediation = table.in_effect()
    told = figures(LONGMENLI, Period(TODAY, TODAY), NOW)
    assert (told.all.mediations, told.all.resolved, told.all.rate) == (1, 1, 100.0)
    assert (told.all.parties, str(told.all.amount)) == (2, "10000.00")
    assert told.counts("form") == {"written": 1, "oral": 0}
    assert Fact.objects.get(mediation=mediation).ended


def test_a_bulk_load_is_counted_by_the_rebuild(table: Table) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL linli.uncounted = 'on'")
        add_mediation(Random(1), table)
        cursor.execute("SET LOCAL linli.uncounted = ''")
    assert not Fact.objects.exists()
    assert rebuild() > 0
    assert not Delta.objects.exists()
    assert figures(CITY, Period(), NOW).all.mediations == 1


def test_the_period_before_is_as_long(table: Table) -> None:
    mediation = table.accepted()
    earlier = mediation.opened_at - timedelta(days=2)
    Mediation.objects.filter(pk=mediation.pk).update(opened_at=earlier)
    told = statistics(CITY, Period(TODAY - timedelta(days=1), TODAY), timezone.now())
    assert told.before is not None
    before = told.before.all
    assert (told.now.all.mediations, told.now.all.rate, before.mediations) == (0, None, 1)
    month = statistics(CITY, Period(date(2026, 3, 1), date(2026, 3, 31)), timezone.now())
    assert month.earlier == Period(date(2026, 2, 1), date(2026, 2, 28))
    assert statistics(CITY, Period(TODAY, None), timezone.now()).before is None


def test_mediators_and_prevention_work_are_in_the_form(table: Table) -> None:
    users = table.cast.users
    for name, full, until in (
        ("mediator", True, None), ("second_mediator", False, None), ("director", False, TODAY),
    ):  # fmt: skip
        Mediator.objects.create(
            user=users[name], committee=table.committee, full_time=full, since=TODAY, until=until
        )
    for day, found in ((TODAY, 2), (TODAY - timedelta(days=40), 5)):
        Prevention.objects.create(
            committee=table.committee, day=day, inspections=3, found=found, prevented=1,
            recorded_at=NOW,
        )  # fmt: skip
    told = statistics(LONGMENLI, Period(date(2026, 3, 1), date(2026, 3, 31)), NOW)
    assert (told.full_time, told.part_time) == (1, 1)
    assert told.now.prevention.found == 2
    assert figures(BEIJING_ROAD, Period(), NOW).prevention.found == 7
    assert figures(GUANGZHOU_ROAD, Period(), NOW).prevention.found == 0


@pytest.mark.parametrize("name", ["auditor", "mediator", "director", "officer"])
def test_everybody_reads_the_form_of_the_own_area_and_no_other(table: Table, name: str) -> None:
    random = Random(7)
    subtype()
    for _ in range(12):
        add_mediation(random, table)
    fold(batch=9)
    add_mediation(random, table)
    totals = {area: figures(area, Period(), NOW).all.mediations for area in AREAS}
    actor = table.cast.actor(name)
    own = actor.roles[0].area
    with acting(actor):
        for area, total in totals.items():
            inside = area.startswith(own)
            found = figures(area, Period(), NOW).all.mediations
            assert found == (total if inside else 0), area
        for model in (Rollup, Delta):
            areas = set(model.objects.values_list("area", flat=True))
            assert all(code.startswith(own) for code in areas)
            assert model.objects.all().delete()[0] == 0
        seen = Fact.objects.count()
        assert seen == Mediation.objects.count()
        assert Fact.objects.update(hard=True) == 0
