"""Assist: another unit helps; the lead answers for the whole."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.scope import in_area
from linli.areas.models import Unit
from linli.cases.actions.step import begin, finish
from linli.cases.models import Case, Placement
from linli.kernel.errors import IllegalMove, Invalid


@transaction.atomic
def assist_case(
    case_id: UUID,
    *,
    unit: UUID,
    actor: Actor,
    at: datetime,
    note: str = "",
    seen: int | None = None,
) -> Case:
    """Let ``unit``, of the same city, see the case and write progress until it ends."""
    case = begin("assist", case_id, actor, seen=seen)
    helper = Unit.objects.filter(in_area(case.area_id[:4]), pk=unit, closed_on=None).first()
    if helper is None:
        raise Invalid(_("This unit is closed or unknown."), {"unit": _("Choose another unit.")})
    if Placement.objects.filter(case=case, unit=helper, until=None).exists():
        raise IllegalMove(_("The case is with this unit already."))
    Placement(case=case, unit=helper, part="helper", since=at).save(force_insert=True)
    facts = {"helper": str(helper.id)}
    finish(case, "assist", actor=actor, at=at, note=note.strip(), facts=facts)
    return case
