"""Who has to put their name to an agreement, and through whom they may (Act art. 29)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from linli.mediation.choices import MandateKind, Part
from linli.mediation.models import Agreement, Mandate, Mediation, Participant

# A general mandate does not reach that far: conceding, waiving and settling take a special one.
_SETTLING = (MandateKind.SPECIAL, MandateKind.STATUTORY)


@dataclass(frozen=True, slots=True)
class Signer:
    """A party that signs, and the agents and guardians who may do it for them.

    ``needs_another``: a minor, or somebody without full capacity, can't sign alone.
    """

    participant: Participant
    through: tuple[Participant, ...] = ()

    @property
    def needs_another(self) -> bool:
        """Say whether only a guardian can sign."""
        return self.participant.minor


def signers(mediation: Mediation, also: Iterable[UUID] = ()) -> list[Signer]:
    """Return the parties of both sides, and those of ``also`` (third parties who owe something).

    A group signs through its representatives: where a side has any, they sign and not its members.
    """
    there = list(
        mediation.participants.filter(left_on=None).select_related("party").order_by("side", "id")
    )
    led = {one.side for one in there if one.part == Part.REPRESENTATIVE}
    wanted = set(also)
    mandates = Mandate.objects.filter(
        mediation=mediation, ended_on=None, kind__in=_SETTLING
    ).select_related("agent__party")
    through: dict[UUID, list[Participant]] = {}
    for mandate in mandates:
        through.setdefault(mandate.principal_id, []).append(mandate.agent)
    return [
        Signer(one, tuple(through.get(one.id, ())))
        for one in there
        if one.id in wanted or _signs(one, led)
    ]


def signers_of(agreement: Agreement) -> list[Signer]:
    """Return who has to sign a text: the parties, and whoever it makes owe something."""
    owing = agreement.obligations.values_list("debtor", flat=True)
    return signers(agreement.mediation, owing)


def _signs(one: Participant, led: set[str]) -> bool:
    if one.side not in ("applicant", "respondent"):
        return False
    return one.part == (Part.REPRESENTATIVE if one.side in led else Part.PARTY)
