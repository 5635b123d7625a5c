"""File a mandate: the paper that was missing when the mandate was written down."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cases.actions.attach import attach_case
from linli.kernel.errors import IllegalMove, NotFound, NotPermitted
from linli.mediation import lifecycle
from linli.mediation.actions.step import held
from linli.mediation.models import Mandate
from linli.mediation.policy import of_committee


@transaction.atomic
def file_mandate(
    mediation_id: UUID, mandate_id: UUID, *, scan: tuple[str, bytes], actor: Actor, at: datetime
) -> Mandate:
    """Keep the scan (its name and bytes) with the mandate; a paper that is there stays."""
    mediation = held(mediation_id, actor)
    if not of_committee(actor, mediation):
        raise NotPermitted(_("Only the committee that mediates can do this."))
    if mediation.state not in lifecycle.OPEN:
        raise IllegalMove(_("This mediation is over."))
    mandate = Mandate.objects.filter(mediation=mediation, pk=mandate_id).first()
    if mandate is None:
        raise NotFound(_("There is no such mandate here."))
    if mandate.attachment_id is not None:
        raise IllegalMove(
            _("The paper of this mandate is there already."),
            _("Write another one down as a mandate of its own."),
        )
    name, data = scan
    mandate.attachment = attach_case(mediation.case_id, name=name, data=data, actor=actor, at=at)
    mandate.save(update_fields=["attachment"])
    facts = {"mandate": str(mandate.id), "attachment": str(mandate.attachment_id)}
    record("mediation", mediation.id, "mediation.paper", actor=actor.user_id, at=at, facts=facts)
    return mandate
