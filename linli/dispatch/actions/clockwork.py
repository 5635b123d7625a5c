"""Clocks of an incident: what is started when, and what stops it."""

from datetime import datetime, timedelta

from linli.dispatch.choices import ClockKind
from linli.dispatch.models import Assignment, CheckItem, Clock, Incident


def process_clock(incident: Incident) -> Clock:
    """Return the unsaved clock of the first unit to be sent."""
    due = incident.answered_at + timedelta(seconds=incident.process_target)
    return Clock(incident=incident, kind=ClockKind.PROCESS, due_at=due)


def accept_clock(assignment: Assignment, incident: Incident) -> Clock:
    """Return the unsaved clock of a unit's answer."""
    due = assignment.assigned_at + timedelta(seconds=incident.accept_target)
    return Clock(incident=incident, kind=ClockKind.ACCEPT, assignment=assignment, due_at=due)


def arrive_clock(incident: Incident, at: datetime) -> Clock:
    """Return the unsaved clock of the first arrival; it runs from when the first unit was sent."""
    due = at + timedelta(seconds=incident.arrive_target)
    return Clock(incident=incident, kind=ClockKind.ARRIVE, due_at=due)


def step_clock(item: CheckItem) -> Clock:
    """Return the unsaved clock of a step of the plan."""
    return Clock(
        incident_id=item.incident_id, kind=ClockKind.STEP, check_item=item, due_at=item.due_at
    )


def stop_clocks(incident: Incident, at: datetime, *kinds: str, **which: object) -> None:
    """Stop the running clocks of ``kinds`` (all, if none is named) that match ``which``."""
    running = Clock.objects.filter(incident=incident, stopped_at=None, fired_at=None, **which)
    if kinds:
        running = running.filter(kind__in=kinds)
    running.update(stopped_at=at)
