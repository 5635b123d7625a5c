"""Seat, object, declare: who mediates, whom a party refuses, and who has a conflict of interest."""

from typing import Any

import pytest
from django.utils import timezone

from linli.accounts.models import Role
from linli.cases.tests.desk import text_of
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted
from linli.mediation.actions.accept import accept_mediation
from linli.mediation.actions.declare import declare_mediation
from linli.mediation.actions.hold import hold_session
from linli.mediation.actions.object import object_mediation
from linli.mediation.actions.seat import seat_mediator
from linli.mediation.models import Conflict, Mediation, SessionSeat
from linli.mediation.tests.table import Table, told
from linli.mediation.tests.test_sessions import HOUR, meeting, plan


def seated(mediation: Mediation) -> list[str]:
    """Return the names of whoever mediates now."""
    now = mediation.seats.filter(until=None).order_by("user__name")
    return list(now.values_list("user__name", flat=True))


def seat(table: Table, mediation: Mediation, who: str, by: str = "mediator", **more: Any) -> None:
    """Name a mediator."""
    table.act(by, seat_mediator, mediation.id, user=table.cast.users[who].id, **more)


def refuse(table: Table, mediation: Mediation, who: str, **more: Any) -> None:
    """Write down that the respondent does not accept a mediator."""
    given = {
        "user": table.cast.users[who].id,
        "participant": table.party(mediation, "respondent").id,
        "note": "与对方熟识",
    } | more
    table.act("mediator", object_mediation, mediation.id, **given)


def declare(table: Table, mediation: Mediation, who: str, **more: Any) -> None:
    """Write down what a mediator answered."""
    table.act("mediator", declare_mediation, mediation.id, user=table.cast.users[who].id, **more)


def test_a_new_chief_takes_the_place_and_helpers_stay(table: Table) -> None:
    mediation = table.applied()
    seat(table, mediation, "mediator")
    seat(table, mediation, "village_director", chief=False)
    seat(table, mediation, "second_mediator", chosen_by="parties")
    assert seated(mediation) == ["second_mediator", "village_director"]
    last = mediation.events.order_by("-id")[0]
    assert last.facts["chosen_by"] == "parties"
    assert told(mediation) == ["apply", "seat", "seat", "seat"]


def test_only_members_of_the_committee_are_named(table: Table) -> None:
    mediation = table.applied()
    with pytest.raises(Invalid) as wrong:
        seat(table, mediation, "clerk")
    assert "user" in wrong.value.fields
    # Another role in the same unit does not make a mediator.
    Role.objects.filter(user=table.cast.users["second_mediator"]).update(kind="window_clerk")
    with pytest.raises(Invalid):
        seat(table, mediation, "second_mediator")
    assert seated(mediation) == []


def test_who_may_name(table: Table) -> None:
    mediation = table.applied()
    with pytest.raises(NotPermitted):
        seat(table, mediation, "mediator", by="director")
    with pytest.raises(NotFound):
        seat(table, mediation, "mediator", by="neighbour_clerk")
    seat(table, mediation, "mediator", by="village_director")
    assert told(mediation) == ["apply", "seat"]


def test_a_planned_session_goes_to_the_new_mediator(table: Table) -> None:
    mediation = table.accepted()
    plan(table, mediation, timezone.now() + HOUR)
    seat(table, mediation, "second_mediator")
    places = SessionSeat.objects.filter(mediation=mediation)
    assert [one.user.name for one in places] == ["second_mediator"]
    other = table.accepted()
    plan(table, other, timezone.now() + HOUR)
    with pytest.raises(Invalid) as wrong:
        seat(table, other, "second_mediator")
    assert "user" in wrong.value.fields
    assert seated(other) == ["mediator"]


def test_a_refused_mediator_leaves_and_only_the_parties_bring_them_back(table: Table) -> None:
    mediation = table.accepted()
    refuse(table, mediation, "mediator")
    assert seated(mediation) == []
    assert told(mediation)[-1] == "object"
    event = mediation.events.order_by("-id")[0]
    assert event.note.text == "与对方熟识"
    assert "与对方熟识" not in str(event.facts)
    with pytest.raises(IllegalMove) as refused:
        seat(table, mediation, "mediator")
    assert "23" in str(refused.value.hint)
    seat(table, mediation, "mediator", chosen_by="parties")
    assert seated(mediation) == ["mediator"]


