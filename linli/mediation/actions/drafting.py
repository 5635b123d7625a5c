"""The text of an agreement: what is written down, checked, and put into rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Max, Model
from django.utils.translation import gettext as _

from linli.kernel.errors import IllegalMove, Invalid
from linli.kernel.errors import Text as Sentence
from linli.legal.citations import Verdict, check
from linli.mediation.actions.step import article_hint
from linli.mediation.choices import AgreementState, Form, ObligationKind
from linli.mediation.clauses import Due, UnknownField, filled
from linli.mediation.models import (
    Agreement,
    AgreementClause,
    Mediation,
    Obligation,
    Participant,
    Signature,
)

_CENT = Decimal("0.01")
# What a column of fourteen digits can't hold any more, with what was paid under texts before.
_TOO_MUCH = Decimal(5) * 10**11
# What may go wrong with an article that is cited.
_FALSE = frozenset({Verdict.WRONG, Verdict.NOT_IN_FORCE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One thing owed: a payment of ``amount`` yuan or an act in words, by ``due_on``.

    ``debtor`` and ``creditor`` are participants of the mediation.
    """

    kind: str
    debtor: UUID
    due_on: date
    creditor: UUID | None = None
    amount: Decimal | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text of the agreement, with the fields of art. 29. ``clauses`` are (text, library's clause)."""

    form: str
    reached_on: date
    clauses: Sequence[tuple[str, UUID | None]]
    obligations: Sequence[Owed] = ()
    facts: str = ""
    claims: str = ""
    manner: str = ""


def draft_rows(mediation: Mediation, draft: Draft) -> list[Model]:
    """Check a text and return its rows, the agreement first; raises :class:`Invalid`."""
    parties = {one.id: one for one in mediation.participants.filter(left_on=None)}
    wrong = _wrong_clauses(draft) | _wrong_obligations(draft, parties) | _wrong_citations(draft)
    if draft.form not in Form.values:
        wrong["form"] = _("Choose how the agreement was made.")
    if wrong:
        raise Invalid(_("The text of the agreement can't stand like that."), wrong)
    last = Agreement.objects.filter(mediation=mediation).aggregate(last=Max("turn"))["last"] or 0
    in_effect = mediation.agreements.filter(state=AgreementState.EFFECTIVE).first()
    agreement = Agreement(
        mediation=mediation, turn=last + 1, form=draft.form, facts=draft.facts.strip(),
        claims=draft.claims.strip(), manner=draft.manner.strip(), reached_on=draft.reached_on,
        replaces=in_effect,
    )  # fmt: skip
    clauses = [
        AgreementClause(
            mediation=mediation, agreement=agreement, position=place, text=text.strip(),
            source_id=source,
        )
        for place, (text, source) in enumerate(draft.clauses, 1)
    ]  # fmt: skip
    owed = [
        Obligation(
            mediation=mediation, agreement=agreement, position=place, kind=one.kind,
            debtor=parties[one.debtor], creditor=parties.get(one.creditor) if one.creditor else None,
            amount=one.amount, text=one.text.strip(), due_on=one.due_on,
        )
        for place, one in enumerate(draft.obligations, 1)
    ]  # fmt: skip
    return [agreement, *clauses, *owed]


def facts_of(draft: Draft) -> dict[str, Any]:
    """Return what timeline and audit keep of a text: no words of it."""
    return {
        "form": draft.form,
        "on": draft.reached_on.isoformat(),
        "amount": str(total_of(draft)),
        "obligations": len(draft.obligations),
    }


def check_unsigned(mediation: Mediation) -> None:
    """Raise :class:`IllegalMove` where somebody has put their name to the text in hand."""
    signed = Signature.objects.filter(
        agreement__mediation=mediation, agreement__state=AgreementState.DRAFT
    )
    if signed.exists():
        raise IllegalMove(
            _("Somebody has signed this text already."),
            _("It can't be changed any more; write another one.") + " " + article_hint("29"),
        )


def total_of(draft: Draft) -> Decimal:
    """Return what the text is worth in money, in yuan."""
    return sum((one.amount for one in draft.obligations if one.amount is not None), Decimal("0.00"))


def _wrong_clauses(draft: Draft) -> dict[str, Sentence]:
    if not any(text.strip() for text, _source in draft.clauses):
        return {"clauses": _("Write down at least one clause.")}
    dues = [Due("", "", one.amount, one.text, one.due_on) for one in draft.obligations]
    for text, _source in draft.clauses:
        try:
            filled(text, dues)
        except UnknownField as unknown:
            said = _("Nothing is written down for the field %(field)s.")
            return {"clauses": said % {"field": unknown.field}}
    return {}


def _wrong_obligations(draft: Draft, parties: Mapping[UUID, Participant]) -> dict[str, Sentence]:
    for place, one in enumerate(draft.obligations, 1):
        if sentence := _wrong_obligation(one, draft.reached_on, parties):
            numbered = _("Obligation %(place)d: %(what)s") % {"place": place, "what": sentence}
            return {"obligations": numbered}
    if total_of(draft) >= _TOO_MUCH:
        return {"obligations": _("In all it is more than can be written down.")}
    return {}


def _wrong_obligation(one: Owed, since: date, parties: Mapping[UUID, Participant]) -> str:
    is_payment = one.kind == ObligationKind.PAY
    amount = one.amount if one.amount is not None else Decimal()
    faults = [
        (one.kind not in ObligationKind.values, _("Choose payment or act.")),
        (
            one.debtor not in parties or (one.creditor and one.creditor not in parties),
            _("Choose somebody who takes part."),
        ),
        (one.debtor == one.creditor, _("Nobody owes themselves.")),
        (one.due_on < since, _("It can't be due before the agreement was reached.")),
        (is_payment and amount <= 0, _("Write down the amount.")),
        (amount != amount.quantize(_CENT), _("An amount has no more than two decimals.")),
        (not is_payment and not one.text.strip(), _("Write down what is to be done.")),
        (
            not is_payment and one.amount is not None,
            _("An act has no amount: write the payment as an obligation of its own."),
        ),
    ]
    return next((sentence for is_wrong, sentence in faults if is_wrong), "")


def _wrong_citations(draft: Draft) -> dict[str, Sentence]:
    """Articles that are cited must hold on the day; what the library lacks is let pass."""
    texts = {
        "facts": draft.facts,
        "claims": draft.claims,
        "manner": draft.manner,
        "clauses": "\n".join(text for text, _source in draft.clauses),
    }
    found = ((field, wrong_citation(text, draft.reached_on)) for field, text in texts.items())
    return {field: sentence for field, sentence in found if sentence}


def wrong_citation(text: str, on: date) -> str:
    """Return what is wrong with the first article of a text that doesn't hold on a day, else ""."""
    for one in check(text, on):
        if one.verdict in _FALSE:
            said = {"citation": one.citation.text, "reason": one.reason}
            return _("“%(citation)s”: %(reason)s") % said
    return ""
