"""Rows and a question in one message: values go in as they are, whatever they look like."""

from datetime import date
from typing import Any

import pytest

from linli.kernel.models import CalendarDay
from linli.kernel.together import insert_and_ask


@pytest.mark.django_db
def test_values_that_look_like_places_stay_what_they_are(django_assert_num_queries: Any) -> None:
    names = ["100%", "%s", "%(x)s", "a'; DROP TABLE kernel_once; --", "\\'", "{}", "%%"]
    rows = [
        CalendarDay(date=date(2031, 1, 1 + day), works=True, name=name)
        for day, name in enumerate(names)
    ]
    with django_assert_num_queries(1):
        answer = insert_and_ask(rows, "SELECT %s, %s", ["50% %s", None])
    assert answer == ("50% %s", None)
    found = CalendarDay.objects.filter(date__year=2031).order_by("date")
    assert [day.name for day in found] == names
