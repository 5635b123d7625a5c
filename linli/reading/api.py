"""The JSON API of reading: what is proposed for a text."""

from types import SimpleNamespace
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from linli.accounts.actor import actor_of
from linli.accounts.gate import scoped
from linli.areas.codes import LENGTH_OF, Level
from linli.cases.choices import Channel, Urgency
from linli.cases.queries.route import route_of
from linli.kernel.errors import Invalid
from linli.reading.proposal import FIELDS, Part, Proposal
from linli.reading.queries import propose
from linli.reading.queries.saying import label_of, names_of, sureness

router = Router(tags=["reading"])


class ProposalIn(Schema):
    """A text as somebody wrote it. Nothing of it is kept."""

    text: Annotated[str, Field(max_length=8000)]
    title: Annotated[str, Field(max_length=200)] = ""


class OptionOut(Schema):
    """A value that came into question, with its name."""

    value: str
    label: str


class PartOut(Schema):
    """A proposed value: how sure (0 to 1, and in a word), the words that speak for it, who says so.

    ``source`` is ``rules``, ``learned`` or ``service``.
    """

    value: str
    label: str
    confidence: float
    sureness: str
    words: list[str]
    source: str


class HandlerOut(Schema):
    """Where the matter would go, and why."""

    unit: UUID
    name: str
    rule: str
    reason: str


class ProposalOut(Schema):
    """A proposal; what is null has to be asked, and ``ask`` then has the likelier answers.

    ``version`` is the learned version that is on; ``handler`` is null without kind and area.
    """

    kind: PartOut | None
    category: PartOut | None
    area: PartOut | None
    urgency: PartOut | None
    handler: HandlerOut | None
    ask: dict[str, list[OptionOut]]
    version: int | None


@router.post("/proposals", response=ProposalOut, summary="What is proposed for a text")
@scoped("cases:read")
def proposal(request: HttpRequest, given: ProposalIn) -> Any:
    """Read a text and propose kind, category, area, urgency and who should handle it."""
    actor = actor_of(request)
    within = max((role.area for role in actor.roles), key=len, default="")
    found = propose(given.text, within=within, title=given.title)
    codes = {found.area.value} if found.area else set()
    names = names_of(codes | set(found.options.get("area", ())))
    answer: dict[str, Any] = {name: _part(name, getattr(found, name), names) for name in FIELDS}
    ask = {
        name: [{"value": value, "label": label_of(name, value, names)} for value in values]
        for name, values in found.options.items()
        if getattr(found, name) is None
    }
    return answer | {"ask": ask, "version": found.version, "handler": _handler(found)}


def _part(name: str, part: Part | None, names: dict[str, str]) -> dict[str, Any] | None:
    if part is None:
        return None
    return part.stored() | {
        "label": label_of(name, part.value, names), "sureness": sureness(part.confidence)
    }  # fmt: skip


def _handler(found: Proposal) -> dict[str, Any] | None:
    if not found.kind or not found.area or len(found.area.value) < LENGTH_OF[Level.CITY]:
        return None
    matter = SimpleNamespace(
        area=found.area.value,
        kind=found.kind.value,
        category=found.category.value if found.category else None,
        urgency=found.urgency.value if found.urgency else Urgency.NORMAL,
        channel=Channel.ONLINE,
    )
    try:
        route = route_of(matter, timezone.now())
    except Invalid:
        return None
    return {
        "unit": route.unit.id, "name": route.unit.name, "rule": route.number,
        "reason": route.reason,
    }  # fmt: skip
