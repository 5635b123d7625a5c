"""Working days: published years, make-up workdays, the city's own table, unknown years."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel import working_days as days
from linli.kernel.models import CalendarDay

pytestmark = pytest.mark.django_db
known = st.dates(date(2014, 1, 1), date(2026, 10, 1))


@pytest.fixture(autouse=True)
def _fresh_table() -> None:
    days.forget_table()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 3, 10), True),  # a Tuesday
        (date(2026, 3, 14), False),  # a Saturday
        (date(2024, 2, 4), True),  # a Sunday made up for the Spring Festival
        (date(2024, 2, 12), False),  # a Monday in the Spring Festival
        (date(2025, 10, 6), False),
    ],
)
def test_public_holidays_and_make_up_workdays_count(day: date, works: bool) -> None:
    assert days.is_working_day(day) is works


def test_the_citys_table_wins() -> None:
    CalendarDay.objects.create(date=date(2026, 3, 10), works=False, name="停工")
    days.forget_table()
    assert not days.is_working_day(date(2026, 3, 10))


def test_a_missing_year_warns_and_never_crashes() -> None:
    today = date(2026, 11, 24)
    assert days.unknown_years(today) == [2027]
    assert not days.is_working_day(date(2027, 1, 1))
    assert days.is_working_day(date(2027, 1, 4))
    assert days.add_working_days(date(2026, 12, 30), 5) > date(2027, 1, 1)
    CalendarDay.objects.create(date=date(2027, 2, 8), works=False, name="春节")
    days.forget_table()
    assert days.unknown_years(today) == []


def test_a_period_in_calendar_days_ends_after_the_holiday() -> None:
    # Thirty days after 1 September 2026 is 1 October, a holiday until the 7th.
    assert days.add_calendar_days(date(2026, 9, 1), 30) == date(2026, 10, 8)


def test_the_day_of_the_act_is_not_counted() -> None:
    assert days.add_working_days(date(2026, 3, 10), 1) == date(2026, 3, 11)
    assert days.add_working_days(date(2026, 3, 13), 1) == date(2026, 3, 16)


@given(start=known, count=st.integers(0, 60))
def test_a_period_holds_as_many_working_days_as_it_says(start: date, count: int) -> None:
    end = days.add_working_days(start, count)
    assert days.working_days_between(start, end) == count
    assert count == 0 or days.is_working_day(end)


def test_the_office_closes_in_the_citys_zone() -> None:
    moment = days.end_of_day(date(2026, 3, 10), time(18))
    assert moment.utcoffset() == timedelta(hours=8)
    assert days.local_date(datetime(2026, 3, 10, 17, tzinfo=UTC)) == date(2026, 3, 11)
