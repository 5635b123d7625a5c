"""Writing many rows at once."""

from typing import Any

import pytest
from django.db import DataError
from django.utils import timezone

from linli.alike.models import Solved
from linli.alike.rows import put
from linli.cases.tests.desk import Desk


def row(case: Any, **changed: Any) -> tuple[Any, ...]:
    """Return the columns of a lesson."""
    found = {
        "case_id": case.id, "version": 1, "kind": "dispute", "category": "neighbour",
        "title": "漏水\"'\\{},", "outcome": "和好\n", "steps": '[["resolve", 1]]', "level": "village",
        "days": 3, "satisfaction": None, "solved_at": timezone.now(), "grams": b"\0'\\\xff",
        "keys": [-5, 7], **changed,
    }  # fmt: skip
    return tuple(found.values())


def test_rows_arrive_as_they_are_and_replace_those_that_are_there(desk: Desk) -> None:
    one, other = desk.at("registered"), desk.at("registered")
    put(Solved, [row(one), row(other, keys=[], grams=b"")])
    put(Solved, [row(other, version=2, satisfaction=4, keys=[1], steps="[]")])
    put(Solved, [])
    first, second = Solved.objects.get(pk=one.pk), Solved.objects.get(pk=other.pk)
    assert (first.title, first.outcome) == ("漏水\"'\\{},", "和好\n")
    assert (first.steps, first.keys, bytes(first.grams)) == (
        [["resolve", 1]],
        [-5, 7],
        b"\0'\\\xff",
    )
    assert (second.version, second.satisfaction, second.keys, second.steps) == (2, 4, [1], [])


def test_what_a_column_is_too_short_for_is_refused(desk: Desk) -> None:
    with pytest.raises(DataError):
        put(Solved, [row(desk.at("registered"), level="x" * 11)])
