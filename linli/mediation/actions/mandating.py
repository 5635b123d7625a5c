"""Mandates: who acts for whom, how far, and by which paper."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from linli.cases.models import Attachment
from linli.kernel.errors import Invalid
from linli.mediation.actions.days import check_day
from linli.mediation.choices import MandateKind, Part
from linli.mediation.models import Mandate, Participant

# Who takes part for somebody else.
ACTING = frozenset({Part.AGENT, Part.GUARDIAN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A mandate of ``principal``, a participant. A guardian's is by law, whatever ``kind`` says.

    ``scan`` is the paper's file: its name and its bytes.
    """

    principal: UUID
    given_on: date
    kind: str = MandateKind.GENERAL
    powers: str = ""
    scan: tuple[str, bytes] | None = None


def mandate_rows(
    agent: Participant, paper: Paper, scan: Attachment | None, at: datetime
) -> list[Mandate]:
    """Return the mandate to save; one between the same two people before it ends.

    Whoever gets a guardian is held to be without full capacity: what they agreed to before, alone,
    has to be agreed to again.
    """
    guards = agent.part == Part.GUARDIAN
    kind = MandateKind.STATUTORY if guards else paper.kind
    _check(kind, paper, at, guards=guards)
    if paper.principal == agent.id:
        raise Invalid(_("Nobody acts for themselves."), {"principal": _("Choose another party.")})
    Mandate.objects.filter(principal=paper.principal, agent=agent, ended_on=None).update(
        ended_on=paper.given_on
    )
    if guards:
        Participant.objects.filter(pk=paper.principal, minor=False).update(
            minor=True, consented_on=None
        )
    return [
        Mandate(
            mediation_id=agent.mediation_id, principal_id=paper.principal, agent=agent, kind=kind,
            powers=paper.powers.strip(), attachment=scan, given_on=paper.given_on,
        )
    ]  # fmt: skip


def _check(kind: str, paper: Paper, at: datetime, *, guards: bool) -> None:
    check_day("given_on", paper.given_on, at)
    if not guards and kind not in (MandateKind.GENERAL, MandateKind.SPECIAL):
        raise Invalid(_("The mandate is missing."), {"kind": _("Choose how far it reaches.")})
    if kind == MandateKind.SPECIAL and not paper.powers.strip():
        said = _("A special mandate names its powers: to concede, to waive, to settle.")
        raise Invalid(said, {"powers": said})
