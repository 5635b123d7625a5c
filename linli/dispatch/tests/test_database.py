"""What the database insists on, whoever writes: one unit, one place; a status that is true."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from linli.accounts.scope import acting
from linli.areas.models import Unit
from linli.cases.models import Case
from linli.dispatch.models import Assignment, DispatchUnit, Incident, TimelineEntry
from tests.cast import BEIJING_ROAD, CITY, GUANGZHOU_ROAD, LONGMENLI, Cast, make_case, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def team(area: str = BEIJING_ROAD, status: str = "available", **fields: object) -> DispatchUnit:
    name = f"巡逻队{Unit.objects.count()}"
    unit = Unit.objects.create(area_id=area, kind="team", name=name)
    now = timezone.now()
    return DispatchUnit.objects.create(
        team=unit, kind="patrol", name=name, area_id=area, status=status, status_at=now, **fields
    )


def incident(cast: Cast) -> Incident:
    now = timezone.now()
    case = make_case(cast, kind="incident", category="public_order", at=now)
    return Incident.objects.create(
        case=case, kind_id="intrusion", priority=1, area_id=LONGMENLI, channel="phone",
        received_at=now, answered_at=now, answer_target=15, process_target=60, accept_target=60,
        arrive_target=300,
    )  # fmt: skip


def send(unit: DispatchUnit, to: Incident) -> Assignment:
    with transaction.atomic():
        made = Assignment.objects.create(unit=unit, incident=to, assigned_at=timezone.now())
    made.refresh_from_db()
    return made


def refused(row: Model, **changes: object) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**changes)


@pytest.mark.parametrize("status", ["off_duty", "out_of_service"])
def test_an_unavailable_unit_is_not_assigned(cast: Cast, status: str) -> None:
    with pytest.raises(IntegrityError, match="not available"):
        send(team(status=status), incident(cast))


def test_one_unit_goes_to_one_place_and_its_status_says_so(cast: Cast) -> None:
    unit = team()
    first = send(unit, incident(cast))
    assert DispatchUnit.objects.get(pk=unit.pk).status == "assigned"
    with pytest.raises(IntegrityError):
        send(unit, incident(cast))
    refused(unit, status="available")
    refused(unit, status="out_of_service")
    refused(unit, retired_at=timezone.now())
    for state, status in [("en_route", "en_route"), ("arrived", "at_scene")]:
        Assignment.objects.filter(pk=first.pk).update(state=state)
        assert DispatchUnit.objects.get(pk=unit.pk).status == status
    Assignment.objects.filter(pk=first.pk).update(state="done", ended_at=timezone.now())
    assert DispatchUnit.objects.get(pk=unit.pk).status == "available"
    refused(unit, status="at_scene")
    send(unit, incident(cast))


def test_a_liaison_is_asked_by_several(cast: Cast) -> None:
    desk = team(CITY, shared=True)
    first, second = send(desk, incident(cast)), send(desk, incident(cast))
    assert not first.exclusive
    assert not second.exclusive
    assert DispatchUnit.objects.get(pk=desk.pk).status == "available"
    refused(desk, status="off_duty")
    with pytest.raises(IntegrityError):
        send(desk, first.incident)


def test_the_case_and_its_incident_do_not_disagree(cast: Cast) -> None:
    one = incident(cast)
    with pytest.raises(IntegrityError, match="disagree"), transaction.atomic():
        Case.objects.filter(pk=one.case_id).update(state="declined")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_timeline_does_not_change(cast: Cast) -> None:
    row = TimelineEntry.objects.create(incident=incident(cast), verb="open", at=timezone.now())
    with pytest.raises(Exception, match="append"), transaction.atomic():
        TimelineEntry.objects.filter(pk=row.pk).update(verb="close")


def test_rows_are_seen_by_the_area_and_by_the_unit_that_is_out(cast: Cast) -> None:
    one, unit = incident(cast), team(GUANGZHOU_ROAD)
    seen = {}
    for name in ("city_dispatcher", "neighbour_clerk", "administrator"):
        with acting(cast.actor(name)):
            seen[name] = Incident.objects.filter(pk=one.pk).exists()
    assert seen == {"city_dispatcher": True, "neighbour_clerk": False, "administrator": False}
    out = send(unit, one)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE linli_web")
        cursor.execute("SELECT set_config('linli.units', %s, true)", [str(unit.team_id)])
        assert Incident.objects.filter(pk=one.pk).exists()
        assert not Case.objects.filter(pk=one.case_id).exists()
        Assignment.objects.filter(pk=out.pk).update(state="done", ended_at=timezone.now())
        assert not Incident.objects.filter(pk=one.pk).exists()
        assert Assignment.objects.filter(pk=out.pk).exists()
        cursor.execute("SET LOCAL ROLE NONE")
