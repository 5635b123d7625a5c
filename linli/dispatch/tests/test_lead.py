"""An incident from the answer to the report: its clocks, its case, and who may do what."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from linli.accounts.scope import acting
from linli.audit.models import Entry
from linli.cases.actions.reopen import reopen_case
from linli.cases.actions.resolve import resolve_case
from linli.cases.actions.withdraw import withdraw_case
from linli.cases.models import Case
from linli.dispatch.actions.accept import accept_assignment
from linli.dispatch.actions.add_report import add_report
from linli.dispatch.actions.answer_cards import answer_cards
from linli.dispatch.actions.arrive import arrive
from linli.dispatch.actions.ask_help import ask_help
from linli.dispatch.actions.close_incident import close_incident
from linli.dispatch.actions.decline import decline_assignment
from linli.dispatch.actions.finish import finish_assignment
from linli.dispatch.actions.merge_incident import merge_incident
from linli.dispatch.actions.need_none import need_none
from linli.dispatch.actions.recall import recall_assignment
from linli.dispatch.actions.set_out import set_out
from linli.dispatch.actions.set_priority import set_priority
from linli.dispatch.actions.tick import tick_step
from linli.dispatch.models import (
    Assignment,
    CheckItem,
    Clock,
    Incident,
    QuestionCard,
    Remark,
    Report,
    TimelineEntry,
)
from linli.dispatch.tests.room import Room, verbs
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted, Refused, Stale
from linli.notices.models import Notice
from tests.cast import LONGMENLI, OTHER_VILLAGE


def running(incident: Incident) -> set[str]:
    found = Clock.objects.filter(incident=incident, stopped_at=None, fired_at=None)
    return set(found.values_list("kind", flat=True))


def later(seconds: float) -> Any:
    return timezone.now() + timedelta(seconds=seconds)


def test_from_the_answer_to_the_report_every_clock_is_kept(room: Room) -> None:
    rang = timezone.now() - timedelta(seconds=9)
    incident = room.incident(received_at=rang)
    assert (incident.priority, incident.in_town, incident.arrive_target) == (1, True, 300)
    assert running(incident) == {"process", "step"}
    first, second = room.send(incident, "first", "second")
    assert running(incident) == {"accept", "arrive", "step"}
    room.act("first_member", accept_assignment, first.id)
    room.act("first_leader", set_out, first.id)
    assert room.unit("first").status == "en_route"
    room.act("first_leader", arrive, first.id, at=later(200))
    assert running(incident) == {"accept", "step"}
    with pytest.raises(IllegalMove, match="second"):
        room.act("city_dispatcher", close_incident, incident.id, result="handled", note="完")
    room.act("first_leader", finish_assignment, first.id, note="人已带离")
    room.act("city_dispatcher", recall_assignment, second.id, note="一队已够")
    done = room.act(
        "city_dispatcher",
        close_incident,
        incident.id,
        result="handled",
        note="闯入者带离，无人受伤",
    )
    incident = Incident.objects.get(pk=incident.id)
    assert incident.received_at == rang
    assert incident.dispatched_at == incident.processed_at
    assert incident.arrived_at is not None
    assert incident.closed_at == done.closed_at
    assert running(incident) == set()
    case = Case.objects.get(pk=incident.case_id)
    assert (case.kind, case.state, case.outcome) == ("incident", "resolved", "闯入者带离，无人受伤")
    assert verbs(incident) == [
        "open", "assign", "assign", "accept", "set_out", "arrive", "finish", "recall", "close",
    ]  # fmt: skip
    heard = Entry.objects.filter(object_id=str(incident.id)).order_by("id")
    assert [one.event for one in heard] == [f"incident.{verb}" for verb in verbs(incident)]
    assert room.unit("first").status == room.unit("second").status == "available"


def test_answers_set_the_priority_until_the_dispatcher_knows_better(room: Room) -> None:
    incident = room.incident()
    there, near = QuestionCard.objects.filter(kind="intrusion").order_by("position")
    act = room.act
    act("city_dispatcher", answer_cards, incident.id, answers={str(there.id): "no"})
    assert Incident.objects.get(pk=incident.id).priority == 2
    act("city_dispatcher", answer_cards, incident.id, answers={str(near.id): "yes"})
    assert Incident.objects.get(pk=incident.id).priority == 1
    with pytest.raises(Invalid):
        act("city_dispatcher", answer_cards, incident.id, answers={str(near.id): "maybe"})
    with pytest.raises(Invalid):
        act("city_dispatcher", set_priority, incident.id, priority=3, note=" ")
    act("city_dispatcher", set_priority, incident.id, priority=3, note="人已离开")
    assert Incident.objects.get(pk=incident.id).priority == 3
    assert Remark.objects.get(incident=incident).text == "人已离开"


def test_a_unit_declines_asks_for_help_and_the_desk_hears_it(room: Room) -> None:
    incident = room.incident()
    first, second = room.send(incident, "first", "second")
    with pytest.raises(Invalid):
        room.act("first_leader", decline_assignment, first.id, note="")
    room.act("first_leader", decline_assignment, first.id, note="车坏了")
    assert room.unit("first").status == "available"
    room.act("second_leader", accept_assignment, second.id)
    room.act("second_leader", ask_help, second.id)
    told = Notice.objects.filter(user=room.cast.users["city_dispatcher"])
    assert set(told.values_list("kind", flat=True)) == {"unit_declined", "unit_help"}
    sent = Notice.objects.filter(kind="unit_sent").values_list("user__username", flat=True)
    assert set(sent) == {"first_leader", "first_member", "second_leader", "second_member"}
    assert Assignment.objects.get(pk=second.id).help_at is not None


def test_only_its_people_and_the_desk_answer_for_a_unit(room: Room) -> None:
    incident = room.incident()
    first, _second = room.send(incident, "first", "second")
    with pytest.raises(NotFound):
        room.act("third_leader", accept_assignment, first.id)
    with pytest.raises(NotPermitted):
        room.act("second_leader", accept_assignment, first.id)
    with pytest.raises(NotPermitted):
        room.act("first_leader", recall_assignment, first.id, note="x")
    with pytest.raises(NotPermitted):
        room.act("clerk", add_report, incident.id, note="又有人报告")
    with pytest.raises(IllegalMove):
        room.act("first_leader", finish_assignment, first.id)
    room.act("city_dispatcher", accept_assignment, first.id)


def test_who_may_not_open_and_what_is_wrong_with_it(room: Room) -> None:
    with pytest.raises(NotPermitted):
        room.incident("clerk")
    with pytest.raises(NotPermitted):
        room.incident("director", area=OTHER_VILLAGE)
    for wrong in (
        {"kind": "nothing"}, {"answers": {"x": "yes"}}, {"received_at": later(60)},
        {"received_at": timezone.now() - timedelta(days=1)},
    ):  # fmt: skip
        with pytest.raises(Invalid):
            room.incident(**wrong)
    assert not Incident.objects.exists()


def test_reports_of_the_same_are_merged(room: Room) -> None:
    one, two = room.incident(), room.incident(channel="phone", text="家长来电")
    room.act("city_dispatcher", add_report, one.id, note="又一位家长来电")
    room.send(two, "third")
    with pytest.raises(IllegalMove, match="third"):
        room.act("city_dispatcher", merge_incident, two.id, into=one.id)
    sent = Assignment.objects.get(incident=two)
    room.act("city_dispatcher", recall_assignment, sent.id, note="同一起")
    room.act("city_dispatcher", merge_incident, two.id, into=one.id)
    two.refresh_from_db()
    assert (two.state, two.merged_into_id, two.case.state) == ("merged", one.id, "merged")
    assert Report.objects.filter(incident=one).count() == 3
    with pytest.raises(IllegalMove):
        room.send(two, "third")


def test_what_the_case_does_the_incident_does(room: Room) -> None:
    incident = room.incident()
    with pytest.raises(IllegalMove, match=r"still open|处置"):
        room.act("city_dispatcher", resolve_case, incident.case_id, note="绕过")
    [sent] = room.send(incident, "first")
    with pytest.raises(IllegalMove):
        room.act("city_dispatcher", withdraw_case, incident.case_id, note="误会")
    room.act("city_dispatcher", recall_assignment, sent.id, note="误会")
    room.act("city_dispatcher", withdraw_case, incident.case_id, note="误会")
    assert Incident.objects.get(pk=incident.id).state == "ended"
    other = room.incident()
    room.act("city_dispatcher", close_incident, other.id, result="false_alarm", note="误报")
    room.act("city_director", reopen_case, other.case_id, note="又来了")
    other.refresh_from_db()
    assert (other.state, other.closed_at, other.result) == ("open", None, "")
    assert verbs(other)[-2:] == ["close", "reopen"]


def test_the_plan_becomes_a_check_list_with_clocks(room: Room) -> None:
    incident = room.incident()
    items = list(CheckItem.objects.filter(incident=incident))
    assert [item.who for item in items][:3] == ["调度员", "调度员", "现场保安"]
    assert (items[0].due_at - incident.answered_at).total_seconds() == pytest.approx(60)
    room.act("city_dispatcher", tick_step, incident.id, item=items[0].id)
    with pytest.raises(IllegalMove):
        room.act("city_dispatcher", tick_step, incident.id, item=items[0].id)
    assert Clock.objects.get(check_item=items[0]).stopped_at is not None
    assert TimelineEntry.objects.filter(incident=incident, verb="tick").get().facts["late"] is False


def test_nobody_need_go_and_a_stale_page_is_refused(room: Room) -> None:
    incident = room.incident(kind="nuisance")
    seen = incident.version
    room.act("city_dispatcher", need_none, incident.id, note="电话劝说即可", seen=seen)
    assert running(incident) == set()
    with pytest.raises(Stale):
        room.act("city_dispatcher", need_none, incident.id, note="再说一次", seen=seen)
    with pytest.raises(IllegalMove):
        room.act("city_dispatcher", need_none, incident.id, note="再说一次")


def test_a_colleague_closes_what_another_opened(room: Room) -> None:
    incident = room.incident("director", area=LONGMENLI)
    assert incident.case.holder_id == room.cast.posts["620302003"].id
    with pytest.raises(Refused), acting(room.cast.actor("city_dispatcher")):
        close_incident(
            incident.id, result="handled", note="x", actor=room.cast.actor("city_dispatcher"),
            at=timezone.now(),
        )  # fmt: skip
    room.act("director", close_incident, incident.id, result="handled", note="办结")
