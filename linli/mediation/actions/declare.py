"""Declare: a mediator, asked for a conflict of interest, answers; with one nobody mediates."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.crypto import text_hash
from linli.kernel.errors import Invalid
from linli.kernel.working_days import local_date
from linli.mediation.actions.step import begin, finish
from linli.mediation.actions.unseat import unseat
from linli.mediation.models import Conflict, Mediation
from linli.mediation.queries.seating import members

LONGEST = 200


@transaction.atomic
def declare_mediation(
    mediation_id: UUID,
    *,
    user: UUID,
    has_conflict: bool,
    actor: Actor,
    at: datetime,
    relation: str = "",
    seen: int | None = None,
) -> Mediation:
    """Write down what a mediator answered; whoever has a conflict leaves the seat at once.

    ``relation`` says which conflict. A later answer takes the place of the one before.
    """
    mediation = begin("declare", mediation_id, actor, seen=seen)
    check_member(mediation, user, at)
    row = answer(mediation, user, at, has_conflict=has_conflict, relation=relation)
    left = unseat(mediation, [user], at) if has_conflict else False
    facts = {"user": str(user), "has_conflict": has_conflict, "left": left}
    if row.relation:
        facts["relation"] = text_hash(row.relation, row.id.bytes)
    finish(mediation, "declare", by=actor.user_id, at=at, facts=facts, rows=[row])
    return mediation


def check_member(mediation: Mediation, user: UUID, at: datetime) -> None:
    """Raise :class:`Invalid` unless the person mediates in the committee on the day of ``at``."""
    if not members(mediation.committee.unit_id, local_date(at)).filter(pk=user).exists():
        raise Invalid(
            _("This person does not mediate in this committee."),
            {"user": _("Choose somebody of the committee.")},
        )


def answer(
    mediation: Mediation, user: UUID, at: datetime, *, has_conflict: bool, relation: str = ""
) -> Conflict:
    """Return the unsaved row of an answer; a conflict is named in up to :data:`LONGEST` characters."""
    relation = relation.strip() if has_conflict else ""
    if has_conflict and not 0 < len(relation) <= LONGEST:
        said = _("Write down which, in up to %(most)d characters.") % {"most": LONGEST}
        raise Invalid(_("The conflict of interest is not named."), {"relation": said})
    return Conflict(
        mediation=mediation, user_id=user, at=at, has_conflict=has_conflict, relation=relation
    )
