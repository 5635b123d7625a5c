"""Sessions: planned without double booking, held, written up by one hand after the other, closed."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linli.areas.models import Room
from linli.cases.tests.desk import text_of
from linli.kernel.errors import IllegalMove, Invalid, NotPermitted
from linli.mediation.actions.alarm import alarm_mediation
from linli.mediation.actions.hold import hold_session
from linli.mediation.actions.move_session import cancel_session, move_session
from linli.mediation.actions.plan import Meeting, plan_session
from linli.mediation.actions.save_record import Overtaken, close_record, save_record
from linli.mediation.models import Attendance, Mediation, RecordVersion, Session
from linli.mediation.tests.table import Table, told
from linli.notices.models import Notice

HOUR = timedelta(hours=1)


def meeting(table: Table, mediation: Mediation, begins: datetime, **more: Any) -> Meeting:
    """Return an hour with both sides."""
    there = [table.party(mediation, side).id for side in ("applicant", "respondent")]
    given = {"place": "调解室", "invited": there, "way": "phone"} | more
    return Meeting(begins=begins, ends=begins + HOUR, **given)


def plan(table: Table, mediation: Mediation, begins: datetime, **more: Any) -> Session:
    """Plan an hour with both sides."""
    wanted = meeting(table, mediation, begins, **more)
    made: Session = table.act("mediator", plan_session, mediation.id, wanted)
    return made


def hold(table: Table, mediation: Mediation) -> Session:
    """Hold a session on the spot; the applicant came."""
    came = [table.party(mediation, "applicant").id]
    wanted = meeting(table, mediation, timezone.now())
    given = {"came": came, "meeting": wanted}
    held: Session = table.act("mediator", hold_session, mediation.id, **given)
    return held


def test_neither_room_nor_mediator_is_booked_twice(table: Table) -> None:
    room = Room.objects.create(unit=table.committee.unit, kind="mediation", name="调解一室")
    first, second = table.accepted(), table.accepted()
    begins = timezone.now() + HOUR
    made = plan(table, first, begins, room=room.id)
    with pytest.raises(Invalid) as refused:
        plan(table, second, begins + HOUR / 2, room=room.id)
    assert "room" in refused.value.fields
    with pytest.raises(Invalid) as refused:
        plan(table, second, begins + HOUR / 2)
    assert "begins" in refused.value.fields
    table.act("mediator", cancel_session, first.id, made.id)
    again = plan(table, second, begins, room=room.id)
    later = begins + 3 * HOUR
    given = {"begins": later, "ends": later + HOUR}
    table.act("mediator", move_session, second.id, again.id, **given)
    assert Session.objects.get(pk=again.pk).times[0] == later
    assert told(first)[-1] == "plan"


def test_held_with_whoever_came(table: Table) -> None:
    mediation = table.accepted()
    made = plan(table, mediation, timezone.now() + HOUR)
    with pytest.raises(Invalid):
        table.act("mediator", hold_session, mediation.id, session=made.id, came=[])
    came = [table.party(mediation, "applicant").id]
    table.act("mediator", hold_session, mediation.id, session=made.id, came=came)
    assert table.fresh(mediation).state == "mediating"
    rows = Attendance.objects.filter(session=made).values_list("participant__side", "came")
    assert dict(rows) == {"applicant": True, "respondent": False}
    assert told(mediation)[-2:] == ["plan", "hold"]


def test_who_may(table: Table) -> None:
    mediation = table.accepted()
    for name in ("clerk", "second_mediator"):
        with pytest.raises(NotPermitted):
            wanted = meeting(table, mediation, timezone.now())
            table.act(name, plan_session, mediation.id, wanted)


def test_two_who_write_do_not_overwrite_each_other(table: Table) -> None:
    mediation = table.accepted()
    held = hold(table, mediation)
    saved = table.act("mediator", save_record, mediation.id, held.id, text="甲方说", seen=0)
    assert saved.version == 1
    with pytest.raises(Overtaken) as refused:
        table.act("village_director", save_record, mediation.id, held.id, text="乙方说", seen=0)
    assert (refused.value.text, refused.value.version) == ("甲方说", 1)
    table.act("mediator", save_record, mediation.id, held.id, text="甲方说，乙方说", seen=1)
    assert RecordVersion.objects.get(session=held).text == "甲方说，乙方说"
    later = timezone.now() + timedelta(minutes=2)
    given = {"text": "都说了", "seen": 2, "at": later}
    table.act("mediator", save_record, mediation.id, held.id, **given)
    assert RecordVersion.objects.filter(session=held).count() == 2


def test_a_closed_record_stays(table: Table) -> None:
    mediation = table.accepted()
    held = hold(table, mediation)
    with pytest.raises(Invalid):
        table.act("mediator", close_record, mediation.id, held.id)
    table.act("mediator", save_record, mediation.id, held.id, text="甲方说", seen=0)
    table.act("mediator", close_record, mediation.id, held.id)
    with pytest.raises(IllegalMove):
        table.act("mediator", save_record, mediation.id, held.id, text="改了", seen=1)


def test_a_save_costs_few_statements(table: Table) -> None:
    mediation = table.accepted()
    held = hold(table, mediation)
    address = f"/mediations/{mediation.id}/sessions/{held.id}/record/"
    client = table.client("mediator")
    typed = {"version": 0, "record": "甲方说", "joint_statement": ""}
    headers = {"accept": "application/json"}
    with CaptureQueriesContext(connection) as counted:
        answer = client.post(address, typed, headers=headers)
    assert answer.json() == {"version": 1}
    assert len(counted) <= 16
    other = client.post(address, typed | {"record": "别的"}, headers=headers)
    assert (other.status_code, other.json()["text"]) == (409, "甲方说")


def test_the_pages(table: Table) -> None:
    mediation, client = table.accepted(), table.client("mediator")
    page = f"/mediations/{mediation.id}/"
    assert page + "plan/" in text_of(client.get(page))
    there = [table.party(mediation, side).id for side in ("applicant", "respondent")]
    form = {
        "version": mediation.version, "on": "2026-03-10", "from_time": "15:00", "to_time": "16:00",
        "place": "调解室", "joint": "1", "invited": there, "way": "phone",
    }  # fmt: skip
    assert client.post(page + "plan/", form).status_code == 302
    made = Session.objects.get(mediation=mediation)
    assert page + "hold/" in text_of(client.get(page))
    mediation.refresh_from_db()
    held = {"version": mediation.version, "session": made.id, "invited": there, "joint": "1"}
    assert client.post(page + "hold/", held).status_code == 302
    address = f"{page}sessions/{made.id}/"
    assert "data-island" in text_of(client.get(address))
    typed = {"version": 0, "record": "双方到场。", "joint_statement": "借款属实"}
    assert client.post(address + "record/", typed | {"close": "1"}).status_code == 302
    assert "借款属实" in text_of(client.get(address))
    assert table.client("neighbour_clerk").get(address).status_code == 404


def test_what_may_turn_violent_is_told_at_once(table: Table) -> None:
    mediation = table.accepted()
    with pytest.raises(Invalid):
        table.act("mediator", alarm_mediation, mediation.id, note=" ")
    table.act("mediator", alarm_mediation, mediation.id, note="一方扬言动手")
    notices = Notice.objects.filter(kind="may_turn_violent")
    assert notices.exists()
    assert all(one.urgent for one in notices)
    assert "扬言" not in " ".join(f"{one.subject}{one.body}" for one in notices)
    assert told(mediation)[-1] == "alarm"
