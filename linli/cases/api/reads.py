"""Reading cases: one, its timeline, its parties (masked)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query

from linli.accounts.actor import actor_of
from linli.accounts.gate import scoped
from linli.cases.actions.parties import opened
from linli.cases.api.routes import router
from linli.cases.api.schemas import CaseDetail, CaseFilter, CasePage, EventOut, PartyOut
from linli.cases.lights import light_of
from linli.cases.models import Case, Event, Party
from linli.cases.policy import visible_to
from linli.cases.queries.case import case_for
from linli.cases.queries.feed import feed
from linli.cases.queries.offers import verbs_for
from linli.cases.queries.selection import Selection
from linli.kernel.crypto import mask
from linli.kernel.errors import NotFound

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


@router.get("/cases", response=CasePage, tags=["cases"], summary="Cases, newest first")
@scoped("cases:read")
def many(request: HttpRequest, asked: Query[CaseFilter]) -> Any:
    """Return a page of the cases the caller may see."""
    actor = actor_of(request)
    found = feed(actor, _selection(asked), now=timezone.now(), after=asked.after, most=asked.limit)
    following = f'"{found.next}"' if found.next else "null"
    # Written already: checking a hundred objects against the schema would cost more than all else.
    body = f'{{"cases":[{",".join(found.objects)}],"next":{following}}}'
    return HttpResponse(body, content_type="application/json")


def _selection(asked: CaseFilter) -> Selection:
    return Selection(
        area=asked.area or "",
        kind=asked.kind or "",
        category=asked.category,
        state=asked.state or "",
        level=asked.level or "",
        light=asked.light or "",
        overdue=asked.overdue,
        channel=asked.channel or "",
        handlers=(asked.handler,) if asked.handler else None,
        units=(asked.unit,) if asked.unit else None,
        since=asked.since,
        until=asked.until,
        number=asked.number,
        words=asked.words,
        order=asked.order,
    )


@router.get("/cases/{uuid:case_id}", response=CaseDetail, tags=["cases"], summary="A case")
@scoped("cases:read")
def one(request: HttpRequest, case_id: UUID) -> Any:
    """Return a case with the verbs its caller can do now."""
    actor = actor_of(request)
    found = case_for(actor, case_id)
    if found is None:
        raise NotFound(_("There is no such case here."))
    case, facts = found
    now = timezone.now()
    return _detail(case, now) | {"verbs": verbs_for(actor, case, facts, now)}


@router.get(
    "/cases/{uuid:case_id}/timeline",
    response=list[EventOut],
    tags=["cases"],
    summary="Its timeline",
)
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


@router.get(
    "/cases/{uuid:case_id}/parties", response=list[PartyOut], tags=["cases"], summary="Its parties"
)
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
    actor = actor_of(request)
    if not Case.objects.filter(visible_to(actor), pk=case_id).exists():
        raise NotFound(_("There is no such case here."))
