"""What looking again at a hazard does to its case: it is resolved, or taken up again.

Whoever looks may have no part in the case. The steps are done at the desk the case is with, under
that desk's scope, in the name of who looked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from linli.accounts.actor import Actor, HeldRole
from linli.accounts.models import RoleKind
from linli.cases.actions.accept import accept_case
from linli.cases.actions.assign import assign_case
from linli.cases.actions.reopen import reopen_case
from linli.cases.actions.resolve import resolve_case
from linli.cases.actions.resume import resume_case
from linli.cases.lifecycle import (
    ASSIGNED,
    HANDLING,
    OPEN,
    REGISTERED,
    RESOLVED,
    RETURNED,
    SUSPENDED,
)
from linli.cases.models import Case
from linli.kernel.row_security import lent, unscoped


def lock_case(case_id: UUID) -> Case:
    """Lock the hazard's case before the hazard: every move of a case takes the two in this order."""
    with unscoped():
        rows = Case.objects.select_for_update(of=("self",)).select_related("holder")
        return rows.get(pk=case_id)


def resolve_hazard_case(case: Case, *, note: str, actor: Actor, at: datetime) -> None:
    """Bring a locked case to its resolution, whatever open state it is in."""
    if case.state not in OPEN:
        return
    with _at_its_desk(case, actor) as desk:
        state = case.state
        if state == REGISTERED:
            assign_case(case.id, unit=case.holder_id, actor=desk, at=at)
            state = ASSIGNED
        if state in (ASSIGNED, RETURNED):
            accept_case(case.id, actor=desk, at=at)
            state = HANDLING
        if state == SUSPENDED:
            resume_case(case.id, actor=desk, at=at)
        resolve_case(case.id, note=note, actor=desk, at=at)


def reopen_hazard_case(case: Case, *, note: str, actor: Actor, at: datetime) -> None:
    """Take a case up again that was resolved too early."""
    if case.state != RESOLVED:
        return
    with _at_its_desk(case, actor) as desk:
        reopen_case(case.id, note=note, actor=desk, at=at)


@contextmanager
def _at_its_desk(case: Case, actor: Actor) -> Iterator[Actor]:
    role = HeldRole(RoleKind.CENTRE_DIRECTOR, case.holder.area_id, case.holder_id)
    desk = Actor(actor.user_id, actor.name, (role,))
    with lent(desk.areas, desk.units, desk.user_id):
        yield desk
