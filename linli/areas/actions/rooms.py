"""Add and remove the windows and rooms of a centre."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.actions.step import begin_unit, named
from linli.areas.models import ROOM_KINDS, Room, UnitKind
from linli.audit.record import record
from linli.kernel.errors import IllegalMove, Invalid, NotFound


@transaction.atomic
def add_room(unit_id: UUID, *, kind: str, name: str, actor: Actor, at: datetime) -> Room:
    """Save a room of a centre."""
    unit = begin_unit(unit_id, actor)
    if unit.kind != UnitKind.CENTRE:
        raise IllegalMove(_("Only a centre has windows and rooms."))
    if kind not in dict(ROOM_KINDS):
        raise Invalid(_("There is no such kind of room."), {"kind": _("Choose a kind.")})
    room = Room.objects.create(unit=unit, kind=kind, name=named(name, 40))
    facts = {"room": str(room.id), "kind": kind}
    record("unit", unit.id, "unit.add_room", actor=actor.user_id, at=at, facts=facts)
    return room


@transaction.atomic
def remove_room(room_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Remove a room; nothing else hangs on it."""
    room = Room.objects.filter(pk=room_id).first()
    if room is None:
        raise NotFound(_("There is no such room."))
    begin_unit(room.unit_id, actor)
    room.delete()
    facts = {"room": str(room_id)}
    record("unit", room.unit_id, "unit.remove_room", actor=actor.user_id, at=at, facts=facts)
