"""Clear the desks of units that close: their unfinished cases go to another unit, or refuse it.

Answers inline to ``unit.closing``: a case and its unit can never disagree.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.accounts.actor import Actor
from linli.areas.models import Unit
from linli.cases import lifecycle
from linli.cases.actions.step import finish
from linli.cases.models import Case, Placement
from linli.kernel.errors import Invalid
from linli.kernel.row_security import unscoped

# A resolved case is still to be followed up and closed by somebody.
UNFINISHED = lifecycle.OPEN | {lifecycle.RESOLVED}


def clear_units(object_id: str, facts: Mapping[str, Any]) -> None:
    """Hand every unfinished case of ``facts["units"]`` over to ``facts["moved_to"]``.

    Raises :class:`Invalid` where there are such cases and no unit to take them. An administrator
    may read no case: so this is done as the owner, once the closing itself was permitted.
    """
    with unscoped():
        cases = _unfinished(facts["units"])
        if not cases:
            return
        if facts["moved_to"] is None:
            reason = ngettext(
                "It still has %(count)d unfinished case.",
                "It still has %(count)d unfinished cases.",
                len(cases),
            ) % {"count": len(cases)}
            raise Invalid(reason, {"moved_to": _("Choose the unit that takes them over.")})
        target = Unit.objects.get(pk=facts["moved_to"])
        actor = Actor(user_id=UUID(facts["actor"]) if facts["actor"] else None, name="")
        for case in cases:
            _move(case, target, actor, datetime.fromisoformat(facts["at"]))


def _unfinished(names: list[str]) -> list[Case]:
    units = [UUID(name) for name in names]
    placed = Placement.objects.filter(unit__in=units, part="lead", until=None).values("case")
    return list(
        Case.objects.select_for_update(of=("self",))
        .select_related("holder")
        .filter(pk__in=placed, holder__in=units, state__in=UNFINISHED)
        .order_by("id")
    )


def _move(case: Case, target: Unit, actor: Actor, at: datetime) -> None:
    case.handler, case.told = None, None
    facts = {"to_unit": str(target.id), "closed_unit": str(case.holder_id)}
    finish(
        case, "hand_over", actor=actor, at=at, changed=["handler", "told"], facts=facts,
        to_unit=target,
    )  # fmt: skip
