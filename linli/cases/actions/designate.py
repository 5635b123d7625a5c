"""Designate: after three returns the director says who handles it, and that stands."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases.actions.assign import reachable_unit, send
from linli.cases.actions.step import begin, required
from linli.cases.lifecycle import RETURNS_BEFORE_DESIGNATION
from linli.cases.models import Case
from linli.kernel.errors import IllegalMove


@transaction.atomic
def designate_case(
    case_id: UUID,
    *,
    unit: UUID,
    note: str,
    actor: Actor,
    at: datetime,
    handler: UUID | None = None,
    seen: int | None = None,
) -> Case:
    """Send the case to ``unit`` for good: it can't be returned again."""
    case = begin("designate", case_id, actor, seen=seen)
    if case.returns < RETURNS_BEFORE_DESIGNATION:
        raise IllegalMove(
            _("A case is designated only after three returns."), _("Assign it instead.")
        )
    note = required("designate", note)
    case.designated = True
    send(
        case, "designate", reachable_unit(case, unit, actor), handler, actor=actor, at=at, note=note
    )
    return case
