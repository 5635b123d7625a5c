"""Clocks: what is due when, what a due clock does, and that it does it once."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from linli.audit.models import Entry
from linli.cases import deadlines
from linli.cases.actions.accept import accept_case
from linli.cases.actions.assign import assign_case
from linli.cases.actions.escalate import escalate_case
from linli.cases.actions.extend import extend_case
from linli.cases.actions.fire import fire_due
from linli.cases.actions.grant import grant_case
from linli.cases.actions.resolve import resolve_case
from linli.cases.actions.resume import resume_case
from linli.cases.actions.suspend import suspend_case
from linli.cases.deadlines import Term, due_after, shifted, warn_before
from linli.cases.lights import light_of
from linli.cases.models import Case, Clock, DeadlineRule, Event
from tests.cast import COUNTY, LONGMENLI, TUESDAY, Cast, make_case, make_cast

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)


def closing(day: int, month: int = 3) -> datetime:
    """Six in the evening in Jinchang."""
    return datetime(2026, month, day, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh_policy() -> object:
    deadlines.forget_policy()
    yield
    deadlines.forget_policy()


def accepted(cast: Cast) -> Case:
    case = make_case(cast)
    assign_case(case.id, actor=cast.actor("clerk"), at=TUESDAY)
    return accept_case(case.id, actor=cast.actor("mediator"), at=TUESDAY)


def running(case: Case) -> dict[str, Clock]:
    return {clock.kind: clock for clock in Clock.objects.filter(case=case, stopped_at=None)}


def test_the_default_terms() -> None:
    cast = make_cast()
    case = make_case(cast)
    clocks = running(case)
    assert {kind: clock.due_at for kind, clock in clocks.items()} == {
        "accept": closing(11),
        "level": closing(12),
        "difficulty": closing(19),
    }
    assert case.due_at == closing(11)


def test_danger_must_be_accepted_in_a_quarter_of_an_hour() -> None:
    case = make_case(make_cast(), urgency="danger", kind="hazard", category="gas")
    assert case.due_at == TUESDAY + timedelta(minutes=15)
    assert light_of(case, TUESDAY) == "blue"
    assert light_of(case, TUESDAY + timedelta(minutes=11)) == "yellow"
    assert light_of(case, TUESDAY + timedelta(minutes=16)) == "red"


def test_a_level_starts_anew_and_the_whole_runs_on() -> None:
    cast = make_cast()
    case = accepted(cast)
    later = TUESDAY + timedelta(days=1)
    escalate_case(case.id, note="上报", actor=cast.actor("mediator"), at=later)
    clocks = running(case)
    assert clocks["level"].due_at == closing(13)
    assert clocks["difficulty"].due_at == closing(19)


def test_a_suspended_case_keeps_the_time_it_had_left() -> None:
    cast = make_cast()
    case, mediator = accepted(cast), cast.actor("mediator")
    suspend_case(case.id, note="等待鉴定", actor=mediator, at=TUESDAY + timedelta(days=1))
    assert Case.objects.get(pk=case.id).due_at is None
    assert fire_due(at=TUESDAY + timedelta(days=90)) == 0
    resume_case(case.id, actor=mediator, at=TUESDAY + timedelta(days=6))
    # One working day of the level's two was left; the 16th is a Monday.
    assert running(case)["level"].due_at == closing(17)
    assert running(case)["difficulty"].due_at == closing(24)


def test_granted_time_moves_the_deadline() -> None:
    cast = make_cast()
    case = accepted(cast)
    extend_case(case.id, days=3, note="当事人外出", actor=cast.actor("mediator"), at=TUESDAY)
    grant_case(case.id, actor=cast.actor("director"), at=TUESDAY)
    assert Case.objects.get(pk=case.id).due_at == closing(17)


def test_the_longest_area_then_the_latest_day_rules() -> None:
    rules = [
        ("", 2000, 2),
        (COUNTY, 2010, 3),
        (COUNTY, 2020, 4),
        (COUNTY, 2030, 5),
        ("620321", 2020, 9),
    ]
    DeadlineRule.objects.filter(clock="level", key="village").delete()
    for area, year, amount in rules:
        DeadlineRule.objects.create(
            area=area, effective_from=date(year, 1, 1), clock="level", key="village",
            amount=amount, unit="working_days",
        )  # fmt: skip
    deadlines.forget_policy()
    found = deadlines.term(LONGMENLI, date(2026, 3, 10), "level", "village")
    assert found == Term(4, "working_days")
    assert deadlines.term("130000000000", date(2026, 3, 10), "level", "village") == Term(
        2, "working_days"
    )


def test_a_due_clock_reminds_then_supervises_then_tells_the_level_above() -> None:
    cast = make_cast()
    case = accepted(cast)
    clock = running(case)["level"]
    seen = []
    for at in (clock.warn_at, clock.due_at, closing(13) + timedelta(seconds=1)):
        assert fire_due(at=at) == 1
        assert fire_due(at=at) == 0
        case = Case.objects.select_related("told").get(pk=case.id)
        seen.append((case.reminders, case.supervised, case.told.area_id if case.told else None))
    assert seen == [(1, False, None), (1, True, None), (1, True, LONGMENLI[:9])]
    fired = [e.verb for e in Event.objects.filter(case=case).order_by("id")][-3:]
    assert fired == ["remind", "supervise", "alert"]
    assert list(Entry.objects.order_by("id").values_list("event", flat=True))[-3:] == [
        "case.remind", "case.supervise", "case.alert",
    ]  # fmt: skip


def test_the_follow_up_is_reminded_too() -> None:
    cast = make_cast()
    case = accepted(cast)
    resolve_case(case.id, note="和解", actor=cast.actor("mediator"), at=TUESDAY)
    case = Case.objects.get(pk=case.id)
    assert case.due_at == closing(9, month=4)
    assert fire_due(at=closing(9, month=4) - timedelta(hours=1)) == 1
    assert Case.objects.get(pk=case.id).reminders == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_fire_each_clock_once() -> None:
    cast = make_cast()
    for _ in range(12):
        make_case(cast)
    at = closing(11)

    def work() -> None:
        while fire_due(at=at, most=3):
            pass
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    while fire_due(at=at):
        pass
    reminded = Event.objects.filter(verb="remind").count()
    fired = Clock.objects.filter(step__gte=1).count()
    assert reminded == fired > 0
    assert (
        Event.objects.filter(verb="supervise").count() == Clock.objects.filter(step__gte=2).count()
    )


moments = st.datetimes(datetime(2020, 1, 1), datetime(2026, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(
    start=moments,
    amount=st.integers(1, 40),
    unit=st.sampled_from(["working_days", "calendar_days", "minutes"]),
)
def test_a_term_ends_after_it_began_and_warns_before(
    start: datetime, amount: int, unit: str
) -> None:
    length = Term(amount, unit)
    due = due_after(start, length)
    assert due > start
    assert start <= warn_before(start, due, length) < due


@given(
    start=moments, amount=st.integers(1, 20), pause=st.integers(0, 400), stop=st.integers(0, 100)
)
def test_a_pause_never_takes_time_away(start: datetime, amount: int, pause: int, stop: int) -> None:
    due = due_after(start, Term(amount, "working_days"))
    paused = start + timedelta(hours=stop)
    resumed = paused + timedelta(hours=pause)
    assert shifted(due, paused, resumed, "working_days") >= due
    assert shifted(due, paused, paused, "working_days") >= due
