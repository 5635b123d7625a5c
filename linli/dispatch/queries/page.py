"""What the page of an incident shows, and its timeline in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.dispatch import lifecycle
from linli.dispatch.choices import ClockKind, Priority, Result, Verb
from linli.dispatch.models import (
    Assignment,
    CheckItem,
    Incident,
    Report,
    SituationReport,
    TimelineEntry,
)
from linli.dispatch.policy import visible_to
from linli.kernel.errors import NotFound

_LIGHTS = {
    "late": "red",
    "ask_help": "red",
    "decline": "yellow",
    "arrive": "green",
    "close": "green",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A row of the timeline as the page shows it."""

    at: datetime
    title: str
    by: str
    text: str
    light: str


def incident_for(actor: Actor, incident_id: UUID) -> Incident:
    """Return an incident the actor sees; raises :class:`NotFound`."""
    found = (
        Incident.objects.filter(visible_to(actor), pk=incident_id)
        .select_related("kind", "area", "case", "case__holder", "case__handler", "merged_into")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such incident here."))
    return found


def assignments_of(incident: Incident) -> list[Assignment]:
    """Return everything that was sent: what is still out first, then in the order it was sent."""
    found = list(
        Assignment.objects.filter(incident=incident)
        .select_related("unit")
        .order_by("assigned_at", "id")
    )
    return sorted(found, key=lambda one: one.ended_at is not None)


def checks_of(incident: Incident) -> list[CheckItem]:
    """Return the check list, in its order."""
    return list(CheckItem.objects.filter(incident=incident).select_related("done_by"))


def reports_of(incident: Incident) -> list[Report]:
    """Return who reported it and what was said, the first first."""
    return list(Report.objects.filter(incident=incident).order_by("received_at", "id"))


def situations_of(incident: Incident) -> list[SituationReport]:
    """Return the situation reports that were given, the latest first."""
    found = SituationReport.objects.filter(incident=incident).select_related("by")
    return list(found.order_by("-number"))


def timeline_of(incident: Incident, *, newest_first: bool = True) -> list[Told]:
    """Return what happened, in words."""
    rows = (
        TimelineEntry.objects.filter(incident=incident)
        .select_related("actor", "unit", "remark")
        .order_by("-id" if newest_first else "id")
    )
    return [_told(row) for row in rows]


def _told(row: TimelineEntry) -> Told:
    remark = getattr(row, "remark", None)
    title = str(Verb(row.verb).label)
    if row.unit is not None:
        title = f"{row.unit.name}：{title}"
    text = "\n".join(filter(None, [in_words(row.verb, row.facts), remark.text if remark else ""]))
    by = row.actor.name if row.actor else "Linli"
    return Told(row.at, title, by, text, _LIGHTS.get(row.verb, ""))


def in_words(verb: str, facts: Mapping[str, Any]) -> str:
    """Return what a step's facts say to people; empty where the title says it all."""
    say = _FACTS.get(verb)
    return say(facts) if say else ""


def _change(facts: Mapping[str, Any]) -> str:
    before, after = facts["before"], facts["priority"]
    if before == after:
        return ""
    words = {"before": Priority(before).label, "after": Priority(after).label}
    return _("%(before)s → %(after)s") % words


def _number(facts: Mapping[str, Any]) -> str:
    return _("No. %(n)d") % {"n": facts["number"]}


def _step(facts: Mapping[str, Any]) -> str:
    return _("step %(n)d") % {"n": facts["position"]}


def _late(facts: Mapping[str, Any]) -> str:
    word = str(ClockKind(facts["clock"]).label)
    return f"{word} · {_step(facts)}" if "position" in facts else word


_FACTS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "open": lambda facts: str(Priority(facts["priority"]).label),
    "answer_cards": _change,
    "set_priority": _change,
    "late": _late,
    "tick": _step,
    "report": _number,
    "close": lambda facts: str(Result(facts["result"]).label),
}


def offered_answers(assignment: Assignment) -> list[str]:
    """Return the answers an assignment's state allows; who is asked by telephone does not travel."""
    allowed = lifecycle.ANSWERS.verbs_in(assignment.state)
    return [verb for verb in allowed if assignment.exclusive or verb not in ("set_out", "arrive")]
