"""Reading cases: one, its timeline, its parties (masked)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router

from linli.accounts.actor import Actor
from linli.accounts.gate import scoped
from linli.cases.actions.parties import opened
from linli.cases.api.schemas import CaseDetail, EventOut, PartyOut
from linli.cases.lights import light_of
from linli.cases.models import Case, Event, Party
from linli.cases.policy import visible_to
from linli.cases.queries.case import case_for
from linli.cases.queries.offers import verbs_for
from linli.kernel.crypto import mask
from linli.kernel.errors import NotFound

router = Router(tags=["cases"])

_SAME = (
    "id", "number", "kind", "title", "state", "level", "channel", "opened_at", "due_at", "version",
    "description", "scale", "difficulty", "urgency", "high_risk", "place", "latitude", "longitude",
    "happened_on", "source_number", "returns", "supervised", "resolved_at", "resolved_level",
    "outcome", "followed_up_at", "satisfaction", "closed_at", "referred_to",
)  # fmt: skip


def _detail(case: Case, now: datetime) -> dict[str, Any]:
    row = {name: getattr(case, name) for name in _SAME}
    return row | {
        "category": case.category_id,
        "area": case.area_id,
        "light": light_of(case, now),
        "holder": case.holder_id,
        "handler": case.handler_id,
        "merged_into": case.merged_into_id,
    }


@router.get("/cases/{uuid:case_id}", response=CaseDetail, summary="A case")
@scoped("cases:read")
def one(request: HttpRequest, case_id: UUID) -> Any:
    """Return a case with the verbs its caller can do now."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = case_for(actor, case_id)
    if found is None:
        raise NotFound(_("There is no such case here."))
    case, facts = found
    now = timezone.now()
    return _detail(case, now) | {"verbs": verbs_for(actor, case, facts, now)}


@router.get("/cases/{uuid:case_id}/timeline", response=list[EventOut], summary="Its timeline")
@scoped("cases:read")
def timeline(request: HttpRequest, case_id: UUID) -> Any:
    """Return everything that happened, oldest first."""
    _visible(request, case_id)
    events = Event.objects.filter(case=case_id).select_related("note").order_by("id")
    return [
        {
            "id": event.id,
            "verb": event.verb,
            "at": event.at,
            "actor": event.actor_id,
            "from_state": event.from_state,
            "to_state": event.to_state,
            "unit": event.unit_id,
            "facts": event.facts,
            "note": event.note.text if hasattr(event, "note") else None,
        }
        for event in events
    ]


@router.get("/cases/{uuid:case_id}/parties", response=list[PartyOut], summary="Its parties")
@scoped("cases:read")
def parties(request: HttpRequest, case_id: UUID) -> Any:
    """Return the parties, masked; opening one is a request of its own."""
    _visible(request, case_id)
    return [
        {
            "id": party.id,
            "role": party.role,
            "is_organisation": party.is_organisation,
            "name": mask(str(opened(party).get("name", ""))),
        }
        for party in Party.objects.filter(case=case_id).order_by("id")
    ]


def _visible(request: HttpRequest, case_id: UUID) -> None:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not Case.objects.filter(visible_to(actor), pk=case_id).exists():
        raise NotFound(_("There is no such case here."))
