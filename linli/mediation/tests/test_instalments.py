"""A sum in instalments adds up to the cent."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from linli.mediation.instalments import split


@settings(max_examples=30)
@given(
    st.decimals("0.40", "99999999.99", places=2),
    st.integers(1, 40),
    st.dates(date(2000, 1, 1), date(2090, 12, 31)),
)
def test_they_add_up_and_come_month_by_month(total: Decimal, parts: int, first: date) -> None:
    rows = split(total, parts, first)
    assert sum(amount for amount, _day in rows) == total
    assert all(amount > 0 for amount, _day in rows)
    months = [day.year * 12 + day.month for _amount, day in rows]
    assert months == list(range(months[0], months[0] + parts))
    assert all(day.day <= first.day for _amount, day in rows)


def test_the_end_of_a_short_month() -> None:
    rows = split(Decimal("100.00"), 3, date(2026, 1, 31))
    assert [day.isoformat() for _amount, day in rows] == ["2026-01-31", "2026-02-28", "2026-03-31"]
    assert [str(amount) for amount, _day in rows] == ["33.33", "33.33", "33.34"]
