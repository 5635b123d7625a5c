"""A larger city is made of copies of a small one, and is as lawful as it."""

from datetime import UTC, date, datetime

import pytest

from linli.cases import lifecycle
from linli.cases.models import Case
from linli.insight.demo.load import load
from linli.insight.demo.scale import multiply
from linli.insight.queries import figures
from linli.insight.rollup import rebuild
from linli.insight.tests.counters import OFF_THE_COUNTERS, number
from linli.kernel.periods import Period

# A Tuesday afternoon in Jinchang.
NOW = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_a_larger_city_is_made_of_copies() -> None:
    load(lambda step, done: None, share=0.02, now=NOW)
    assert multiply(6_000, NOW.date(), lambda step, done: None) == 6_000
    rebuild()
    assert number("SELECT count(*) FROM cases_case") == 6_000
    # The desks that people sign in at keep what they have.
    still_open = Case.objects.filter(state__in=lifecycle.OPEN)
    assert still_open.exclude(area__code__startswith="620302003").count() == 600
    assert number(OFF_THE_COUNTERS) == 0
    wrong = {
        "two leads or none": """SELECT count(*) FROM cases_case c WHERE 1 <> (SELECT count(*)
          FROM cases_placement p WHERE p.case_id = c.id AND part = 'lead' AND until IS NULL)""",
        "year of the number": """SELECT count(*) FROM cases_case WHERE split_part(number, '-', 2)::int
          <> extract(year FROM opened_at AT TIME ZONE 'Asia/Shanghai')""",
        "time in the key": """SELECT count(*) FROM cases_case WHERE opened_at < '2026-10-01'
          AND abs(extract(epoch FROM opened_at - uuid_extract_timestamp(id))) > 1""",
        "no registration": """SELECT count(*) FROM cases_case c WHERE NOT EXISTS (SELECT
          FROM cases_event e WHERE e.case_id = c.id AND verb = 'register' AND at = c.opened_at)""",
        "future": "SELECT count(*) FROM cases_event WHERE at > '2026-11-24 08:12Z'",
        "clock": """SELECT count(*) FROM cases_case c WHERE state = 'handling' AND NOT EXISTS (SELECT
          FROM cases_clock k WHERE k.case_id = c.id AND stopped_at IS NULL)""",
    }
    assert {what: number(statement) for what, statement in wrong.items()} == dict.fromkeys(wrong, 0)
    whole = Period(date(2013, 5, 1), date(2026, 12, 31))
    assert figures("6203", whole, NOW).total().cases == 6_000
