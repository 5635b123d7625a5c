"""Leave: somebody does not take part any more; what they did stays written."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import IllegalMove, NotFound, NotPermitted
from linli.mediation import lifecycle
from linli.mediation.actions.days import check_day
from linli.mediation.actions.step import article_hint, held
from linli.mediation.choices import AgreementState
from linli.mediation.models import Mandate, Mediation, Obligation, Participant
from linli.mediation.policy import of_committee
from linli.mediation.queries.path import SPEAKING


@transaction.atomic
def leave_mediation(
    mediation_id: UUID, participant_id: UUID, *, left_on: date, actor: Actor, at: datetime
) -> Participant:
    """Write down that somebody left; the mandates they gave and held end with that day.

    Each side keeps a party: where the last one goes, the mediation ends instead.
    """
    mediation = held(mediation_id, actor)
    if not of_committee(actor, mediation):
        raise NotPermitted(_("Only the committee that mediates can do this."))
    if mediation.state not in lifecycle.OPEN:
        raise IllegalMove(_("This mediation is over."))
    one = mediation.participants.filter(pk=participant_id, left_on=None).first()
    if one is None:
        raise NotFound(_("There is no such participant here."))
    _check(mediation, one)
    one.left_on = check_day("left_on", left_on, at)
    one.save(update_fields=["left_on"])
    mandates = Mandate.objects.filter(Q(principal=one) | Q(agent=one), ended_on=None)
    mandates.update(ended_on=left_on)
    facts = {"participant": str(one.id), "on": left_on.isoformat()}
    record("mediation", mediation.id, "mediation.leave", actor=actor.user_id, at=at, facts=facts)
    return one


def _check(mediation: Mediation, one: Participant) -> None:
    others = mediation.participants.filter(side=one.side, part__in=SPEAKING, left_on=None)
    is_last = one.part in SPEAKING and one.side in ("applicant", "respondent")
    if is_last and not others.exclude(pk=one.pk).exists():
        raise IllegalMove(
            _("Nobody would be left on this side."),
            _("End the mediation instead.") + " " + article_hint("23"),
        )
    bound = Obligation.objects.filter(
        Q(debtor=one) | Q(creditor=one), settled_on=None, ended_on=None,
        agreement__state__in=(AgreementState.DRAFT, AgreementState.EFFECTIVE),
    )  # fmt: skip
    if bound.exists():
        raise IllegalMove(
            _("An agreement binds this party."), _("Amend the agreement first, or perform it.")
        )
