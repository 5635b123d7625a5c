"""The JSON API of routing: the rules that are on, where a matter would go, the trial of a draft."""

from datetime import date, datetime, time
from types import SimpleNamespace
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field

from linli.accounts.actor import actor_of
from linli.accounts.gate import scoped
from linli.areas.queries import area as find_area
from linli.cases.choices import Channel, Kind, Urgency
from linli.kernel.errors import Invalid, NotFound
from linli.routing.models import Rule
from linli.routing.policy import permit_reading, permit_writing
from linli.routing.queries import where_to
from linli.routing.queries.sets import draft_of, rules_of, set_of
from linli.routing.queries.trial import trial
from linli.routing.sentences import sentence

router = Router(tags=["routing"])


class RuleOut(Schema):
    """A rule; an empty list stands for everything. ``sentence`` is in the caller's language."""

    id: UUID
    position: int
    sentence: str
    place: str
    kinds: list[str]
    categories: list[str]
    urgencies: list[str]
    channels: list[str]
    hours: str
    days: str
    weekdays: list[int]
    since: time | None
    until: time | None
    starts: date | None
    ends: date | None
    unit: UUID
    handler: UUID | None
    why: str


class RulesOut(Schema):
    """The rules that are on in an area; ``version`` is None where none were ever switched on."""

    area: str
    version: int | None
    rules: list[RuleOut]


class AskedIn(Schema):
    """A matter as far as rules look at it."""

    area: Annotated[str, Field(pattern=r"^[0-9]{4,15}$", examples=["620302003002"])]
    kind: Kind
    channel: Channel
    category: Annotated[str, Field(max_length=30, pattern=r"^[^\x00]*$")] | None = None
    urgency: Urgency = Urgency.NORMAL


class RouteOut(Schema):
    """Where it would go now; ``rule`` is None where none fits and the lowest centre gets it."""

    unit: UUID
    unit_name: str
    handler: UUID | None
    rule: UUID | None
    number: str
    reason: str


class MoveOut(Schema):
    """So many cases would have gone to ``after`` instead of ``before``."""

    before: str
    after: str
    cases: int


class TrialOut(Schema):
    """What a draft would have changed of the cases of the last 30 days; ``hits`` by rule."""

    since: datetime
    until: datetime
    total: int
    changed: int
    moves: list[MoveOut]
    hits: dict[str, int]


_SAME = (
    "id", "position", "kinds", "categories", "urgencies", "channels", "hours", "days", "weekdays",
    "since", "until", "starts", "ends", "why",
)  # fmt: skip


def _row(rule: Rule) -> dict[str, Any]:
    plain = {name: getattr(rule, name) for name in _SAME}
    targets = {"place": rule.place_id, "unit": rule.unit_id, "handler": rule.handler_id}
    return {**plain, **targets, "sentence": sentence(rule)}


@router.get("/areas/{code}/routing", response=RulesOut, summary="The rules that are on in an area")
@scoped("areas:read")
def on(request: HttpRequest, code: str) -> Any:
    """Return the rules of exactly this area, in the order in which they are asked."""
    permit_reading(actor_of(request), code)
    found = set_of(find_area(code).code)
    rows = [_row(rule) for rule in rules_of(found)]
    return {"area": code, "version": found.number if found else None, "rules": rows}


@router.post("/routing/ask", response=RouteOut, summary="Where a matter would go")
@scoped("areas:read")
def ask(request: HttpRequest, matter: AskedIn) -> Any:
    """Ask the rules that are on, as of now; nothing is registered or sent."""
    permit_reading(actor_of(request), matter.area)
    find_area(matter.area)
    route = where_to(SimpleNamespace(**matter.dict()), timezone.now())
    if route is None:
        raise Invalid(_("No centre covers this area yet."))
    return {
        "unit": route.unit.id,
        "unit_name": route.unit.name,
        "handler": route.handler,
        "rule": route.rule,
        "number": route.number,
        "reason": route.reason,
    }


@router.get("/areas/{code}/routing/draft/test", response=TrialOut, summary="Try a draft")
@scoped("cases:read")
def test(request: HttpRequest, code: str) -> Any:
    """Try the area's draft on the cases of the last 30 days; for those who write its rules."""
    permit_writing(actor_of(request), code)
    draft = draft_of(find_area(code).code)
    if draft is None:
        raise NotFound(_("There is no draft of these rules; somebody may have finished it."))
    found = trial(draft, timezone.now())
    moves = [{"before": one.before, "after": one.after, "cases": one.cases} for one in found.moves]
    return {
        "since": found.since,
        "until": found.until,
        "total": found.total,
        "changed": found.changed,
        "moves": moves,
        "hits": {str(rule): number for rule, number in found.hits.items()},
    }
