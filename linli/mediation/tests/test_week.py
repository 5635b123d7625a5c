"""The calendar of sessions: a week of one's committees, the rooms, and one's own in the feed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from linli.areas.models import Room
from linli.cases.tests.desk import text_of
from linli.mediation.actions.move_session import cancel_session
from linli.mediation.actions.plan import Meeting, plan_session
from linli.mediation.models import Mediation, Session
from linli.mediation.queries.week import booked, name_of, sessions_in, week_of
from linli.mediation.tests.table import TODAY, Table

PAGE = "/mediations/calendar/"
MONDAY = date(2026, 3, 9)
TEN = datetime(2026, 3, 11, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def room(table: Table) -> Room:
    """Return the committee's room."""
    return Room.objects.create(unit=table.committee.unit, kind="mediation", name="调解一室")


def plan(table: Table, mediation: Mediation, begins: datetime, **where: Any) -> Session:
    """Plan an hour."""
    where = where or {"place": "张家院内"}
    wanted = Meeting(begins=begins, ends=begins + HOUR, **where)
    made: Session = table.act("mediator", plan_session, mediation.id, wanted)
    return made


@pytest.mark.parametrize(
    ("asked", "monday"),
    [
        ("2026-W11", MONDAY),
        ("2026-W01", date(2025, 12, 29)),
        ("2020-W53", date(2020, 12, 28)),
        ("2026-W54", MONDAY),
        ("2026-W00", MONDAY),
        ("0000-W01", MONDAY),
        ("9999-W52", MONDAY),
        ("", MONDAY),
        ("x", MONDAY),
    ],
)
def test_a_week_is_named_as_iso_names_it(asked: str, monday: date) -> None:
    assert week_of(asked, TODAY) == monday
    assert week_of(name_of(monday), date(2000, 1, 1)) == monday


def test_a_week_has_its_sessions_and_no_others(table: Table, room: Room) -> None:
    mediation = table.accepted()
    before_dawn = datetime(2026, 3, 15, 16, 0, tzinfo=UTC)
    made = [
        plan(table, mediation, TEN, room=room.id),
        plan(table, mediation, before_dawn - 2 * HOUR),
        plan(table, mediation, before_dawn),
    ]
    dropped = plan(table, mediation, TEN + 2 * HOUR)
    table.act("mediator", cancel_session, mediation.id, dropped.id)
    actor = table.cast.actor("mediator")
    slots = sessions_in(actor, MONDAY)
    assert [one.id for one in slots] == [made[0].id, made[1].id]
    assert [one.day for one in slots] == [date(2026, 3, 11), date(2026, 3, 15)]
    assert [one.id for one in sessions_in(actor, MONDAY + timedelta(days=7))] == [made[2].id]
    [line] = booked(actor, MONDAY, slots)
    assert [len(there) for _day, there in line.days] == [0, 0, 1, 0, 0, 0, 0]


def test_own_ones_are_marked_and_others_of_the_committee_shown(table: Table) -> None:
    plan(table, table.accepted(), TEN)
    assert [one.mine for one in sessions_in(table.cast.actor("mediator"), MONDAY)] == [True]
    for name in ("second_mediator", "village_director"):
        assert [one.mine for one in sessions_in(table.cast.actor(name), MONDAY)] == [False]
    # The street's committee is another one, whoever directs it.
    assert sessions_in(table.cast.actor("director"), MONDAY) == []


def test_the_page(table: Table, room: Room, django_assert_max_num_queries: Any) -> None:
    mediation = table.accepted()
    session = plan(table, mediation, TEN, room=room.id)
    client = table.client("mediator")
    with django_assert_max_num_queries(20):
        text = text_of(client.get(PAGE))
    address = f"/mediations/{mediation.id}/sessions/{session.id}/"
    assert text.count(address) == 2
    assert "10:00–11:00" in text
    assert "调解一室" in text
    assert text.count('aria-current="date"') == 1
    assert "?week=2026-W10" in text
    assert "?week=2026-W12" in text
    assert address not in text_of(client.get(PAGE, {"week": "2026-W12"}))
    assert client.get(address).status_code == 200
    home = text_of(client.get("/mediations/"))
    assert PAGE in home
    # What the page calls its own must not take the place of the bottom navigation.
    assert 'class="tab-link" href="/' in home
    assert 'class="tab-link" href=""' not in home
    for name in ("clerk", "auditor", "administrator"):
        assert table.client(name).get(PAGE).status_code == 403
        assert PAGE not in text_of(table.client(name).get("/mediations/"))


def test_a_week_costs_the_same_however_full_it_is(table: Table, room: Room) -> None:

    mediation, counts = table.accepted(), []
    for begins in (TEN, TEN + HOUR, TEN + 2 * HOUR):
        plan(table, mediation, begins, room=room.id)
        with CaptureQueriesContext(connection) as captured:
            slots = sessions_in(table.cast.actor("mediator"), MONDAY)
            booked(table.cast.actor("mediator"), MONDAY, slots)
        counts.append(len(captured))
    assert len(set(counts)) == 1


def test_ones_sessions_join_the_calendar_one_subscribes_to(table: Table, room: Room) -> None:
    mediation = table.accepted()
    inside = plan(table, mediation, TEN, room=room.id)
    outside = plan(table, mediation, TEN + HOUR)
    dropped = plan(table, mediation, TEN + 2 * HOUR)
    table.act("mediator", cancel_session, mediation.id, dropped.id)
    found = entries(table, "mediator")
    assert set(found) == {f"{one.id}@linli" for one in (inside, outside)}
    entry = found[f"{inside.id}@linli"]
    assert (entry.decoded("dtstart"), entry.decoded("dtend")) == (TEN, TEN + HOUR)
    assert mediation.case.number in entry["summary"]
    assert mediation.case.title not in entry["summary"]
    assert entry["location"] == "调解一室"
    # A place in words may be somebody's home.
    assert "location" not in found[f"{outside.id}@linli"]
    assert entries(table, "second_mediator") == {}


def test_what_is_long_over_leaves_the_calendar(table: Table) -> None:
    mediation = table.accepted()
    plan(table, mediation, timezone.now() - timedelta(days=31))
    recent = plan(table, mediation, timezone.now() - timedelta(days=29))
    assert set(entries(table, "mediator")) == {f"{recent.id}@linli"}


def entries(table: Table, name: str) -> dict[str, Any]:
    """Return the sessions in a person's calendar, by their key."""
    client = table.client(name)
    shown = text_of(client.post("/me/calendar/"))
    address = "/calendar/" + shown.partition("testserver/calendar/")[2].partition("<")[0]
    calendar = Calendar.from_ical(client.get(address).content)
    events = [one for one in calendar.walk("VEVENT") if "dtend" in one]
    return {str(one["uid"]): one for one in events}
