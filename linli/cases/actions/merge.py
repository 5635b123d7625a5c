"""Merge: the same matter was taken in twice; one file goes on."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases.actions.step import begin, finish, locked
from linli.cases.lifecycle import OPEN
from linli.cases.models import Case, Link
from linli.kernel.errors import Invalid


@transaction.atomic
def merge_case(
    case_id: UUID,
    *,
    into: UUID,
    actor: Actor,
    at: datetime,
    note: str = "",
    seen: int | None = None,
) -> Case:
    """End the case as merged into the open case ``into``; both show the other."""
    if case_id == into:
        raise Invalid(_("A case can't be merged into itself."), {"into": _("Choose another case.")})
    # Both rows in the order of their ids: two merges in opposite directions can't block each other.
    for key in sorted((case_id, into)):
        target = locked(key, actor)
        if key == into and target.state not in OPEN:
            raise Invalid(
                _("The other case is no longer open."), {"into": _("Choose an open case.")}
            )
    case = begin("merge", case_id, actor, seen=seen)
    case.merged_into_id = into
    Link.objects.bulk_create(
        [Link(case_id=into, other_id=case_id, kind="duplicate")], ignore_conflicts=True
    )
    facts = {"into": str(into)}
    finish(
        case, "merge", actor=actor, at=at, changed=["merged_into"], note=note.strip(), facts=facts
    )
    return case
