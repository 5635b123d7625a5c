"""Link: two cases that have to do with each other show each other; unlink takes it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cases.actions.step import locked
from linli.cases.models import Case, Link
from linli.cases.policy import may_attach
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted


@transaction.atomic
def link_case(case_id: UUID, *, other: UUID, actor: Actor, at: datetime) -> Link:
    """Link two cases the actor may see."""
    if case_id == other:
        raise Invalid(_("A case can't be linked to itself."), {"other": _("Choose another case.")})
    case, target = _both(case_id, other, actor)
    either = Q(case=case, other=target) | Q(case=target, other=case)
    if Link.objects.filter(either).exists():
        raise IllegalMove(_("The two cases are linked already."))
    link = Link(case=case, other=target, kind="related")
    link.save(force_insert=True)
    facts = {"other": str(target.id)}
    record("case", case.id, "case.link", actor=actor.user_id, at=at, facts=facts)
    return link


@transaction.atomic
def unlink_case(case_id: UUID, *, link: int, actor: Actor, at: datetime) -> None:
    """Take a link away; what was merged stays linked."""
    case = _permitted(case_id, actor)
    found = Link.objects.filter(Q(case=case) | Q(other=case), pk=link).first()
    if found is None:
        raise NotFound(_("There is no such link here."))
    if found.kind == "duplicate":
        raise IllegalMove(_("A merged case stays linked to the one it was merged into."))
    other = found.other_id if found.case_id == case.id else found.case_id
    found.delete()
    facts = {"other": str(other)}
    record("case", case.id, "case.unlink", actor=actor.user_id, at=at, facts=facts)


def _both(case_id: UUID, other: UUID, actor: Actor) -> tuple[Case, Case]:
    # In the order of their ids, so that two people linking them can't block each other.
    rows = {key: locked(key, actor) for key in sorted((case_id, other))}
    _permitted(case_id, actor)
    return rows[case_id], rows[other]


def _permitted(case_id: UUID, actor: Actor) -> Case:
    case = locked(case_id, actor)
    if not may_attach(actor, case):
        raise NotPermitted(_("Only the unit the case is with can do this."))
    return case
