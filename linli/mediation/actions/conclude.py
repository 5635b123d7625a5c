"""Conclude: performed, or in the court's hands, and followed up; only now the case turns green."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases.actions.close import close_case
from linli.cases.actions.follow_up import follow_up_case
from linli.kernel.errors import IllegalMove
from linli.mediation import lifecycle
from linli.mediation.actions.step import article_hint, begin, finish
from linli.mediation.choices import BreachStep
from linli.mediation.models import FollowUp, Mediation
from linli.mediation.queries.offers import due_turn
from linli.mediation.queries.performance import open_of

# After these the committee has nothing left to supervise.
_ELSEWHERE = frozenset({BreachStep.ENFORCE, BreachStep.SUE})


@transaction.atomic
def conclude_mediation(
    mediation_id: UUID, *, actor: Actor, at: datetime, seen: int | None = None
) -> Mediation:
    """End the work on an agreement: its case is followed up and closed in the same transaction."""
    mediation = begin("conclude", mediation_id, actor, seen=seen)
    if due_turn(mediation) is not None:
        raise IllegalMove(_("A follow-up is still to be done."), article_hint("31"))
    broken = open_of(mediation).exclude(breach_step__in=_ELSEWHERE)
    if mediation.state == lifecycle.BREACHED and broken.exists():
        raise IllegalMove(
            _("Something is still open under the agreement."),
            _("Say for each that a court decides on it, or let performance go on."),
        )
    last = FollowUp.objects.filter(mediation=mediation).order_by("-turn").first()
    if last is None or last.satisfaction is None:
        raise IllegalMove(_("A follow-up is still to be done."), article_hint("31"))
    finish(
        mediation, "conclude", by=actor.user_id, at=at, facts={"satisfaction": last.satisfaction}
    )
    follow_up_case(
        mediation.case_id, way=last.way, satisfaction=last.satisfaction,
        recurred=bool(last.recurred), actor=actor, at=at,
    )  # fmt: skip
    close_case(mediation.case_id, actor=actor, at=at)
    return mediation
