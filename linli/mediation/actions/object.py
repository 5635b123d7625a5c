"""Object: a party does not accept a mediator, who leaves the seat (Act art. 23)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import Invalid
from linli.mediation.actions.step import begin, finish, required
from linli.mediation.actions.unseat import unseat
from linli.mediation.choices import Part
from linli.mediation.models import Mediation

# A party speaks for itself, or somebody who may speak for it.
SPEAK = frozenset({Part.PARTY, Part.REPRESENTATIVE, Part.AGENT, Part.GUARDIAN})


@transaction.atomic
def object_mediation(
    mediation_id: UUID,
    *,
    user: UUID,
    participant: UUID,
    note: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> Mediation:
    """Write down that ``participant`` refuses the mediator ``user``; the seat ends at once.

    Only the parties themselves can bring this mediator back (:mod:`seat`).
    """
    mediation = begin("object", mediation_id, actor, seen=seen)
    note = required("object", note)
    speaks = mediation.participants.filter(pk=participant, left_on=None, part__in=SPEAK)
    if not speaks.exists():
        raise Invalid(
            _("Only a party can refuse a mediator."), {"participant": _("Choose a party.")}
        )
    if not unseat(mediation, [user], at):
        raise Invalid(
            _("This person does not mediate here now."),
            {"user": _("Choose a mediator of this mediation.")},
        )
    facts = {"user": str(user), "participant": str(participant)}
    finish(mediation, "object", by=actor.user_id, at=at, note=note, facts=facts)
    return mediation
