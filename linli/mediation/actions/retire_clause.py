"""Retire a clause: it is no longer offered, or offered again. It is never deleted."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import IllegalMove, NotFound
from linli.mediation.actions.write_clause import ClauseData, check_clause
from linli.mediation.models import Clause
from linli.mediation.policy import permit_library


@transaction.atomic
def retire_clause(clause_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Offer a clause no longer; the agreements that came from it still name it."""
    clause = _begin(clause_id, actor, retired=False)
    _turn(clause, "clause.retire", actor, at)


@transaction.atomic
def offer_clause(clause_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Offer a retired clause again; what it cites has to hold today."""
    clause = _begin(clause_id, actor, retired=True)
    data = ClauseData(
        title=clause.title, text=clause.text, position=clause.position,
        categories=tuple(clause.categories),
    )  # fmt: skip
    check_clause(data, at)
    _turn(clause, "clause.offer", actor, at)


def _begin(clause_id: UUID, actor: Actor, *, retired: bool) -> Clause:
    permit_library(actor)
    clause = Clause.objects.select_for_update().filter(pk=clause_id).first()
    if clause is None:
        raise NotFound(_("There is no such clause."))
    if clause.retired is not retired:
        raise IllegalMove(_("This was done already."))
    return clause


def _turn(clause: Clause, event: str, actor: Actor, at: datetime) -> None:
    clause.retired = not clause.retired
    clause.save(update_fields=["retired"])
    facts = {"title": clause.title}
    record("clause", clause.id, event, actor=actor.user_id, at=at, facts=facts)
