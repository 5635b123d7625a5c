"""Close a unit. What it still has on its desk goes to another, or the unit stays open."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actions.end_roles_in import end_roles_in, lock_roles_in
from linli.accounts.actor import Actor
from linli.areas.actions.step import begin_unit
from linli.areas.models import Unit
from linli.areas.policy import permit
from linli.areas.queries import holding
from linli.audit.reactions import react
from linli.audit.record import record
from linli.kernel.errors import Invalid
from linli.kernel.working_days import local_date


@transaction.atomic
def close_unit(unit_id: UUID, *, moved_to: UUID | None = None, actor: Actor, at: datetime) -> Unit:
    """Close an open unit; its open cases go to ``moved_to``. Without one, open cases refuse it."""
    unit = begin_unit(unit_id, actor)
    target = holding(moved_to) if moved_to else None
    if moved_to and (target is None or target == unit):
        reason = _("Choose another unit that is open.")
        raise Invalid(reason, {"moved_to": reason})
    if target:
        permit(actor, target.area_id)
    close_units([unit], moved_to=target, actor=actor, at=at)
    return unit


def close_units(
    units: Sequence[Unit], *, moved_to: Unit | None, actor: Actor, at: datetime
) -> None:
    """Close units that the caller has permitted, and end the roles in them.

    Shared by close, abolish and import.

    Whatever holds something for a unit answers to ``unit.closing``: it moves it to ``moved_to``, or
    refuses. That comes before the first entry, because all row locks come before the log's.
    """
    # From here on no case comes in: who sends one holds the unit's row (queries.holding).
    ids = [unit.id for unit in units]
    list(Unit.objects.select_for_update().filter(pk__in=ids).order_by("id").values_list("id"))
    roles = lock_roles_in(ids, at=at)
    target = str(moved_to.id) if moved_to else None
    facts = {
        "units": [str(unit) for unit in ids],
        "moved_to": target,
        "actor": str(actor.user_id) if actor.user_id else None,
        "at": at.isoformat(),
    }
    react("unit.closing", ",".join(facts["units"] or []), facts)
    Unit.objects.filter(pk__in=ids).update(closed_on=local_date(at))
    for unit in units:
        unit.closed_on = local_date(at)
        record(
            "unit", unit.id, "unit.close", actor=actor.user_id, at=at, facts={"moved_to": target}
        )
    end_roles_in(roles, actor=actor, at=at)
