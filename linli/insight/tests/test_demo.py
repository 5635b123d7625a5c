"""The demo city in full: what the issue promises of it, checked on the data itself.

The whole city is loaded once, in a transaction that is rolled back after the last test.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import groupby, pairwise
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import connection, transaction
from django.db.models import Q
from django.test import RequestFactory
from pytest_django.plugin import DjangoDbBlocker
from stdnum.cn import ric

from linli.accounts.models import Role, RoleKind, User
from linli.accounts.queries import actor_of
from linli.areas.models import Area, Unit
from linli.audit.verify import verify
from linli.cases import lifecycle
from linli.cases.actions.parties import opened
from linli.cases.models import Case, Party
from linli.cases.policy import placed_with
from linli.insight.demo.load import load, sign_ins
from linli.insight.queries import figures
from linli.insight.tests.counters import OFF_THE_COUNTERS, number
from linli.kernel.errors import Refused
from linli.kernel.periods import Period
from linli.mediation import lifecycle as path
from linli.mediation.report import report
from linli.mediation.rollup import rebuild

# A Tuesday afternoon in Jinchang.
NOW = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)


def rows(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


@pytest.fixture(scope="module")
def city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load the demo for the tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(lambda step, done: None, now=NOW)
        yield
        transaction.set_rollback(True)


pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("city"),
]


def test_the_published_totals() -> None:
    period = Period(date(2013, 5, 1), date(2023, 3, 8))
    found = figures("6203", period, NOW).total("dispute")
    assert (found.cases, found.resolved) == (62_657, 61_404)
    assert round(found.rate or 0, 3) == 0.980


def test_the_official_form_of_mediation_balances_with_the_published_totals() -> None:
    published = Period(date(2013, 5, 1), date(2023, 3, 8))
    for period in (Period(), published):
        told = report("6203", period, NOW)
        assert (told["total"], told["resolved"], told["rate"]) == (62_657, 61_404, 98.0)
        for facet in ("type", "source", "committee"):
            assert sum(told[f"by_{facet}"].values()) == 62_657
            assert sum(told["resolved_by"][facet].values()) == 61_404
            assert all(told[f"by_{facet}"].values()), facet
        assert sum(told["by_form"].values()) == 61_404
        assert told["by_form"].keys() == {"written", "oral"}
        assert all(told["averted"].values())
        assert all(told["mediators"].values())
    parts = [report(code, Period(), NOW) for code in ("620302", "620321")]
    assert sum(part["total"] for part in parts) == 62_657
    assert rebuild() == 0


def test_mediations_went_by_the_law_and_agree_with_their_cases() -> None:
    events = rows(
        "SELECT mediation_id, verb, from_state, to_state, at FROM mediation_event"
        " ORDER BY mediation_id, id"
    )
    states = dict(rows("SELECT id, state FROM mediation_mediation"))
    versions = dict(rows("SELECT id, version FROM mediation_mediation"))
    for mediation, timeline in groupby(events, key=lambda row: row[0]):
        steps = list(timeline)
        replayed = path.replay(step[1] for step in steps)
        assert replayed == states.pop(mediation) == steps[-1][3]
        assert len(steps) == versions[mediation]
        assert all(a[4] <= b[4] and a[3] == b[2] for a, b in pairwise(steps))
    assert not states
    wrong = {
        "outcome": """SELECT count(*) FROM mediation_fact f JOIN mediation_mediation m
          ON m.id = f.mediation_id JOIN cases_case c ON c.id = m.case_id
          WHERE f.resolved <> (c.state IN ('resolved', 'closed'))""",
        "state": """SELECT count(*) FROM mediation_mediation m WHERE NOT mediation_agrees(m.case_id)""",
        "mediator": """SELECT count(*) FROM mediation_seat s JOIN mediation_mediation m
          ON m.id = s.mediation_id JOIN mediation_committee k ON k.id = m.committee_id
          WHERE NOT EXISTS (SELECT FROM accounts_role r
            WHERE r.user_id = s.user_id AND r.unit = k.unit_id)""",
        "prevention": "SELECT count(*) FROM mediation_prevention WHERE prevented > found",
    }
    assert {what: number(statement) for what, statement in wrong.items()} == dict.fromkeys(wrong, 0)


def test_real_places_with_a_centre_each() -> None:
    for level, n in {"city": 1, "county": 2, "township": 18, "village": 182}.items():
        assert Area.objects.filter(level=level).count() == n
        assert Unit.objects.filter(area__level=level, kind="centre").count() == n
    assert Unit.objects.get(area="620302003002", kind="centre").name == "龙门里社区综治中心"
    grids = rows("SELECT count(*) FROM areas_area WHERE level = 'grid' GROUP BY parent_id")
    assert {n for (n,) in grids} <= {3, 4, 5, 6}
    assert len(grids) == 182
    assert not Area.objects.exclude(level="province").filter(latitude=None).exists()


def test_every_history_is_a_legal_sequence_of_moves() -> None:
    states = dict(rows("SELECT id, state FROM cases_case"))
    versions = dict(rows("SELECT id, version FROM cases_case"))
    events = rows(
        "SELECT case_id, verb, from_state, to_state, at FROM cases_event ORDER BY case_id, id"
    )
    for case, timeline in groupby(events, key=lambda row: row[0]):
        steps = list(timeline)
        assert lifecycle.replay(step[1] for step in steps) == states.pop(case) == steps[-1][3]
        assert len(steps) == versions[case]
        assert all(a[4] <= b[4] and a[3] == b[2] for a, b in pairwise(steps))
    assert not states


def test_the_log_has_an_entry_a_move_and_is_whole() -> None:
    verdict = verify()
    assert verdict.ok
    assert verdict.entries >= number("SELECT count(*) FROM cases_event")
    missing = """SELECT count(*) FROM cases_event e WHERE NOT EXISTS (SELECT FROM audit_entry a
      WHERE a.object_id = e.case_id::text AND a.event = 'case.' || e.verb
        AND a.facts::jsonb->>'event' = e.id::text AND a.at = e.at)"""
    assert number(missing) == 0


def test_cases_agree_with_what_hangs_on_them() -> None:
    wrong = {
        "holder": """SELECT count(*) FROM cases_case c WHERE NOT EXISTS (SELECT FROM cases_placement p
          WHERE p.case_id = c.id AND p.unit_id = c.holder_id AND p.part = 'lead' AND until IS NULL)""",
        "deadline": """SELECT count(*) FROM cases_case c LEFT JOIN (
          SELECT case_id, min(due_at) AS due, min(warn_at) AS warn FROM cases_clock
          WHERE stopped_at IS NULL AND paused_at IS NULL GROUP BY 1) k ON k.case_id = c.id
          WHERE (c.due_at, c.warn_at) IS DISTINCT FROM (k.due, k.warn)""",
        "clocks of the past": """SELECT count(*) FROM cases_clock k JOIN cases_case c ON c.id = case_id
          WHERE stopped_at IS NULL AND c.state NOT IN ('registered', 'assigned', 'returned',
            'handling', 'suspended', 'resolved')""",
        "resolution": """SELECT count(*) FROM cases_case c WHERE resolved_at IS DISTINCT FROM (
          SELECT max(at) FROM cases_event e WHERE e.case_id = c.id AND verb = 'resolve'
            AND c.state IN ('resolved', 'closed'))""",
        "follow-up": """SELECT count(*) FROM cases_case c WHERE state = 'closed' AND followed_up_at
          IS DISTINCT FROM (SELECT max(at) FROM cases_followup f WHERE f.case_id = c.id)""",
        "future": "SELECT count(*) FROM cases_event WHERE at > '2026-11-24 08:12Z'",
        "handler": """SELECT count(*) FROM cases_case c WHERE handler_id IS NOT NULL AND NOT EXISTS (
          SELECT FROM accounts_role r WHERE r.user_id = handler_id AND r.unit = c.holder_id)""",
    }
    assert {what: number(statement) for what, statement in wrong.items()} == dict.fromkeys(wrong, 0)


def test_numbers_continue_where_the_counters_stand() -> None:
    assert number(OFF_THE_COUNTERS) == 0


def test_nobody_in_it_can_be_real() -> None:
    for phone in User.objects.values_list("phone", flat=True):
        assert re.fullmatch(r"000-\d{4}-\d{4}", phone)
    parties = list(Party.objects.order_by("?")[:3000])
    identified = 0
    for party in parties:
        personal = opened(party)
        assert re.fullmatch(r"000-\d{4}-\d{4}", personal["phone"])
        if not party.is_organisation:
            assert (
                ric.calc_check_digit(personal["identity_number"]) == personal["identity_number"][-1]
            )
            assert int(personal["identity_number"][6:10]) < 1900
            identified += 1
        else:
            assert "虚构" in personal["name"]
    assert identified > 2000


def test_about_nine_hundred_people_in_every_role_and_as_many_who_walk_patrols() -> None:
    walk = User.objects.filter(Q(username__startswith="walker-") | Q(username__contains="-area-"))
    assert 850 <= User.objects.count() - walk.count() <= 950
    assert 950 <= walk.count() <= 970
    assert set(Role.objects.values_list("kind", flat=True)) == set(RoleKind.values)
    assert User.objects.count() == len(set(User.objects.values_list("name", flat=True)))


def test_everybody_printed_signs_in_here_and_nowhere_else() -> None:
    people = sign_ins()
    here = RequestFactory().post("/", REMOTE_ADDR="127.0.0.1", HTTP_HOST="127.0.0.1:8000")
    away = RequestFactory().post("/", REMOTE_ADDR="10.0.0.7", HTTP_HOST="127.0.0.1:8000")
    first = people[0]
    assert authenticate(away, username=first.username, password=first.password) is None
    kinds = set()
    for person in people:
        user = authenticate(here, username=person.username, password=person.password)
        assert user is not None
        kinds |= set(Role.objects.filter(user=user.pk).values_list("kind", flat=True))
    assert kinds == set(RoleKind.values)


def test_every_printed_person_has_something_to_do() -> None:
    assert 380 <= Case.objects.filter(state__in=lifecycle.OPEN).count() <= 460
    states = set(Case.objects.filter(state__in=lifecycle.OPEN).values_list("state", flat=True))
    assert states == lifecycle.OPEN
    assert Case.objects.filter(due_at__lt=NOW, state__in=lifecycle.OPEN).count() >= 20
    wanted = {
        "clerk-620302003": 8, "mediator-620302003002": 8, "grid-620302003002001": 3,
        "director-620302": 3, "director-6203": 2, "dispatcher-6203": 2, "justice-620302003": 1,
    }  # fmt: skip
    for username, least in wanted.items():
        actor = actor_of(User.objects.get(username=username).id, date(2026, 11, 24))
        assert actor is not None
        held = Case.objects.filter(placed_with(actor), state__in=lifecycle.OPEN | {"resolved"})
        assert held.count() >= least, username


def test_it_never_overwrites_a_city() -> None:
    with pytest.raises(Refused):
        load(lambda step, done: None)
