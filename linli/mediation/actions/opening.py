"""The beginning of every mediation: applied for, offered, or sent by another body."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.scope import in_area
from linli.areas.codes import LENGTH_OF, Level
from linli.cases import lifecycle as of_case
from linli.cases.actions.assign import assign_case
from linli.cases.actions.parties import opened
from linli.cases.actions.step import locked
from linli.cases.choices import Kind
from linli.cases.models import Case, Party
from linli.kernel.errors import IllegalMove, Invalid, NotPermitted
from linli.kernel.working_days import local_date
from linli.mediation import lifecycle
from linli.mediation.actions.days import check_day
from linli.mediation.actions.step import write_event
from linli.mediation.choices import REFERRERS, Part, Source
from linli.mediation.identity import is_minor
from linli.mediation.models import Committee, Mediation, Participant
from linli.mediation.policy import may_begin


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What is told when a mediation begins. ``committee`` None: the one where the case is.

    ``claimed`` is in yuan. ``consents`` are the parties (of the case) who agreed already, and when.
    """

    source: str
    committee: UUID | None = None
    brief: str = ""
    request: str = ""
    claimed: Decimal | None = None
    claim_due_on: date | None = None
    applied_orally: bool = False
    referrer: str = ""
    referrer_number: str = ""
    referred_on: date | None = None
    answer_due_on: date | None = None
    consents: Sequence[tuple[UUID, date]] = ()


@transaction.atomic
def open_mediation(
    verb: str, case_id: UUID, opening: Opening, *, actor: Actor, at: datetime
) -> Mediation:
    """Begin a mediation of a case; the case goes to the committee if it is not there yet."""
    case = locked(case_id, actor)
    if not may_begin(actor, case):
        raise NotPermitted(_("Only where the case is, or above, a mediation can begin."))
    _check(verb, case, opening, at)
    committee = _committee_for(case, opening)
    mediation = Mediation(
        case=case, committee=committee, state=lifecycle.after(verb, ""), source=opening.source,
        opened_at=at, brief=opening.brief.strip(), request=opening.request.strip(),
        claimed=opening.claimed, claim_due_on=opening.claim_due_on, applied_orally=opening.applied_orally,
        referrer=opening.referrer.strip(), referrer_number=opening.referrer_number.strip(),
        referred_on=opening.referred_on, answer_due_on=opening.answer_due_on,
    )  # fmt: skip
    facts = {"source": opening.source, "committee": str(committee.id)}
    rows = [mediation, *_participants(mediation, opening)]
    write_event(mediation, verb, "", by=actor.user_id, at=at, facts=facts, rows=rows)
    if case.holder_id != committee.unit_id:
        assign_case(case.id, unit=committee.unit_id, actor=actor, at=at)
    return mediation


def _check(verb: str, case: Case, opening: Opening, at: datetime) -> None:
    if case.kind != Kind.DISPUTE:
        raise IllegalMove(_("Only a dispute can be mediated."), _("Classify the case first."))
    if case.state not in of_case.OPEN:
        raise IllegalMove(_("This case is not open any more."), _("Reopen it first."))
    if Mediation.objects.filter(case=case, state__in=lifecycle.OPEN).exists():
        raise IllegalMove(_("This case is being mediated already."))
    sources = {
        "apply": {Source.APPLICATION}, "offer": {Source.OWN}, "receive": REFERRERS,
    }[verb]  # fmt: skip
    if opening.source not in sources:
        raise Invalid(_("The source is missing."), {"source": _("Choose where it came from.")})
    if opening.claimed is not None and opening.claimed < 0:
        raise Invalid(_("An amount is wrong."), {"claimed": _("An amount can't be negative.")})
    if opening.referred_on:
        check_day("referred_on", opening.referred_on, at)


def _committee_for(case: Case, opening: Opening) -> Committee:
    chosen = Committee.objects.filter(unit__closed_on=None)
    if opening.committee is not None:
        city = case.area_id[: LENGTH_OF[Level.CITY]]
        found = chosen.filter(in_area(city, "unit__area_id"), pk=opening.committee)
    else:
        found = chosen.filter(unit=case.holder_id)
    committee = found.first()
    if committee is None:
        raise Invalid(
            _("No mediation committee works there."), {"committee": _("Choose a committee.")}
        )
    return committee


def _participants(mediation: Mediation, opening: Opening) -> list[Participant]:
    """Every applicant, respondent and third party of the case is a party of its mediation."""
    agreed = dict(opening.consents)
    today = local_date(mediation.opened_at)
    sides = {"applicant", "respondent", "third"}
    there = Party.objects.filter(case_id=mediation.case_id, role__in=sides).order_by("id")
    young = {party.id for party in there if is_minor(opened(party), today)}
    return [
        Participant(
            mediation=mediation, party=party, part=Part.PARTY, side=party.role,
            minor=party.id in young,
            # A minor agrees together with a guardian, who is not named yet.
            consented_on=None if party.id in young else agreed.get(party.id),
        )
        for party in there
    ]  # fmt: skip
