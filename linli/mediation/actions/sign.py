"""Sign: somebody put their name to the text, with a pen, a seal or a finger (Act art. 29)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import IllegalMove, Invalid, NotFound
from linli.mediation.actions.days import check_day
from linli.mediation.actions.guarded import check_guarded
from linli.mediation.actions.step import begin, finish
from linli.mediation.choices import AgreementState, SignatureManner
from linli.mediation.models import Agreement, Mediation, Signature
from linli.mediation.queries.signers import Signer, signers_of

# Electronic Signature Law, art. 3: not for papers of marriage, adoption or inheritance.
_BY_HAND_ONLY = frozenset({"family"})


@transaction.atomic
def sign_mediation(
    mediation_id: UUID,
    *,
    signer: str,
    manner: str,
    signed_on: date,
    actor: Actor,
    at: datetime,
    through: UUID | None = None,
    seen: int | None = None,
) -> Mediation:
    """Write a signature down. ``signer`` is the key of a participant, or of a seated mediator.

    ``through`` is the agent or guardian who signed for the party.
    """
    mediation = begin("sign", mediation_id, actor, seen=seen)
    agreement = _in_hand(mediation)
    check_day("signed_on", signed_on, at, since=agreement.reached_on)
    _check_manner(mediation, manner)
    row = Signature(mediation=mediation, agreement=agreement, manner=manner, signed_on=signed_on)
    _name(row, mediation, agreement, signer, through)
    facts = {
        "agreement": str(agreement.id),
        "signer": signer,
        "through": str(through) if through else None,
        "manner": manner,
        "on": signed_on.isoformat(),
    }
    finish(mediation, "sign", by=actor.user_id, at=at, facts=facts, rows=[row])
    return mediation


def _in_hand(mediation: Mediation) -> Agreement:
    found = Agreement.objects.filter(mediation=mediation, state=AgreementState.DRAFT).first()
    if found is None:
        raise IllegalMove(_("There is no text to sign."), _("Write it down first."))
    return found


def _check_manner(mediation: Mediation, manner: str) -> None:
    if manner not in SignatureManner.values:
        raise Invalid(_("The manner is missing."), {"manner": _("Choose how it was signed.")})
    category = mediation.case.category
    types = {category.code, category.parent_id} if category else set()
    if manner == SignatureManner.CERTIFIED and types & _BY_HAND_ONLY:
        said = _("In matters of marriage, adoption or inheritance people sign by hand.")
        article = _("See article 3 of the Electronic Signature Law.")
        raise Invalid(said, {"manner": f"{said} {article}"})


def _name(
    row: Signature, mediation: Mediation, agreement: Agreement, signer: str, through: UUID | None
) -> None:
    if any(str(seat.user_id) == signer for seat in mediation.seated):
        row.user_id = UUID(signer)
        if agreement.signatures.filter(user=row.user_id).exists():
            raise IllegalMove(_("This person has signed already."))
        return
    one = next((s for s in signers_of(agreement) if str(s.participant.id) == signer), None)
    if one is None:
        raise NotFound(_("There is no such participant here."))
    if agreement.signatures.filter(participant=one.participant).exists():
        raise IllegalMove(_("This person has signed already."))
    _check_through(one, through)
    check_guarded(one.participant)
    row.participant, row.through_id = one.participant, through


def _check_through(one: Signer, through: UUID | None) -> None:
    if through is None:
        if one.needs_another:
            said = _("Somebody without full capacity signs through a guardian.")
            article = _("See articles 19 to 23 of the Civil Code.")
            raise Invalid(said, {"through": f"{said} {article}"})
        return
    if through not in {other.id for other in one.through}:
        said = _("To settle for somebody else takes a special mandate.")
        raise Invalid(said, {"through": said})
