"""Reverse: a payment that was written down by mistake is taken back by another row."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import IllegalMove, NotFound
from linli.mediation.actions.step import begin, finish, required
from linli.mediation.models import Mediation, Payment


@transaction.atomic
def reverse_mediation(
    mediation_id: UUID,
    *,
    payment: UUID,
    note: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> Mediation:
    """Take a payment back, with the reason; what it settled is open again."""
    mediation = begin("reverse", mediation_id, actor, seen=seen)
    note = required("reverse", note)
    wrong = (
        Payment.objects.filter(mediation=mediation, pk=payment, reverses=None)
        .select_related("obligation")
        .first()
    )
    if wrong is None:
        raise NotFound(_("There is no such payment here."))
    if Payment.objects.filter(reverses=wrong).exists():
        raise IllegalMove(_("This payment was taken back already."))
    if wrong.obligation.ended_on:
        raise IllegalMove(_("The agreement this payment belongs to was replaced meanwhile."))
    row = Payment(
        mediation=mediation, obligation=wrong.obligation, reverses=wrong,
        amount=-wrong.amount if wrong.amount is not None else None, paid_on=wrong.paid_on,
        recorded_at=at, recorded_by_id=actor.user_id,
    )  # fmt: skip
    wrong.obligation.settled_on = None
    wrong.obligation.save(update_fields=["settled_on"])
    mediation.performed_on = None
    finish(
        mediation, "reverse", by=actor.user_id, at=at, changed=["performed_on"], note=note,
        facts={"payment": str(wrong.id), "obligation": str(wrong.obligation_id)}, rows=[row],
    )  # fmt: skip
    return mediation
