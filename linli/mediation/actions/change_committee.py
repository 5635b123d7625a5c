"""Change what is written about a mediation committee: its name, word, seal, specialities, remit."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.actions.change_unit import change_unit
from linli.areas.actions.open_unit import UnitData
from linli.areas.actions.step import begin_unit
from linli.areas.models import UnitKind
from linli.audit.record import record
from linli.kernel.errors import NotFound
from linli.mediation.actions.found import CommitteeData, check, save, write
from linli.mediation.models import Committee

FIELDS = ("kind", "name", "word", "seal_name", "specialities", "founded_on", "remit")


@transaction.atomic
def change_committee(
    committee_id: UUID, data: CommitteeData, *, actor: Actor, at: datetime
) -> Committee:
    """Write ``data`` into a committee; a unit of its own is called like it.

    Numbers that files have already stay as they are.
    """
    committee = Committee.objects.filter(pk=committee_id).first()
    if committee is None:
        raise NotFound(_("There is no such committee here."))
    unit = begin_unit(committee.unit_id, actor)
    check(data, unit.area, at)
    before = {name: getattr(committee, name) for name in FIELDS}
    write(committee, data)
    changed = [name for name in FIELDS if getattr(committee, name) != before[name]]
    if unit.kind == UnitKind.COMMITTEE:
        more = UnitData(name=committee.name, phone=data.phone, address=data.address)
        change_unit(unit.id, data=more, actor=actor, at=at)
    if changed:
        save(committee)
        facts = {"changed": changed}
        record(
            "committee", committee.id, "committee.change", actor=actor.user_id, at=at, facts=facts
        )
    return committee
