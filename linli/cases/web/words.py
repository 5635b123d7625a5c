"""Events, clocks and parties in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timesince import timesince, timeuntil
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.cases.actions.parties import opened
from linli.cases.choices import ClockKind, Destination, PartyRole, Verb
from linli.cases.models import Clock, Event, FollowUp, Party
from linli.kernel.crypto import mask

_TO_UNIT = frozenset({"assign", "designate", "escalate", "return"})
_LIGHTS = {"remind": "yellow", "supervise": "red", "alert": "red", "resolve": "green"}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the timeline, as ``timeline.html`` shows it."""

    at: datetime
    title: str
    by: str
    text: str
    light: str


def line_of(event: Any) -> Line:
    """Return an event in words; ``event`` comes from :func:`linli.cases.queries.case.timeline`."""
    label = str(Verb(event.verb).label)
    detail = _detail(event)
    title = _("%(verb)s: %(detail)s") % {"verb": label, "detail": detail} if detail else label
    person = event.actor.name if event.actor else _("Linli, by itself")
    # After a move the event's unit is where the case went; who acted is named by person alone.
    by = person if event.verb in _TO_UNIT else f"{event.unit.name} · {person}"
    note = getattr(event, "note", None)
    text = note.text if note else ""
    return Line(event.at, title[:1].upper() + title[1:], by, text, _LIGHTS.get(event.verb, ""))


def _detail(event: Event) -> str:
    facts: dict[str, Any] = event.facts
    named = {
        "hand_over": getattr(event, "handler_name", None),
        "assist": getattr(event, "helper_name", None),
    }
    detail = ""
    # A case that left a unit which closed was handed to another unit, not to a person.
    if event.verb in _TO_UNIT or "closed_unit" in facts:
        detail = event.unit.name
        if "rule_number" in facts:
            detail = _("%(unit)s, by routing rule %(number)s") % {
                "unit": detail, "number": facts["rule_number"],
            }  # fmt: skip
    elif event.verb in named:
        detail = named[event.verb] or ""
    elif event.verb == "refer":
        detail = str(Destination(facts["destination"]).label) if "destination" in facts else ""
    elif event.verb in ("extend", "grant", "deny") and "days" in facts:
        detail = _("%(days)s working days") % {"days": facts["days"]}
    elif event.verb == "follow_up" and "satisfaction" in facts:
        detail = _followed_up(facts)
    return detail


def _followed_up(facts: dict[str, Any]) -> str:
    ways = dict(FollowUp._meta.get_field("way").flatchoices)
    said = _("%(way)s, satisfaction %(degree)s of 5") % {
        "way": ways.get(facts.get("way"), ""),
        "degree": facts["satisfaction"],
    }
    return _("%(said)s, it came back") % {"said": said} if facts.get("recurred") else said


@dataclass(frozen=True, slots=True)
class Running:
    """A running clock: what it times, in words how long it has, its end and its light."""

    name: str
    remaining: str
    due_at: datetime
    light: str


def running_of(clock: Clock, now: datetime) -> Running:
    """Return a clock in words."""
    name = str(ClockKind(clock.kind).label)
    name = name[:1].upper() + name[1:]
    if clock.paused_at is not None:
        left = timeuntil(clock.due_at, clock.paused_at, depth=2)
        return Running(name, _("stands still, %(time)s left") % {"time": left}, clock.due_at, "")
    if clock.due_at < now:
        late = timesince(clock.due_at, now, depth=2)
        return Running(name, _("overdue by %(time)s") % {"time": late}, clock.due_at, "red")
    left = timeuntil(clock.due_at, now, depth=2)
    light = "yellow" if clock.warn_at <= now else "blue"
    return Running(name, _("%(time)s left") % {"time": left}, clock.due_at, light)


@dataclass(frozen=True, slots=True)
class Person:
    """A party as the page shows it: masked, or ``revealed`` with everything that is kept."""

    id: Any
    role: str
    is_organisation: bool
    erased_at: datetime | None
    name: str
    phone: str
    identity_number: str
    revealed: list[tuple[str, Any]]


PERSONAL = {
    "name": gettext_lazy("Name"),
    "phone": gettext_lazy("Phone"),
    "identity_number": gettext_lazy("Identity number"),
    "sex": gettext_lazy("Sex"),
    "ethnicity": gettext_lazy("Ethnicity"),
    "age": gettext_lazy("Age"),
    "occupation": gettext_lazy("Occupation"),
    "address": gettext_lazy("Address"),
}


def person_of(party: Party, revealed: dict[str, Any] | None = None) -> Person:
    """Return a party masked: first character of the name, last four of phone and number."""
    personal = opened(party)
    return Person(
        id=party.id,
        role=str(PartyRole(party.role).label),
        is_organisation=party.is_organisation,
        erased_at=party.erased_at,
        name=mask(personal.get("name", ""), 1),
        phone=_tail(personal.get("phone")),
        identity_number=_tail(personal.get("identity_number")),
        revealed=[
            (str(label), revealed[name]) for name, label in PERSONAL.items() if revealed.get(name)
        ]
        if revealed
        else [],
    )


def _tail(text: str | None) -> str:
    return mask(text, 0, 4) if text else ""
