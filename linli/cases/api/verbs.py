"""``POST /cases/{id}/{verb}``: one operation a verb, made from one table."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Schema

from linli.accounts.gate import scoped
from linli.cases.actions.accept import accept_case
from linli.cases.actions.assign import assign_case
from linli.cases.actions.assist import assist_case
from linli.cases.actions.classify import classify_case
from linli.cases.actions.close import close_case
from linli.cases.actions.decline import decline_case
from linli.cases.actions.deny import deny_case
from linli.cases.actions.designate import designate_case
from linli.cases.actions.escalate import escalate_case
from linli.cases.actions.extend import extend_case
from linli.cases.actions.follow_up import follow_up_case
from linli.cases.actions.grant import grant_case
from linli.cases.actions.hand_over import hand_over_case
from linli.cases.actions.merge import merge_case
from linli.cases.actions.progress import progress_case
from linli.cases.actions.refer import refer_case
from linli.cases.actions.remind import remind_case
from linli.cases.actions.reopen import reopen_case
from linli.cases.actions.resolve import resolve_case
from linli.cases.actions.resume import resume_case
from linli.cases.actions.return_ import return_case
from linli.cases.actions.supervise import supervise_case
from linli.cases.actions.suspend import suspend_case
from linli.cases.actions.withdraw import withdraw_case
from linli.cases.api import schemas
from linli.cases.api.routes import router
from linli.cases.api.schemas import VerbIn
from linli.cases.models import Case
from linli.kernel.bodies import Input

type Action = Callable[..., Case]

VERBS: dict[str, tuple[type[Input], Action]] = {
    "classify": (schemas.ClassifyIn, classify_case),
    "assign": (schemas.AssignIn, assign_case),
    "designate": (schemas.DesignateIn, designate_case),
    "accept": (schemas.PlainIn, accept_case),
    "return": (VerbIn, return_case),
    "progress": (VerbIn, progress_case),
    "suspend": (VerbIn, suspend_case),
    "resume": (VerbIn, resume_case),
    "escalate": (VerbIn, escalate_case),
    "refer": (schemas.ReferIn, refer_case),
    "remind": (VerbIn, remind_case),
    "supervise": (VerbIn, supervise_case),
    "resolve": (VerbIn, resolve_case),
    "reopen": (VerbIn, reopen_case),
    "merge": (schemas.MergeIn, merge_case),
    "withdraw": (VerbIn, withdraw_case),
    "decline": (VerbIn, decline_case),
    "follow_up": (schemas.FollowUpIn, follow_up_case),
    "close": (VerbIn, close_case),
    "extend": (schemas.ExtendIn, extend_case),
    "grant": (VerbIn, grant_case),
    "deny": (VerbIn, deny_case),
    "assist": (schemas.AssistIn, assist_case),
    "hand_over": (schemas.HandOverIn, hand_over_case),
}


class Moved(Schema):
    """Where the case is after the move."""

    id: UUID
    state: str
    holder: UUID
    version: int


def _operation(verb: str, body: type[Input], action: Action) -> Callable[..., Any]:
    def operation(request: HttpRequest, case_id: UUID, given: Any) -> Any:
        told = given.dict(exclude_unset=True)
        values = {k: v for k, v in told.items() if v is not None or k in body.nullable}
        seen = values.pop("version", None)
        actor: Any = request.actor  # type: ignore[attr-defined]
        if "note" not in values and "note" in body.model_fields:
            values["note"] = ""
        case = action(case_id, actor=actor, at=timezone.now(), seen=seen, **values)
        return {
            "id": case.id,
            "state": case.state,
            "holder": case.holder_id,
            "version": case.version,
        }

    operation.__name__ = f"{verb}_case"
    operation.__doc__ = action.__doc__
    # The framework reads the body's schema from here.
    operation.__annotations__ = {"request": HttpRequest, "case_id": UUID, "given": body}
    return operation


for _verb, (_body, _action) in VERBS.items():
    router.post(
        f"/cases/{{uuid:case_id}}/{_verb}",
        response=Moved,
        tags=["verbs"],
        summary=_verb.replace("_", " ").capitalize(),
        operation_id=f"case_{_verb}",
    )(scoped("cases:write")(_operation(_verb, _body, _action)))
