"""``linli figures``: one JSON object, equal to a count by hand."""

import json
from datetime import date
from random import Random
from typing import Any

import pytest
from typer.testing import CliRunner

from linli.areas.models import Area, Unit
from linli.cases.models import Case
from linli.insight.cli import app
from linli.insight.models import Rollup
from linli.insight.tests.histories import NOW, add_case
from linli.kernel.working_days import local_date
from tests.cast import CITY, COUNTY, Cast, make_cast


@pytest.fixture
def cast(db: None, monkeypatch: pytest.MonkeyPatch) -> Cast:
    cast = make_cast()
    random = Random(4)
    for _ in range(50):
        add_case(random, cast.posts[CITY])
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return cast


def told(*arguments: str) -> Any:
    result = CliRunner().invoke(app, [*arguments, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout.splitlines()[-1])


def test_areas_and_centres_are_those_that_exist(cast: Cast) -> None:
    expected = {"city": 1, "county": 1, "township": 2, "village": 3}
    answer = told("--area", CITY)
    assert answer["areas"] == answer["centres"] == expected
    gone = Area.objects.get(code="620302006001")
    gone.abolished_on = date(2026, 1, 1)
    gone.save()
    Unit.objects.filter(area=gone).update(closed_on=date(2026, 1, 1))
    answer = told("--area", CITY)
    assert answer["areas"] == answer["centres"] == {**expected, "village": 2}
    assert told("--area", COUNTY)["areas"]["city"] == 0


def test_counts_are_those_of_the_cases(cast: Cast) -> None:
    answer = told("--area", COUNTY, "--from", "2026-01-10", "--to", "2026-03-05")
    cases = [
        case for case in Case.objects.filter(area__code__startswith=COUNTY)
        if date(2026, 1, 10) <= local_date(case.opened_at) <= date(2026, 3, 5)
    ]  # fmt: skip
    disputes = [case for case in cases if case.kind == "dispute"]
    resolved = [case for case in disputes if case.state in ("resolved", "closed")]
    assert answer["cases"]["total"] == sum(answer["cases"]["by_state"].values()) == len(cases)
    assert answer["cases"]["by_kind"]["request"] == len(cases) - len(disputes)
    for state, count in answer["cases"]["by_state"].items():
        assert count == sum(1 for case in cases if case.state == state)
    assert answer["disputes"]["total"] == len(disputes)
    assert answer["disputes"]["resolved"] == len(resolved)
    assert answer["disputes"]["rate"] == round(len(resolved) / len(disputes), 4)
    for level, count in answer["disputes"]["by_level"].items():
        assert count == sum(1 for case in resolved if case.resolved_level == level)
    overdue = Case.objects.filter(
        area__code__startswith=COUNTY, due_at__lt=NOW,
        state__in=["registered", "assigned", "handling", "suspended"],
    )  # fmt: skip
    assert answer["overdue"] == overdue.count()


def test_nothing_registered_has_no_rate(cast: Cast) -> None:
    answer = told("--area", CITY, "--from", "2013-05-01", "--to", "2013-05-31")
    assert answer["disputes"]["total"] == 0
    assert answer["disputes"]["rate"] is None


def test_rebuild_says_what_was_wrong(cast: Cast) -> None:
    assert told("--area", CITY, "--rebuild")["corrected"] == 0
    before = told("--area", CITY)
    Rollup.objects.filter(area=CITY).update(cases=7)
    assert told("--area", CITY) != before
    assert told("--rebuild")["corrected"] > 0
    assert told("--area", CITY) == before


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--area", "999999"],
        ["--area", CITY, "--from", "2026-02-02", "--to", "2026-02-01"],
        ["--area", CITY, "--from", "gestern"],
    ],
)
def test_bad_input_is_explained(cast: Cast, arguments: list[str]) -> None:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert "Error" in result.output


def test_people_get_a_table(cast: Cast) -> None:
    result = CliRunner().invoke(app, ["--area", CITY])
    assert result.exit_code == 0
    assert "金昌市 6203" in result.output
