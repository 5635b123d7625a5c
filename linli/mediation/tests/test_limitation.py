"""The limitation period is pointed out to the mediator (Civil Code 188, 195)."""

from datetime import date

import pytest

from linli.cases.tests.desk import text_of
from linli.mediation.queries.limitation import limitation, period_from
from linli.mediation.tests.table import Table

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("since", "end"),
    [
        (date(2023, 3, 14), date(2026, 3, 16)),  # a Saturday: the Monday after
        (date(2024, 2, 29), date(2027, 3, 1)),  # 28 February is a Sunday
        (date(2022, 10, 1), date(2025, 10, 9)),  # the national holiday
    ],
)
def test_three_years(since: date, end: date) -> None:
    assert period_from(since) == end


def test_asking_for_mediation_interrupts_it(table: Table) -> None:
    mediation = table.applied(claim_due_on=date(2024, 2, 20))
    found = limitation(mediation)
    assert found is not None
    assert (found.ended_on, found.runs_until) == (date(2027, 2, 22), date(2029, 3, 12))
    page = text_of(table.client("mediator").get(f"/mediations/{mediation.id}/"))
    assert "2027-02-22" in page
    assert "第一百九十五条" in page


def test_one_that_was_over_is_not_revived(table: Table) -> None:
    mediation = table.applied(claim_due_on=date(2020, 1, 10))
    found = limitation(mediation)
    assert found is not None
    assert found.was_over
    assert found.runs_until == found.ended_on
    assert "已于 2023-01-10 届满" in text_of(
        table.client("mediator").get(f"/mediations/{mediation.id}/")
    )


def test_no_day_no_hint(table: Table) -> None:
    assert limitation(table.applied()) is None
