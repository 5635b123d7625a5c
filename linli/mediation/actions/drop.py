"""Drop: a text of an agreement that nobody will sign any more."""

from linli.mediation.choices import AgreementState
from linli.mediation.models import Agreement, Mediation


def drop_draft(mediation: Mediation) -> None:
    """Let the text that was being signed stand as what it is: not signed."""
    drafts = Agreement.objects.filter(mediation=mediation, state=AgreementState.DRAFT)
    drafts.update(state=AgreementState.DROPPED, replaces=None)
