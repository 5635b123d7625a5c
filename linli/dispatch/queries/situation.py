"""The situation report: what an incident is at a moment, made from its timeline and clocks."""

from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.dispatch.choices import Answer, Priority, State
from linli.dispatch.models import Assignment, Incident
from linli.dispatch.queries.clocks import clocks_of, spell
from linli.dispatch.queries.page import Told, assignments_of, checks_of, timeline_of


class Titles(NamedTuple):
    """What stands above the parts of a report."""

    clocks: str
    units: str
    checks: str
    happened: str
    assessment: str


def titles() -> Titles:
    """Return the titles in the language in use."""
    return Titles(
        _("Clocks"), _("Units"), pgettext("incident", "Check list"), _("What happened"),
        _("Assessment"),
    )  # fmt: skip


def situation_text(incident: Incident, at: datetime, said: str = "") -> str:
    """Return the report as plain text; ``said`` is what the dispatcher adds to it.

    Everything in it stands in the timeline: it says no more than that, and nothing of callers.
    """
    parts = [
        _("Situation at %(at)s") % {"at": _moment(at)},
        _heading(incident),
        _clocks(incident),
        _units(incident),
        _checks(incident),
        _happened(incident),
        "\n".join([titles().assessment, said.strip()]) if said.strip() else "",
    ]
    return "\n\n".join(part for part in parts if part)


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "Y-m-d H:i:s")


def _clock_time(at: datetime) -> str:
    return date_format(timezone.localtime(at), "H:i:s")


def _heading(incident: Incident) -> str:
    where = " · ".join(filter(None, [incident.area.name, incident.place]))
    words = [
        f"{incident.kind.label} · {Priority(incident.priority).label} · {State(incident.state).label}",
        "：".join([_("Where"), where]),
        "：".join([_("Number"), incident.case.number]),
    ]
    return "\n".join(words)


def _clocks(incident: Incident) -> str:
    lines = [
        f"{clock.name}：{spell(clock.took)}"
        for clock in clocks_of(incident)
        if clock.ended is not None
    ]
    return "\n".join([titles().clocks, *lines]) if lines else ""


def _units(incident: Incident) -> str:
    sent = assignments_of(incident)
    lines = [f"{one.unit.name}：{Answer(one.state).label}（{_moments(one)}）" for one in sent]
    return "\n".join([titles().units, *(lines or [_("none sent")])])


def _moments(one: Assignment) -> str:
    steps = [
        (_("sent"), one.assigned_at), (_("accepted"), one.accepted_at),
        (_("on the way"), one.set_out_at), (_("arrived"), one.arrived_at), (_("ended"), one.ended_at),
    ]  # fmt: skip
    return "，".join(f"{word} {_clock_time(at)}" for word, at in steps if at)


def _checks(incident: Incident) -> str:
    items = checks_of(incident)
    if not items:
        return ""
    lines = [
        f"{'☑' if item.done_at else '☐'} {item.who}：{item.text}"
        + (f"（{_clock_time(item.done_at)}）" if item.done_at else "")
        for item in items
    ]
    return "\n".join([titles().checks, *lines])


def _happened(incident: Incident) -> str:
    lines = [_line(row) for row in timeline_of(incident, newest_first=False)]
    return "\n".join([titles().happened, *lines])


def _line(row: Told) -> str:
    text = f" {row.text}" if row.text else ""
    return f"{_clock_time(row.at)} {row.title}{text}"
