"""Say which unit reads which tips, and destroy what has been kept long enough."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.models import Unit
from linli.areas.queries import area as find_area
from linli.audit.record import record
from linli.kernel.errors import IllegalMove, Invalid, NotFound
from linli.kernel.working_days import local_date
from linli.tips.choices import TipKind
from linli.tips.models import Tip, TipDesk
from linli.tips.policy import desks_of, permit_desks

LONGEST_DAYS = 3650


@transaction.atomic
def set_tip_desk(
    *, area: str, kind: str, unit: UUID, kept_days: int, actor: Actor, at: datetime
) -> TipDesk:
    """Let ``unit`` read the tips of ``kind`` from ``area``; tips given before stay where they are."""
    permit_desks(actor, find_area(area).code)
    wrong: dict[str, str] = {}
    if kind not in TipKind.values:
        wrong["kind"] = _("Choose one of the list.")
    found = Unit.objects.filter(pk=unit, closed_on=None).first()
    if found is None or found.area_id[:4] != area[:4]:
        wrong["unit"] = _("Choose a unit of this city.")
    if not 1 <= kept_days <= LONGEST_DAYS:
        wrong["kept_days"] = _("From 1 to 3,650 days.")
    if wrong:
        raise Invalid(_("It was not saved."), wrong)
    desk, _is_new = TipDesk.objects.update_or_create(
        area=area, kind=kind, defaults={"unit_id": unit, "kept_days": kept_days}
    )
    facts = {"area": area, "unit": str(unit)}
    record("tip_desk", desk.pk, "tip.set_desk", actor=actor.user_id, at=at, facts=facts)
    return desk


@transaction.atomic
def drop_tip_desk(desk_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Take no more such tips there; what was given stays with the unit."""
    desk = TipDesk.objects.filter(desks_of(actor), pk=desk_id).first()
    if desk is None:
        raise NotFound(_("There is no such desk in your areas."))
    desk.delete()
    record("tip_desk", desk_id, "tip.drop_desk", actor=actor.user_id, at=at)


def keep_named_units(object_id: str, facts: Mapping[str, Any]) -> None:
    """Refuse that a unit closes while it is named for tips: residents would write to nobody."""
    if TipDesk.objects.filter(unit__in=facts["units"] or []).exists():
        raise IllegalMove(
            _("This unit is named for confidential tips."), _("Name another unit for them first.")
        )


@transaction.atomic
def erase_old_tips(*, at: datetime) -> int:
    """Destroy the tips whose time is over, with all that hangs on them; returns how many."""
    old = list(Tip.objects.filter(erase_on__lte=local_date(at)).values_list("pk", flat=True)[:500])
    Tip.objects.filter(pk__in=old).delete()
    for key in old:
        record("tip", key, "tip.erase", actor=None, at=at)
    return len(old)
