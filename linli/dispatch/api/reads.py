"""Reading incidents and units: open ones, one, its recommendation and its timeline."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query

from linli.accounts.actor import Actor, actor_of
from linli.accounts.gate import scoped
from linli.dispatch.api.routes import router
from linli.dispatch.api.schemas import (
    AssignmentOut,
    EntryOut,
    IncidentOut,
    LineOut,
    OneOut,
    UnitOut,
    UnitsAsked,
)
from linli.dispatch.models import Assignment, DispatchUnit, Incident
from linli.dispatch.policy import KEEPING, dispatches
from linli.dispatch.queries import listing, phone
from linli.dispatch.queries import page as reads
from linli.dispatch.queries.ranking import Line, Ranked
from linli.dispatch.queries.recommend import capability_names, recommendation
from linli.dispatch.reasons import in_words
from linli.kernel.errors import NotPermitted

_SAME = (
    "id", "state", "priority", "place", "longitude", "latitude", "brief", "alarm", "received_at",
    "answered_at", "processed_at", "dispatched_at", "arrived_at", "closed_at", "result", "version",
)  # fmt: skip
_ANSWERS = (
    "id", "state", "proposed", "expected", "assigned_at", "accepted_at", "set_out_at",
    "arrived_at", "ended_at", "help_at",
)  # fmt: skip


def incident_out(one: Incident) -> dict[str, Any]:
    """Return an incident as the API tells it."""
    return {
        **{name: getattr(one, name) for name in _SAME},
        "case": one.case_id, "kind": one.kind_id, "area": one.area_id,
        "merged_into": one.merged_into_id,
    }  # fmt: skip


def assignment_out(one: Assignment) -> dict[str, Any]:
    """Return an assignment as the API tells it."""
    return {
        **{name: getattr(one, name) for name in _ANSWERS},
        "incident": one.incident_id, "unit": one.unit_id, "unit_name": one.unit.name,
    }  # fmt: skip


def unit_out(one: DispatchUnit) -> dict[str, Any]:
    """Return a unit as the API tells it; where it is stands on the board alone."""
    same = ("id", "name", "kind", "status", "status_at", "skills", "equipment", "shared")
    return {
        **{name: getattr(one, name) for name in same},
        "area": one.area_id, "standby": one.standby_id,
    }  # fmt: skip


def permit_desk(actor: Actor) -> None:
    """Raise :class:`NotPermitted` unless the actor dispatches anywhere."""
    if not dispatches(actor):
        raise NotPermitted(_("Incidents are read by dispatchers and directors."))


@router.get("/incidents", response=list[IncidentOut], summary="Open incidents, most urgent first")
@scoped("dispatch:read")
def open_incidents(request: HttpRequest) -> Any:
    """Return what is open in the caller's areas, at most two hundred."""
    actor = actor_of(request)
    permit_desk(actor)
    rows, _count = listing.open_incidents(actor, timezone.now())
    return [incident_out(row.incident) for row in rows]


@router.get("/incidents/{uuid:incident_id}", response=OneOut, summary="An incident")
@scoped("dispatch:read")
def one(request: HttpRequest, incident_id: UUID) -> Any:
    """Return an incident with its clocks and what was sent to it."""
    actor = actor_of(request)
    permit_desk(actor)
    found = reads.incident_for(actor, incident_id)
    sent = [assignment_out(each) for each in reads.assignments_of(found)]
    return {**incident_out(found), "assignments": sent}


@router.get(
    "/incidents/{uuid:incident_id}/recommendation", response=list[LineOut],
    summary="Who should go, and why",
)  # fmt: skip
@scoped("dispatch:read")
def recommended(request: HttpRequest, incident_id: UUID) -> Any:
    """Return a line for each need of the run cards, with units and reasons."""
    actor = actor_of(request)
    permit_desk(actor)
    names = capability_names()
    lines = recommendation(reads.incident_for(actor, incident_id), actor, timezone.now())
    return [_line(line, names) for line in lines]


def _line(line: Line, names: dict[str, str]) -> dict[str, Any]:
    def told(ranked: tuple[Ranked, ...]) -> list[dict[str, Any]]:
        return [
            {
                "unit": each.unit.id, "name": each.unit.name, "seconds": each.unit.seconds,
                "reasons": in_words(each.reasons, names),
            }
            for each in ranked
        ]  # fmt: skip

    return {
        "kind": line.need.kind, "count": line.need.count, "missing": line.missing,
        "chosen": told(line.chosen), "others": told(line.others), "excluded": told(line.excluded),
    }  # fmt: skip


@router.get(
    "/incidents/{uuid:incident_id}/timeline", response=list[EntryOut], summary="What happened"
)
@scoped("dispatch:read")
def timeline(request: HttpRequest, incident_id: UUID) -> Any:
    """Return the timeline, the latest first."""
    actor = actor_of(request)
    permit_desk(actor)
    return reads.timeline_of(reads.incident_for(actor, incident_id))


@router.get("/dispatch/units", response=list[UnitOut], summary="Units that can be sent or kept")
@scoped("dispatch:read")
def units(request: HttpRequest, asked: Query[UnitsAsked]) -> Any:
    """Return the units the caller sends or keeps, or is one of."""
    actor = actor_of(request)
    if not actor.holds(*KEEPING):
        return [unit_out(each) for each in phone.own_units(actor)]
    found = listing.units_of_desk(actor, kind=asked.kind, status=asked.status)
    return [unit_out(each) for each in found]


@router.get(
    "/dispatch/units/{uuid:unit_id}/assignments", response=list[AssignmentOut],
    summary="What the caller's own unit is out to",
)  # fmt: skip
@scoped("dispatch:read")
def own_assignments(request: HttpRequest, unit_id: UUID) -> Any:
    """Return the open assignments of one of the caller's own units."""
    actor = actor_of(request)
    own = next((each for each in phone.own_units(actor) if each.id == unit_id), None)
    if own is None:
        raise NotPermitted(_("Only the people of the unit read this."))
    return [assignment_out(each) for each in phone.mine(actor, own).assignments]
