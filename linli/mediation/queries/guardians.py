"""Who stands beside somebody without full capacity (Civil Code arts. 19 to 23)."""

from linli.mediation.choices import MandateKind
from linli.mediation.models import Mandate, Participant


def has_guardian(participant: Participant) -> bool:
    """Say whether a guardian takes part for somebody."""
    return Mandate.objects.filter(
        principal=participant, kind=MandateKind.STATUTORY, ended_on=None
    ).exists()
