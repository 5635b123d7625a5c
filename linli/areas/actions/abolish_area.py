"""Abolish an area, or merge it into its successor. Nothing is deleted, and no case is left behind."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.scope import in_area
from linli.areas.actions.close_unit import close_units
from linli.areas.actions.step import begin_area
from linli.areas.codes import contains
from linli.areas.models import Area, AreaChange, Unit
from linli.areas.policy import permit
from linli.areas.queries import area as find_area
from linli.areas.queries import post_after
from linli.audit.record import record
from linli.kernel.errors import Invalid
from linli.kernel.working_days import local_date


@transaction.atomic
def abolish_area(
    code: str, *, successor: str = "", actor: Actor, at: datetime, source: str = ""
) -> Area:
    """End an area and all below it; ``successor`` names the area of its level that takes over.

    Its units close; their open cases go to the successor's post, else to the next post above.
    """
    area = begin_area(code, actor)
    heir = _heir(area, successor, actor) if successor else None
    gone = list(
        Area.objects.select_for_update(no_key=True)
        .filter(in_area(code, "code"), abolished_on=None)
        .order_by("code")
    )
    end_units([one.code for one in gone], post_after(code, successor), actor=actor, at=at)
    today = local_date(at)
    Area.objects.filter(pk__in=[one.pk for one in gone]).update(abolished_on=today)
    area.abolished_on, area.successor = today, heir
    area.save(update_fields=["abolished_on", "successor"])
    AreaChange.objects.bulk_create(
        AreaChange(
            area=one, at=at, before=one.name, source=source.strip()[:120],
            kind="merged" if heir and one.code == code else "abolished",
            after=heir.name if heir and one.code == code else "",
        )
        for one in gone
    )  # fmt: skip
    facts = {"successor": successor or None, "areas": len(gone)}
    record("area", code, "area.abolish", actor=actor.user_id, at=at, facts=facts)
    return area


def _heir(area: Area, successor: str, actor: Actor) -> Area:
    heir = find_area(successor)
    if contains(area.code, heir.code) or heir.level != area.level:
        reason = _("The successor is another area of the same level.")
        raise Invalid(reason, {"successor": reason})
    permit(actor, heir.code)
    return heir


def end_units(codes: Sequence[str], moved_to: Unit | None, *, actor: Actor, at: datetime) -> None:
    """Close every open unit in the areas ``codes``; their cases go to ``moved_to``."""
    units = list(Unit.objects.filter(area__in=codes, closed_on=None).order_by("id"))
    if units:
        close_units(units, moved_to=moved_to, actor=actor, at=at)
