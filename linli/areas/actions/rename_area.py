"""Rename: the area keeps its code, the old name stays in its history."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.actions.step import begin_area, named
from linli.areas.models import Area, AreaChange
from linli.audit.record import record
from linli.kernel.errors import Invalid


@transaction.atomic
def rename_area(code: str, *, name: str, actor: Actor, at: datetime, source: str = "") -> Area:
    """Give an area another name; ``source`` is the document that says so."""
    area = begin_area(code, actor)
    before, area.name = area.name, named(name, 60)
    if area.name == before:
        reason = _("This is its name already.")
        raise Invalid(reason, {"name": reason})
    area.save(update_fields=["name"])
    AreaChange.objects.create(
        area=area,
        at=at,
        kind="renamed",
        before=before,
        after=area.name,
        source=source.strip()[:120],
    )
    record("area", code, "area.rename", actor=actor.user_id, at=at)
    return area
