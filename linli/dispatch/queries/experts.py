"""Experts by field in the order in which they are called, and whether they can be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.utils import timezone

from linli.accounts.actor import Actor
from linli.dispatch.models import CallOut, Expert, Field, Listing
from linli.dispatch.supply_choices import BUSY_ANSWERS
from linli.dispatch.supply_policy import experts_visible_to
from linli.kernel.crypto import mask, unseal
from linli.premises.hours import is_open, write_hours

type Readiness = Literal["ready", "away", "off_hours", "busy"]


@dataclass(frozen=True, slots=True)
class Line:
    """One expert in the order of a field."""

    listing: Listing
    expert: Expert
    hours: str
    readiness: Readiness
    call: CallOut | None

    @property
    def name(self) -> str:
        """The name, masked; it is unsealed each time it is asked for."""
        return mask(str(opened(self.expert).get("name", "")))


@dataclass(frozen=True, slots=True)
class Order:
    """A field with its experts; ``next`` is whom to call now."""

    field: Field
    lines: Sequence[Line]

    @property
    def next(self) -> Line | None:
        """The first in the order who can be called."""
        return next((line for line in self.lines if line.readiness == "ready"), None)


def opened(expert: Expert) -> dict[str, Any]:
    """Return an expert's name and phone; empty once retired. For masking, and after a call."""
    if expert.retired_at is not None:
        return {}
    personal: dict[str, Any] = unseal(bytes(expert.personal), expert.id.bytes)
    return personal


def readiness(expert: Expert, now: datetime, *, busy: bool) -> Readiness:
    """Say whether an expert can be called at a moment, and if not, why."""
    there = timezone.localtime(now)
    if busy:
        return "busy"
    if expert.away_until is not None and there.date() <= expert.away_until:
        return "away"
    return "ready" if is_open(expert.hours, there) is not False else "off_hours"


def orders(actor: Actor, now: datetime, *, field: str = "") -> list[Order]:
    """Return the fields that have experts the actor knows of, each in its order."""
    rows = Listing.objects.filter(experts_visible_to(actor, "expert__"), expert__retired_at=None)
    if field:
        rows = rows.filter(field=field)
    listed = list(rows.select_related("expert__area", "field").order_by("field", "place", "id"))
    experts = {one.expert_id for one in listed}
    calls = {
        call.expert_id: call
        for call in CallOut.objects.filter(expert__in=experts, answer__in=BUSY_ANSWERS)
    }
    found: dict[str, list[Line]] = {}
    for one in listed:
        call = calls.get(one.expert_id)
        line = Line(
            one, one.expert, write_hours(one.expert.hours),
            readiness(one.expert, now, busy=call is not None), call,
        )  # fmt: skip
        found.setdefault(one.field_id, []).append(line)
    fields = Field.objects.in_bulk(list(found))
    return [
        Order(fields[code], found[code])
        for code in sorted(found, key=lambda c: (fields[c].position, c))
    ]
