"""Open a unit in an area: its centre, a department, a committee or a team."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.actions.step import begin_area, named
from linli.areas.codes import Level
from linli.areas.models import Unit, UnitKind
from linli.areas.queries import POSTS
from linli.audit.record import record
from linli.kernel.errors import IllegalMove, Invalid

ATTENDANCES = ("", "resident", "rotating", "on_call")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitData:
    """What is written down about a unit, beside its kind and area."""

    name: str
    field: str = ""
    attendance: str = ""
    phone: str = ""
    address: str = ""


@transaction.atomic
def open_unit(area: str, *, kind: str, data: UnitData, actor: Actor, at: datetime) -> Unit:
    """Save a new unit. An area has one centre, a grid one post and nothing else."""
    place = begin_area(area, actor)
    if kind not in UnitKind.values:
        raise Invalid(_("There is no such kind of unit."), {"kind": _("Choose a kind.")})
    if (kind == UnitKind.GRID) != (place.level == Level.GRID) or place.level == Level.PROVINCE:
        reason = _("Such a unit does not belong into an area of this level.")
        raise Invalid(reason, {"kind": reason})
    # The area's row is locked: nobody opens the same post beside us.
    if kind in POSTS and Unit.objects.filter(area=place, kind__in=POSTS, closed_on=None).exists():
        raise IllegalMove(
            _("%(area)s has its centre already.") % {"area": place.name},
            _("Close that one first, or open a department."),
        )
    unit = Unit(area=place, kind=kind)
    write(unit, data)
    unit.save(force_insert=True)
    facts = {"area": area, "kind": kind}
    record("unit", unit.id, "unit.open", actor=actor.user_id, at=at, facts=facts)
    return unit


def write(unit: Unit, data: UnitData) -> None:
    """Put what is known about a unit into its fields; shared by open and change."""
    if data.attendance not in ATTENDANCES:
        raise Invalid(_("There is no such attendance."), {"attendance": _("Choose one.")})
    for name, most in (("field", 20), ("phone", 30), ("address", 120)):
        if len(getattr(data, name)) > most:
            reason = _("This may have %(most)d characters.") % {"most": most}
            raise Invalid(reason, {name: reason})
    unit.name = named(data.name, 80)
    is_department = unit.kind == UnitKind.DEPARTMENT
    unit.field = data.field.strip() if is_department else ""
    unit.attendance = data.attendance if is_department else ""
    unit.phone, unit.address = data.phone.strip(), data.address.strip()
