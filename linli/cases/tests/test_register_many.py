"""Many at once leave what one after the other leaves: rows, numbers, clocks, log, jobs, figures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.accounts.actor import Actor
from linli.accounts.scope import acting
from linli.audit.models import Entry
from linli.audit.verify import verify
from linli.cases.actions.assign import assign_case
from linli.cases.actions.fire import fire_due
from linli.cases.actions.import_ import Past
from linli.cases.actions.parties import PartyData, opened
from linli.cases.actions.register import Matter, register_case
from linli.cases.actions.register_many import Course, refusals, register_many
from linli.cases.actions.reopen import reopen_case
from linli.cases.lifecycle import replay
from linli.cases.models import Case, Clock, Counter, Event, Note, Party, Placement
from linli.cases.tests.desk import Desk
from linli.kernel.errors import Invalid, NotPermitted, Refused
from linli.kernel.ids import new_id
from tests.cast import CITY, COUNTY, GRID, LONGMENLI, OTHER_VILLAGE, TUESDAY

PARTIES = st.builds(
    PartyData,
    role=st.sampled_from(["applicant", "respondent"]),
    name=st.text(min_size=1, max_size=8),
    phone=st.sampled_from(["", "000-1234-5678"]),
    identity_number=st.sampled_from(["", "620302189001010017"]),
    age=st.none() | st.integers(1, 99),
    is_organisation=st.booleans(),
)
_PLAIN_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
MATTERS = st.builds(
    Matter,
    kind=st.just("dispute"),
    title=st.sampled_from(["楼上漏水", " 欠薪\t三个月 ", "=1+1", "a\\b\n'c'"]),
    area=st.sampled_from([CITY, COUNTY, LONGMENLI, GRID, OTHER_VILLAGE]),
    channel=st.sampled_from(["window", "petitions"]),
    description=_PLAIN_TEXT,
    category=st.sampled_from([None, "neighbour", "wages"]),
    scale=st.sampled_from(["individual", "major_group"]),
    difficulty=st.sampled_from(["simple", "ordinary", "complex"]),
    urgency=st.sampled_from(["normal", "danger"]),
    high_risk=st.booleans(),
    latitude=st.none() | st.floats(38, 39),
    happened_on=st.none() | st.dates(date(2020, 1, 1), date(2026, 3, 10)),
    source_number=st.sampled_from(["", "12345-7"]),
    parties=st.lists(PARTIES, max_size=2),
)


_FIGURES = """
SELECT area, month, kind, state, level, category, channel, sum(sign) FROM insight_delta
GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(sign) <> 0
"""


def _left(since_entry: int) -> dict[str, list[Any]]:
    """Return everything there is, with keys that no two runs share put aside."""
    cases = {case.id: case for case in Case.objects.all()}
    number = {key: case.number for key, case in cases.items()}
    event_of = {str(e.id): f"{number[e.case_id]} {e.verb}" for e in Event.objects.all()}

    def plain(row: Any, *left_out: str) -> list[Any]:
        found = []
        for each in row._meta.concrete_fields:
            value = getattr(row, each.attname)
            if each.attname not in {"id", *left_out}:
                found.append(number.get(value, value) if isinstance(value, UUID) else value)
        return found

    log = []
    for entry in Entry.objects.filter(id__gt=since_entry):
        facts = dict(entry.facts)  # type: ignore[call-overload]
        named = event_of[facts.pop("event")]
        log.append([named, entry.event, entry.actor, entry.at, "note" in facts, facts])
    return {
        "cases": _sorted(plain(case) for case in cases.values()),
        "events": _sorted(plain(row) for row in Event.objects.all()),
        "notes": _sorted(plain(row, "event_id") for row in Note.objects.all()),
        "placements": _sorted(plain(row) for row in Placement.objects.all()),
        "clocks": _sorted(plain(row) for row in Clock.objects.all()),
        "parties": _sorted([*plain(row, "personal"), opened(row)] for row in Party.objects.all()),
        "counters": _sorted(plain(row) for row in Counter.objects.all()),
        "log": _sorted(log),
        "jobs": _sorted(_jobs(number)),
        "figures": _sorted(_rows(_FIGURES)),
    }


def _sorted(rows: Any) -> list[Any]:
    return sorted((list(row) for row in rows), key=repr)


def _rows(question: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchall())


def _jobs(number: dict[Any, str]) -> list[list[Any]]:
    keys = {str(key): name for key, name in number.items()}
    found = []
    for task, args, scheduled in _rows(
        "SELECT task_name, args::json, scheduled_at IS NOT NULL FROM procrastinate_jobs"
    ):
        ids = args.get("object_ids") or [args.get("object_id")]
        found += [[task.removesuffix("_many"), keys.get(one), scheduled] for one in ids]
    return found


def _undone(work: Callable[[], dict[str, list[Any]]]) -> dict[str, list[Any]]:
    """Do something, and take it back."""
    with transaction.atomic():
        found = work()
        transaction.set_rollback(True)
    return found


@settings(
    max_examples=20, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(rows=st.lists(st.tuples(MATTERS, st.booleans()), min_size=1, max_size=4))
def test_many_leave_what_one_by_one_leaves(desk: Desk, rows: list[tuple[Matter, bool]]) -> None:
    clerk = desk.cast.actor("clerk")
    ids = [new_id() for _ in rows]
    before = max(Entry.objects.values_list("id", flat=True), default=0)

    def singly() -> dict[str, list[Any]]:
        with acting(clerk):
            for (matter, send), key in zip(rows, ids, strict=True):
                register_case(matter, actor=clerk, at=TUESDAY, case_id=key)
                if send:
                    assign_case(key, actor=clerk, at=TUESDAY)
        return _left(before)

    def together() -> dict[str, list[Any]]:
        matters = [matter for matter, _send in rows]
        courses = [Course(send=send) for _matter, send in rows]
        made = register_many(matters, actor=clerk, at=TUESDAY, ids=ids, courses=courses)
        assert [case.id for case in made] == ids
        assert verify().ok
        return _left(before)

    assert _undone(together) == _undone(singly)


@settings(
    max_examples=20, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(
    matter=MATTERS,
    wrong=st.sampled_from(
        [
            {"title": " "},
            {"area": "6203029"},
            {"area": "999"},
            {"category": "fire"},
            {"kind": "x"},
            {"happened_on": date(2026, 3, 11)},
            {"title": "长" * 121},
        ]
    ),
)
def test_what_one_refuses_many_refuse(desk: Desk, matter: Matter, wrong: dict[str, Any]) -> None:
    clerk = desk.cast.actor("clerk")
    bad = replace(matter, **wrong)
    found = refusals([matter, bad], [Course(), Course(send=True)], actor=clerk, at=TUESDAY)
    assert found[0] is None
    assert isinstance(found[1], Refused)
    with pytest.raises(Refused):
        register_many([matter, bad], actor=clerk, at=TUESDAY)
    assert not Case.objects.exists()
    # Lists and lengths are the forms' affair elsewhere; everything else is refused in one's own words.
    if "kind" not in wrong and len(bad.title) < 121:
        with pytest.raises(Refused) as single, acting(clerk):
            register_case(bad, actor=clerk, at=TUESDAY)
        assert str(single.value.reason) == str(found[1].reason)


def _matter(**fields: Any) -> Matter:
    told = {"kind": "dispute", "title": "楼上漏水", "area": LONGMENLI, "channel": "window"}
    return Matter(**{**told, **fields})


def test_what_is_open_elsewhere_begins_today_under_its_day_there(desk: Desk) -> None:
    clerk: Actor = desk.cast.actor("clerk")
    since = TUESDAY - timedelta(days=400)
    (case,) = register_many(
        [_matter()], actor=clerk, at=TUESDAY, courses=[Course(opened=since, send=True)]
    )
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.opened_at, case.number[10:14]) == ("assigned", since, "2025")
    assert case.due_at is not None
    assert case.due_at > TUESDAY
    assert fire_due(at=TUESDAY) == 0
    register, _assign = Event.objects.filter(case=case).order_by("id")
    assert (register.at, register.facts["opened"]) == (TUESDAY, since.isoformat())


@pytest.mark.parametrize("state", ["closed", "withdrawn", "declined", "referred"])
def test_what_ended_elsewhere_has_ended(desk: Desk, state: str) -> None:
    clerk = desk.cast.actor("clerk")
    since, ended = TUESDAY - timedelta(days=400), TUESDAY - timedelta(days=393)
    past = Past(state=state, ended=ended, outcome="双方和好", satisfaction=4)
    (case,) = register_many(
        [_matter()], actor=clerk, at=TUESDAY, courses=[Course(opened=since, past=past, send=True)]
    )
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.outcome, case.due_at) == (state, "双方和好", None)
    assert case.holder.area_id == LONGMENLI
    verbs = list(Event.objects.filter(case=case).order_by("id").values_list("verb", flat=True))
    assert replay(verbs) == state
    assert case.version == len(verbs)
    assert not Clock.objects.exists()
    assert fire_due(at=TUESDAY + timedelta(days=365)) == 0
    assert verify().ok
    assert Note.objects.get(case=case).text == "双方和好"
    if state == "closed":
        assert (case.resolved_at, case.closed_at, case.on_time) == (ended, ended, True)
        desk.do("mediator", reopen_case, case, note="又漏了")
        verbs = list(Event.objects.filter(case=case).order_by("id").values_list("verb", flat=True))
        assert replay(verbs) == Case.objects.get(pk=case.pk).state == "handling"


def test_a_past_that_can_not_be_is_refused(desk: Desk) -> None:
    clerk = desk.cast.actor("clerk")
    before = Past(state="closed", ended=TUESDAY - timedelta(days=9))
    later = Past(state="closed", ended=TUESDAY + timedelta(days=2))
    courses = [
        Course(opened=TUESDAY, past=before),
        Course(opened=TUESDAY, past=later),
        Course(opened=TUESDAY + timedelta(days=1)),
    ]
    found = refusals([_matter()] * 3, courses, actor=clerk, at=TUESDAY)
    assert all(isinstance(one, Invalid) for one in found)


def test_whoever_receives_nobody_brings_nothing_in(desk: Desk) -> None:
    with pytest.raises(NotPermitted):
        register_many([_matter()], actor=desk.cast.actor("officer"), at=TUESDAY)
