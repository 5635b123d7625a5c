"""Join: a person or organisation takes part: as a party, for a party, or beside them (Act art. 20)."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cases.actions.attach import attach_case
from linli.cases.actions.parties import PartyData, add_party, opened
from linli.cases.models import Attachment, Party
from linli.kernel.errors import IllegalMove, Invalid, NotPermitted
from linli.kernel.working_days import local_date
from linli.mediation import lifecycle
from linli.mediation.actions.mandating import ACTING, Paper, mandate_rows
from linli.mediation.actions.step import held
from linli.mediation.choices import Part, Side
from linli.mediation.identity import adds_up, cleaned, is_minor
from linli.mediation.models import Mediation, Participant
from linli.mediation.policy import of_committee

# These have a side of their own; agents and guardians have that of the party they act for.
SIDED = frozenset({Part.PARTY, Part.REPRESENTATIVE})
_OPPOSITE: dict[str, str] = {
    Side.APPLICANT: Side.RESPONDENT,
    Side.RESPONDENT: Side.APPLICANT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """Who takes part and as what: a ``party`` of the case, or a ``person`` it does not know yet.

    ``stands_for`` counts the persons a representative speaks for. ``mandate`` says for whom an agent
    or guardian acts.
    """

    part: str
    party: UUID | None = None
    person: PartyData | None = None
    side: str = ""
    minor: bool = False
    stands_for: int = 1
    mandate: Paper | None = None


@transaction.atomic
def join_mediation(
    mediation_id: UUID, joining: Joining, *, actor: Actor, at: datetime
) -> Participant:
    """Let somebody take part. An agent who is there already gets another mandate."""
    mediation = held(mediation_id, actor)
    if not of_committee(actor, mediation):
        raise NotPermitted(_("Only the committee that mediates can do this."))
    if mediation.state not in lifecycle.OPEN:
        raise IllegalMove(_("This mediation is over."))
    side = _side(mediation, joining)
    party = _party(mediation, joining, side, actor, at)
    _check_one_side(mediation, party, side)
    there = mediation.participants.filter(party=party, part=joining.part, left_on=None).first()
    if there is not None and joining.part not in ACTING:
        raise Invalid(_("This person has that part already."), {"part": _("Choose another part.")})
    one = there or _participant(mediation, party, joining, side, at)
    rows: list[Model] = [] if there else [one]
    if joining.part in ACTING and joining.mandate:
        scan = _scan(mediation, joining.mandate, actor, at)
        rows += mandate_rows(one, joining.mandate, scan, at)
    facts = {
        "participant": str(one.id),
        "part": one.part,
        "side": one.side,
        "for": str(joining.mandate.principal) if joining.mandate else None,
    }
    record(
        "mediation", mediation.id, "mediation.join", actor=actor.user_id, at=at, facts=facts,
        rows=rows,
    )  # fmt: skip
    return one


def _side(mediation: Mediation, joining: Joining) -> str:
    if joining.part not in Part.values:
        raise Invalid(_("The part is missing."), {"part": _("Choose a part.")})
    if joining.part in ACTING:
        principal = None
        if joining.mandate is not None:
            sided = mediation.participants.filter(left_on=None, part__in=SIDED)
            principal = sided.filter(pk=joining.mandate.principal).first()
        if principal is None:
            raise Invalid(
                _("It is not said for whom."), {"principal": _("Choose a party of this mediation.")}
            )
        return principal.side
    if joining.part not in SIDED:
        return ""
    if joining.side not in Side.values:
        raise Invalid(_("The side is missing."), {"side": _("Choose a side.")})
    return joining.side


def _party(mediation: Mediation, joining: Joining, side: str, actor: Actor, at: datetime) -> Party:
    """Return the case's party, or add the new person to the case, sealed."""
    if joining.party is not None:
        found = Party.objects.filter(case=mediation.case_id, pk=joining.party).first()
        if found is None:
            raise Invalid(_("There is no such party here."), {"party": _("Choose a party.")})
        return found
    person = joining.person
    if person is None or not person.name.strip():
        raise Invalid(_("The name is missing."), {"name": _("Please write the name.")})
    number = cleaned(person.identity_number)
    if number and not adds_up(number, is_organisation=person.is_organisation):
        said = _("This number does not add up: compare it with the paper.")
        raise Invalid(said, {"identity_number": said})
    role = side if joining.part in SIDED else "agent" if joining.part in ACTING else "witness"
    return add_party(
        mediation.case_id, replace(person, role=role, identity_number=number), actor=actor, at=at
    )


def _check_one_side(mediation: Mediation, party: Party, side: str) -> None:
    """Nobody is on both sides, or acts for both (Civil Code art. 168)."""
    other = _OPPOSITE.get(side)
    if other and mediation.participants.filter(party=party, side=other, left_on=None).exists():
        said = _("Nobody is on both sides, or acts for both.")
        raise Invalid(said, {"party": f"{said} " + _("See article 168 of the Civil Code.")})


def _participant(
    mediation: Mediation, party: Party, joining: Joining, side: str, at: datetime
) -> Participant:
    young = not party.is_organisation and (joining.minor or is_minor(opened(party), local_date(at)))
    if young and joining.part in (*ACTING, Part.REPRESENTATIVE):
        raise Invalid(
            _("Somebody without full capacity can't act for others."),
            {"part": _("Choose another part.")},
        )
    leads = joining.part == Part.REPRESENTATIVE
    if leads and joining.stands_for < 2:
        raise Invalid(
            _("A representative speaks for more than one person."),
            {"stands_for": _("Write how many persons, the representative included.")},
        )
    return Participant(
        mediation=mediation, party=party, part=joining.part, side=side,
        minor=young and joining.part == Part.PARTY, stands_for=joining.stands_for if leads else 1,
    )  # fmt: skip


def _scan(mediation: Mediation, mandate: Paper, actor: Actor, at: datetime) -> Attachment | None:
    if mandate.scan is None:
        return None
    name, data = mandate.scan
    return attach_case(mediation.case_id, name=name, data=data, actor=actor, at=at)
