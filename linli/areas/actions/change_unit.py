"""Change what is written about a unit: name, field, attendance, phone, address."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.accounts.actor import Actor
from linli.areas.actions.open_unit import UnitData, write
from linli.areas.actions.step import begin_unit
from linli.areas.models import Unit
from linli.audit.record import record

FIELDS = ("name", "field", "attendance", "phone", "address")


@transaction.atomic
def change_unit(unit_id: UUID, *, data: UnitData, actor: Actor, at: datetime) -> Unit:
    """Write ``data`` into an open unit; the audit entry names the fields that changed."""
    unit = begin_unit(unit_id, actor)
    before = {name: getattr(unit, name) for name in FIELDS}
    write(unit, data)
    changed = [name for name in FIELDS if getattr(unit, name) != before[name]]
    if changed:
        unit.save(update_fields=changed)
        facts = {"changed": changed}
        record("unit", unit.id, "unit.change", actor=actor.user_id, at=at, facts=facts)
    return unit
