"""``POST /mediations/{id}/{verb}``: one operation a verb, made from one table; and how one begins."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Status

from linli.accounts.actor import actor_of
from linli.accounts.gate import scoped
from linli.mediation.actions.accept import accept_mediation
from linli.mediation.actions.agree import agree_mediation
from linli.mediation.actions.alarm import alarm_mediation
from linli.mediation.actions.amend import amend_mediation
from linli.mediation.actions.answer import answer_mediation
from linli.mediation.actions.apply import apply_for_mediation
from linli.mediation.actions.archive import archive_mediation
from linli.mediation.actions.breach import breach_mediation
from linli.mediation.actions.conclude import conclude_mediation
from linli.mediation.actions.confirm import Court, confirm_mediation
from linli.mediation.actions.declare import declare_mediation
from linli.mediation.actions.drafting import Draft, Owed
from linli.mediation.actions.end import end_mediation
from linli.mediation.actions.extend import extend_mediation
from linli.mediation.actions.fail import fail_mediation
from linli.mediation.actions.follow_up import follow_up_mediation
from linli.mediation.actions.hold import hold_session
from linli.mediation.actions.mend import mend_mediation
from linli.mediation.actions.object import object_mediation
from linli.mediation.actions.offer import offer_mediation
from linli.mediation.actions.opening import Opening
from linli.mediation.actions.pay import pay_mediation
from linli.mediation.actions.perform import perform_mediation
from linli.mediation.actions.plan import Meeting, plan_session
from linli.mediation.actions.receive import receive_mediation
from linli.mediation.actions.redraft import redraft_mediation
from linli.mediation.actions.refuse import refuse_mediation
from linli.mediation.actions.remediate import remediate_mediation
from linli.mediation.actions.remind import remind_mediation
from linli.mediation.actions.reverse import reverse_mediation
from linli.mediation.actions.seat import seat_mediator
from linli.mediation.actions.sign import sign_mediation
from linli.mediation.actions.take_effect import take_effect_mediation
from linli.mediation.api import schemas
from linli.mediation.api.reads import moved
from linli.mediation.api.routes import router
from linli.mediation.api.schemas import Moved, StepIn
from linli.mediation.choices import REFERRERS, Source
from linli.mediation.models import Mediation

type Values = dict[str, Any]


def _same(values: Values) -> Values:
    return values


def _with_meeting(values: Values) -> Values:
    told = values.get("meeting")
    return values | ({"meeting": Meeting(**told)} if told else {})


def _with_draft(values: Values) -> Values:
    kept = {name: values.pop(name) for name in ("outcome",) if name in values}
    owed = [Owed(**one) for one in values.pop("obligations", ())]
    clauses = [(text, None) for text in values.pop("clauses")]
    return kept | {"draft": Draft(**values, clauses=clauses, obligations=owed)}


def _amended(values: Values) -> Values:
    return {"draft": _with_draft(values)["draft"]}


def _with_court(values: Values) -> Values:
    return {"told": Court(**values)}


def _signed(values: Values) -> Values:
    return values | {"signer": str(values["signer"])}


# Verb → its body, its action, and how the one becomes the other's arguments.
VERBS: dict[str, tuple[type[StepIn], Callable[..., object], Callable[[Values], Values]]] = {
    "seat": (schemas.SeatIn, seat_mediator, _same),
    "declare": (schemas.DeclareIn, declare_mediation, _same),
    "object": (schemas.ObjectIn, object_mediation, _same),
    "accept": (schemas.AcceptIn, accept_mediation, _same),
    "refuse": (schemas.RoutesIn, refuse_mediation, _same),
    "extend": (schemas.ExtendIn, extend_mediation, _same),
    "plan": (schemas.PlanIn, plan_session, _with_meeting),
    "hold": (schemas.HoldIn, hold_session, _with_meeting),
    "alarm": (schemas.NoteIn, alarm_mediation, _same),
    "agree": (schemas.DraftIn, agree_mediation, _with_draft),
    "redraft": (schemas.NoteIn, redraft_mediation, _same),
    "sign": (schemas.SignIn, sign_mediation, _signed),
    "take_effect": (schemas.EffectIn, take_effect_mediation, _same),
    "fail": (schemas.FailIn, fail_mediation, _same),
    "end": (schemas.EndIn, end_mediation, _same),
    "amend": (schemas.DraftIn, amend_mediation, _amended),
    "pay": (schemas.PayIn, pay_mediation, _same),
    "remind": (schemas.RemindIn, remind_mediation, _same),
    "reverse": (schemas.ReverseIn, reverse_mediation, _same),
    "perform": (schemas.PerformIn, perform_mediation, _same),
    "breach": (schemas.BreachIn, breach_mediation, _same),
    "mend": (schemas.NoteIn, mend_mediation, _same),
    "confirm": (schemas.CourtIn, confirm_mediation, _with_court),
    "remediate": (schemas.NoteIn, remediate_mediation, _same),
    "follow_up": (schemas.FollowUpIn, follow_up_mediation, _same),
    "conclude": (schemas.StepIn, conclude_mediation, _same),
    "answer": (schemas.AnswerIn, answer_mediation, _same),
    "archive": (schemas.ArchiveIn, archive_mediation, _same),
}


@router.post(
    "/cases/{uuid:case_id}/mediations", response={201: Moved}, summary="Begin a mediation of a case"
)
@scoped("cases:write")
def begin(request: HttpRequest, case_id: UUID, given: schemas.OpeningIn) -> Any:
    """Begin by application, of the committee's own motion, or by a referral: as the source says."""
    told = given.dict(exclude_unset=True)
    consents = list(told.pop("consents", {}).items())
    act = receive_mediation if given.source in REFERRERS else _BY_SOURCE[given.source]
    opening = Opening(**told, consents=consents)
    begun = act(case_id, opening, actor=actor_of(request), at=timezone.now())
    return Status(201, moved(begun))


_BY_SOURCE = {Source.APPLICATION: apply_for_mediation, Source.OWN: offer_mediation}


def _operation(verb: str) -> Callable[..., Any]:
    body, action, convert = VERBS[verb]

    def operation(request: HttpRequest, mediation_id: UUID, given: Any) -> Any:
        values: Values = given.dict(exclude_unset=True, exclude_none=True)
        seen = values.pop("version", None)
        action(
            mediation_id, actor=actor_of(request), at=timezone.now(), seen=seen, **convert(values)
        )
        return moved(Mediation.objects.get(pk=mediation_id))

    operation.__name__ = f"{verb}_mediation"
    operation.__doc__ = action.__doc__
    # The framework reads the body's schema from here.
    operation.__annotations__ = {"request": HttpRequest, "mediation_id": UUID, "given": body}
    return operation


for _verb in VERBS:
    router.post(
        f"/mediations/{{uuid:mediation_id}}/{_verb}",
        response=Moved,
        summary=_verb.replace("_", " ").capitalize(),
        operation_id=f"mediation_{_verb}",
    )(scoped("cases:write")(_operation(_verb)))
