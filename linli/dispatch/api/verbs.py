"""Opening incidents, ``POST /incidents/{id}/{verb}`` for each step, and the units' answers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja.responses import Status

from linli.accounts.actor import actor_of
from linli.accounts.gate import claimed, scoped
from linli.dispatch.actions.accept import accept_assignment
from linli.dispatch.actions.add_report import add_report
from linli.dispatch.actions.answer_cards import answer_cards
from linli.dispatch.actions.arrive import arrive
from linli.dispatch.actions.ask_help import ask_help
from linli.dispatch.actions.assign_units import assign_units
from linli.dispatch.actions.close_incident import close_incident
from linli.dispatch.actions.decline import decline_assignment
from linli.dispatch.actions.finish import finish_assignment
from linli.dispatch.actions.hand_over import hand_over_desk
from linli.dispatch.actions.merge_incident import merge_incident
from linli.dispatch.actions.need_none import need_none
from linli.dispatch.actions.open_for_alarm import open_for_alarm
from linli.dispatch.actions.open_incident import Told, open_incident
from linli.dispatch.actions.recall import recall_assignment
from linli.dispatch.actions.remark import remark_incident
from linli.dispatch.actions.report_situation import report_situation
from linli.dispatch.actions.review_incident import review_incident
from linli.dispatch.actions.set_out import set_out
from linli.dispatch.actions.set_priority import set_priority
from linli.dispatch.actions.tick import tick_step
from linli.dispatch.api import schemas
from linli.dispatch.api.reads import assignment_out, incident_out
from linli.dispatch.api.routes import router
from linli.dispatch.api.schemas import AssignmentOut, HandoverOut, IncidentOut
from linli.dispatch.models import Assignment, Incident
from linli.dispatch.queries import page as reads
from linli.dispatch.queries.recommend import chosen, recommendation
from linli.kernel.bodies import Key
from linli.kernel.ids import new_id

# Verb → its body and its action.
VERBS: dict[str, tuple[type[schemas.StepIn], Callable[..., object]]] = {
    "set_priority": (schemas.PriorityIn, set_priority),
    "answer_cards": (schemas.AnswersIn, answer_cards),
    "add_report": (schemas.ReportIn, add_report),
    "need_none": (schemas.NoteIn, need_none),
    "tick": (schemas.TickIn, tick_step),
    "remark": (schemas.NoteIn, remark_incident),
    "report": (schemas.SituationIn, report_situation),
    "close": (schemas.CloseIn, close_incident),
    "review": (schemas.ReviewIn, review_incident),
}
# Answer → its action, and whether it takes words.
ANSWERS: dict[str, tuple[Callable[..., Assignment], bool]] = {
    "accept": (accept_assignment, False),
    "set_out": (set_out, False),
    "arrive": (arrive, False),
    "finish": (finish_assignment, True),
    "ask_help": (ask_help, True),
    "decline": (decline_assignment, True),
    "recall": (recall_assignment, True),
}


@router.post("/incidents", response={201: IncidentOut}, summary="Open an incident")
@scoped("dispatch:write")
def open_one(request: HttpRequest, given: schemas.OpenIn, key: Key = None) -> Any:
    """Register the case and open its incident. The same key again gives the same incident."""
    actor, now, case_id = actor_of(request), timezone.now(), new_id()
    if first := claimed(request, key, case_id):
        return Status(201, incident_out(Incident.objects.get(case=first)))
    values = given.dict(exclude_unset=True, exclude_none=True)
    values["answers"] = {str(card): code for card, code in values.get("answers", {}).items()}
    made = open_incident(Told(**values), actor=actor, at=now, case_id=case_id)
    return Status(201, incident_out(made))


@router.post(
    "/alarms/{uuid:alarm_id}/incident", response={201: IncidentOut},
    summary="Answer an alarm and open its incident",
)  # fmt: skip
@scoped("dispatch:write")
def for_alarm(request: HttpRequest, alarm_id: UUID, given: schemas.ForAlarmIn) -> Any:
    """Asked again, the first incident stands."""
    values = given.dict(exclude_unset=True, exclude_none=True)
    made = open_for_alarm(alarm_id, actor=actor_of(request), at=timezone.now(), **values)
    return Status(201, incident_out(made))


@router.post(
    "/incidents/{uuid:incident_id}/assign", response={201: list[AssignmentOut]},
    summary="Send units",
)  # fmt: skip
@scoped("dispatch:write")
def assign(request: HttpRequest, incident_id: UUID, given: schemas.SendIn) -> Any:
    """Send all of the units or none; a unit that is not available refuses it (409)."""
    actor, now = actor_of(request), timezone.now()
    incident = reads.incident_for(actor, incident_id)
    why = chosen(recommendation(incident, actor, now), among=given.units)
    made = assign_units(
        incident_id, units=given.units, actor=actor, at=now, why=why, seen=given.version
    )
    return Status(201, [assignment_out(one) for one in made])


@router.post(
    "/incidents/{uuid:incident_id}/merge", response=IncidentOut, summary="Merge into another"
)
@scoped("dispatch:write")
def merge(request: HttpRequest, incident_id: UUID, given: schemas.MergeIn) -> Any:
    """End the incident as the same as another, which goes on."""
    actor = actor_of(request)
    return incident_out(
        merge_incident(incident_id, into=given.into, actor=actor, at=timezone.now())
    )


@router.post("/dispatch/handover", response={201: HandoverOut}, summary="Hand the desk over")
@scoped("dispatch:write")
def hand_over(request: HttpRequest, given: schemas.HandoverIn) -> Any:
    """Give every open incident the caller leads to a colleague of the desk."""
    done = hand_over_desk(
        taker=given.taker, note=given.note, actor=actor_of(request), at=timezone.now()
    )
    return Status(201, {"id": done.id, "incidents": done.incidents})


def _step(verb: str) -> Callable[..., Any]:
    body, action = VERBS[verb]

    def operation(request: HttpRequest, incident_id: UUID, given: Any) -> Any:
        values = given.dict(exclude_unset=True, exclude_none=True)
        seen = values.pop("version", None)
        if "answers" in values:
            values["answers"] = {str(card): code for card, code in values["answers"].items()}
        if verb == "review":
            values = {"good": given.good, "better": given.better}
        action(incident_id, actor=actor_of(request), at=timezone.now(), seen=seen, **values)
        return incident_out(Incident.objects.get(pk=incident_id))

    operation.__name__ = f"{verb}_incident"
    operation.__doc__ = action.__doc__
    # The framework reads the body's schema from here.
    operation.__annotations__ = {"request": HttpRequest, "incident_id": UUID, "given": body}
    return operation


def _answer(verb: str) -> Callable[..., Any]:
    action, takes_words = ANSWERS[verb]

    def operation(request: HttpRequest, assignment_id: UUID, given: schemas.AnswerIn) -> Any:
        values = {"note": given.note} if takes_words else {}
        done = action(assignment_id, actor=actor_of(request), at=timezone.now(), **values)
        return assignment_out(done)

    operation.__name__ = f"{verb}_assignment"
    operation.__doc__ = action.__doc__
    operation.__annotations__ = {
        "request": HttpRequest, "assignment_id": UUID, "given": schemas.AnswerIn,
    }  # fmt: skip
    return operation


for _verb in VERBS:
    router.post(
        f"/incidents/{{uuid:incident_id}}/{_verb}",
        response=IncidentOut,
        summary=_verb.replace("_", " ").capitalize(),
        operation_id=f"incident_{_verb}",
    )(scoped("dispatch:write")(_step(_verb)))
for _verb in ANSWERS:
    router.post(
        f"/dispatch/assignments/{{uuid:assignment_id}}/{_verb}",
        response=AssignmentOut,
        summary=_verb.replace("_", " ").capitalize(),
        operation_id=f"assignment_{_verb}",
    )(scoped("dispatch:write")(_answer(_verb)))
