"""Found a unit: a team, or a liaison's office, can be sent from now on; and change what it can."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.models import Unit
from linli.areas.queries import area as find_area
from linli.audit.record import record
from linli.dispatch.choices import LIAISONS, Status, UnitKind
from linli.dispatch.models import Capability, DispatchUnit
from linli.dispatch.policy import permit_keep_unit, units_known_to
from linli.kernel.errors import IllegalMove, Invalid, NotFound
from linli.roads.modes import MODES


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitData:
    """What is written about a unit. ``skills`` and ``equipment`` are codes; degrees are WGS-84."""

    kind: str
    name: str
    area: str
    latitude: float | None = None
    longitude: float | None = None
    skills: Sequence[str] = ()
    equipment: Sequence[str] = ()
    mode: str = "car"


@transaction.atomic
def found_unit(team_id: UUID, data: UnitData, *, actor: Actor, at: datetime) -> DispatchUnit:
    """Make ``team_id``, a team or department, a unit of dispatch, off duty at first.

    Liaisons are asked by several incidents at once. Raises ``NotPermitted`` and ``Invalid``.
    """
    permit_keep_unit(actor, data.area)
    team = Unit.objects.filter(pk=team_id, closed_on=None).first()
    if team is None:
        raise Invalid(_("There is no such team."), {"team": _("Choose a team.")})
    if DispatchUnit.objects.filter(team=team).exists():
        raise Invalid(_("This team is a unit already."), {"team": _("Choose another team.")})
    unit = DispatchUnit(
        team=team, shared=data.kind in LIAISONS, status=Status.OFF_DUTY, status_at=at
    )
    _fill(unit, data)
    _record(unit, "found", actor, at, rows=[unit])
    return unit


@transaction.atomic
def change_unit(unit_id: UUID, data: UnitData, *, actor: Actor, at: datetime) -> DispatchUnit:
    """Change what is written about a unit; whoever moves it keeps both areas."""
    unit = kept_unit(unit_id, actor)
    permit_keep_unit(actor, data.area)
    _fill(unit, data)
    unit.save()
    _record(unit, "change", actor, at)
    return unit


@transaction.atomic
def retire_unit(unit_id: UUID, *, actor: Actor, at: datetime) -> DispatchUnit:
    """Take a unit off the list for good; its history stays."""
    unit = kept_unit(unit_id, actor)
    if unit.status not in (Status.OFF_DUTY, Status.OUT_OF_SERVICE):
        raise IllegalMove(_("End its shift first."))
    unit.retired_at = at
    unit.save(update_fields=["retired_at"])
    _record(unit, "retire", actor, at)
    return unit


def kept_unit(unit_id: UUID, actor: Actor) -> DispatchUnit:
    """Return a unit the actor keeps, its row locked."""
    unit = (
        DispatchUnit.objects.select_for_update(of=("self",))
        .filter(units_known_to(actor), pk=unit_id, retired_at=None)
        .first()
    )
    if unit is None:
        raise NotFound(_("There is no such unit here."))
    permit_keep_unit(actor, unit.area_id)
    return unit


def _fill(unit: DispatchUnit, data: UnitData) -> None:
    faults: dict[str, str] = {}
    if data.kind not in UnitKind.values:
        faults["kind"] = _("Choose a kind.")
    if not data.name.strip():
        faults["name"] = _("Please name the unit.")
    if data.mode not in MODES:
        faults["mode"] = _("Choose how it moves.")
    known = set(Capability.objects.values_list("code", "sort"))
    for sort, codes in (("skill", data.skills), ("equipment", data.equipment)):
        if any((code, sort) not in known for code in codes):
            faults["skills" if sort == "skill" else sort] = _("Choose from the list.")
    if faults:
        raise Invalid(next(iter(faults.values())), faults)
    unit.kind, unit.name, unit.area = data.kind, data.name.strip(), find_area(data.area)
    unit.latitude, unit.longitude, unit.mode = data.latitude, data.longitude, data.mode
    unit.skills, unit.equipment = sorted(set(data.skills)), sorted(set(data.equipment))


def _record(
    unit: DispatchUnit, verb: str, actor: Actor, at: datetime, rows: Sequence[DispatchUnit] = ()
) -> None:
    facts = {
        "kind": unit.kind, "area": unit.area_id, "skills": unit.skills,
        "equipment": unit.equipment, "team": str(unit.team_id),
    }  # fmt: skip
    record(
        "dispatch_unit", unit.id, f"dispatch_unit.{verb}", actor=actor.user_id, at=at, facts=facts,
        rows=rows,
    )  # fmt: skip
