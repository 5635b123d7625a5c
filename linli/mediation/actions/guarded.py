"""Guarded: nobody without full capacity agrees or signs without a guardian."""

from django.utils.translation import gettext as _

from linli.kernel.errors import IllegalMove
from linli.mediation.models import Participant
from linli.mediation.queries.guardians import has_guardian


def check_guarded(participant: Participant) -> None:
    """Raise :class:`IllegalMove` where somebody without full capacity has no guardian here."""
    if participant.minor and not has_guardian(participant):
        raise IllegalMove(
            _("Somebody without full capacity needs a guardian here first."),
            _("See articles 19 to 23 of the Civil Code."),
        )
