"""Escalate: what can't be resolved here climbs to the next, and only one at a time."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.queries import post_over
from linli.cases.actions.step import begin, finish, required
from linli.cases.models import Case
from linli.kernel.errors import IllegalMove


@transaction.atomic
def escalate_case(
    case_id: UUID, *, note: str, actor: Actor, at: datetime, seen: int | None = None
) -> Case:
    """Send the case to the centre one level up; it starts afresh there, returns forgotten.

    From a department, committee or team it goes to the centre beside it, which decides whether it
    climbs: no centre is passed over.
    """
    case = begin("escalate", case_id, actor, seen=seen)
    note = required("escalate", note)
    target = post_over(case.holder)
    if target is None:
        raise IllegalMove(_("The case is at the highest level already."))
    case.handler, case.told, case.returns, case.designated = None, None, 0, False
    facts = {"to_unit": str(target.id)}
    changed = ["handler", "told", "returns", "designated"]
    finish(
        case, "escalate", actor=actor, at=at, changed=changed, note=note, facts=facts,
        to_unit=target,
    )  # fmt: skip
    return case
