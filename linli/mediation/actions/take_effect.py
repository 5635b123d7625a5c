"""Take effect: all have signed, the mediator too, and the committee's seal is set (Act art. 29)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import IllegalMove
from linli.mediation.actions.days import check_day
from linli.mediation.actions.effect import bring_into_effect
from linli.mediation.actions.step import article_hint, begin
from linli.mediation.choices import AgreementState
from linli.mediation.models import Agreement, Mediation
from linli.mediation.queries.agreement import signatures


@transaction.atomic
def take_effect_mediation(
    mediation_id: UUID,
    *,
    sealed_on: date,
    actor: Actor,
    at: datetime,
    outcome: str = "",
    seen: int | None = None,
) -> Mediation:
    """Set the seal; the agreement holds from the day of the last signature or of the seal.

    With a mediation's first agreement the case is resolved with ``outcome``.
    """
    mediation = begin("take_effect", mediation_id, actor, seen=seen)
    agreement = Agreement.objects.filter(mediation=mediation, state=AgreementState.DRAFT).first()
    if agreement is None:
        raise IllegalMove(_("There is no text to sign."), _("Write it down first."))
    signed = signatures(agreement)
    missing = [one.who for one in signed if one.signed_on is None]
    if missing:
        raise IllegalMove(
            _("Not signed yet: %(who)s.") % {"who": "、".join(missing)}, article_hint("29")
        )
    check_day("sealed_on", sealed_on, at, since=agreement.reached_on)
    days = [sealed_on, *(one.signed_on for one in signed if one.signed_on)]
    bring_into_effect(
        mediation, max(days), outcome=outcome, actor=actor, at=at, sealed_on=sealed_on
    )
    return mediation
