"""Agreements as pages show them: texts with their fields filled, signatures, and what may be chosen."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from linli.mediation.choices import Side
from linli.mediation.clauses import Due, UnknownField, filled
from linli.mediation.models import Agreement, Clause, Mediation, Participant
from linli.mediation.queries.path import masked_name, parties
from linli.mediation.queries.signers import signers_of


def clauses_for(mediation: Mediation) -> QuerySet[Clause]:
    """Return the library's clauses for the type of a mediation, in the library's order."""
    category = mediation.case.category
    codes = [code for code in ((category.code, category.parent_id) if category else ()) if code]
    return Clause.objects.filter(Q(categories=[]) | Q(categories__overlap=codes), retired=False)


def people_of(mediation: Mediation) -> list[tuple[str, str]]:
    """Return who takes part as (key, side and masked name), in the order of the sides."""
    return [(str(one.id), called(one)) for one in parties(mediation) if one.part == "party"]


def called(one: Participant) -> str:
    """Return how pages call somebody who takes part."""
    side = str(Side(one.side).label) if one.side else one.get_part_display()
    return f"{side} {masked_name(one.party)}"


def masked_dues(agreement: Agreement) -> list[Due]:
    """Return what is owed, with masked names, in the agreement's order."""
    owed = agreement.obligations.select_related("debtor__party", "creditor__party")
    return [
        Due(
            masked_name(one.debtor.party),
            masked_name(one.creditor.party) if one.creditor else "",
            one.amount,
            one.text,
            one.due_on,
        )
        for one in owed.order_by("position")
    ]


def clause_texts(agreement: Agreement, dues: list[Due]) -> list[str]:
    """Return the clauses with their fields filled from ``dues``."""
    return [_filled(one.text, dues) for one in agreement.clauses.all()]


def _filled(text: str, dues: list[Due]) -> str:
    """A text that was checked when it was written can always be filled; its obligations stay."""
    try:
        return filled(text, dues)
    except UnknownField:
        return text


@dataclass(frozen=True, slots=True)
class Signed:
    """Somebody who has signed, or has to: ``signed_on`` None while it is awaited."""

    who: str
    how: str
    signed_on: date | None


def signatures(agreement: Agreement) -> list[Signed]:
    """Return who has signed a text and who still has to: the parties first, the mediators last."""
    rows = list(agreement.signatures.select_related("through__party", "user"))
    by_party = {row.participant_id: row for row in rows if row.participant_id}
    found = []
    for signer in signers_of(agreement):
        row = by_party.get(signer.participant.id)
        how = ""
        if row:
            how = str(row.get_manner_display())
            if row.through:
                how = _("%(how)s, through %(who)s") % {"how": how, "who": called(row.through)}
        found.append(Signed(called(signer.participant), how, row.signed_on if row else None))
    mediators = [row for row in rows if row.user]
    for row in mediators:
        if row.user:
            name = _("Mediator %(name)s") % {"name": row.user.name}
            found.append(Signed(name, str(row.get_manner_display()), row.signed_on))
    if not mediators:
        found.append(Signed(_("The mediator"), "", None))
    return found