def test_whom_and_why_is_needed(table: Table) -> None:
    mediation = table.accepted()
    with pytest.raises(Invalid):
        refuse(table, mediation, "mediator", note=" ")
    with pytest.raises(Invalid) as wrong:
        refuse(table, mediation, "second_mediator")
    assert "user" in wrong.value.fields
    other = table.party(table.accepted(), "respondent")
    with pytest.raises(Invalid) as wrong:
        refuse(table, mediation, "mediator", participant=other.id)
    assert "participant" in wrong.value.fields
    assert seated(mediation) == ["mediator"]


def test_without_a_mediator_no_session_is_held(table: Table) -> None:
    mediation = table.accepted()
    refuse(table, mediation, "mediator")
    wanted = meeting(table, mediation, timezone.now())
    came = [table.party(mediation, "applicant").id]
    with pytest.raises(IllegalMove) as refused:
        table.act("second_mediator", hold_session, mediation.id, came=came, meeting=wanted)
    assert "19" in str(refused.value.hint)


def test_whoever_has_a_conflict_leaves_and_is_not_named_again(table: Table) -> None:
    mediation = table.accepted()
    with pytest.raises(Invalid) as wrong:
        declare(table, mediation, "mediator", has_conflict=True)
    assert "relation" in wrong.value.fields
    declare(table, mediation, "mediator", has_conflict=True, relation="申请人的表兄")
    assert seated(mediation) == []
    assert Conflict.objects.get(mediation=mediation).relation == "申请人的表兄"
    facts = mediation.events.order_by("-id")[0].facts
    assert facts["left"]
    assert "表兄" not in str(facts)
    for chosen_by in ("committee", "parties"):
        with pytest.raises(IllegalMove):
            seat(table, mediation, "mediator", chosen_by=chosen_by, no_conflict=True)
    # A mistake is put right by another answer.
    declare(table, mediation, "mediator", has_conflict=False)
    seat(table, mediation, "mediator")
    assert told(mediation)[-3:] == ["declare", "declare", "seat"]


def test_nobody_accepts_against_a_refusal(table: Table) -> None:
    mediation = table.applied()
    seat(table, mediation, "mediator")
    refuse(table, mediation, "mediator")
    with pytest.raises(IllegalMove):
        table.act("mediator", accept_mediation, mediation.id)
    table.act("second_mediator", accept_mediation, mediation.id, no_conflict=True)
    assert seated(mediation) == ["second_mediator"]
    assert not Conflict.objects.get(mediation=mediation).has_conflict


def test_not_after_the_end(table: Table) -> None:
    mediation = table.in_effect()
    for act in (refuse, seat):
        with pytest.raises(IllegalMove):
            act(table, mediation, "mediator")
    with pytest.raises(IllegalMove):
        declare(table, mediation, "mediator", has_conflict=False)


def test_on_the_page(table: Table) -> None:
    mediation, client = table.accepted(), table.client("mediator")
    page = f"/mediations/{mediation.id}/"
    shown = text_of(client.get(page))
    assert f'button-primary" href="{page}declare/"' in shown
    mine = table.cast.users["mediator"].id
    answer = {"version": mediation.version, "user": mine, "has_conflict": "0"}
    assert client.post(page + "declare/", answer).status_code == 302
    assert "已询问：无利害关系" in text_of(client.get(page))
    mediation = table.fresh(mediation)
    form = {
        "version": mediation.version,
        "participant": table.party(mediation, "respondent").id,
        "user": mine,
    }
    kept = client.post(page + "object/", form)
    assert kept.status_code == 422
    assert client.post(page + "object/", form | {"note": "不信任"}).status_code == 302
    assert told(mediation)[-2:] == ["declare", "object"]
    shown = text_of(client.get(page))
    for line in (
        "记录对调解员的异议：mediator",
        "询问利害关系：mediator：没有",
        "指定调解员：mediator",
    ):
        assert line in shown, line
    assert f'button-primary" href="{page}seat/"' in shown
    assert page + "object/" not in shown
    assert page + "object/" not in text_of(table.client("clerk").get(page))
