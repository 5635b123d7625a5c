"""Which step usually comes next, and which would only be refused: what a page need not offer."""

from django.utils import timezone

from linli.mediation import lifecycle
from linli.mediation.choices import AgreementState, SessionState
from linli.mediation.models import Agreement, Mediation, Payment, Session
from linli.mediation.queries.agreement import signatures
from linli.mediation.queries.performance import open_of


def next_step(mediation: Mediation) -> str:
    """Return the verb that usually follows where a mediation stands; empty where none does."""
    if mediation.state in (lifecycle.ACCEPTED, lifecycle.MEDIATING):
        return _next_session(mediation)
    if (draft := _draft(mediation)) is not None:
        return "sign" if _awaits(draft) else "take_effect"
    if mediation.state in (lifecycle.PERFORMING, lifecycle.BREACHED):
        return "pay" if open_of(mediation).exists() else "perform"
    return ""


def pointless(mediation: Mediation) -> set[str]:
    """Return the verbs that the state allows and that nothing is there for."""
    draft = _draft(mediation)
    useless: set[str] = set()
    if draft is None:
        useless |= {"sign", "take_effect"}
    elif _awaits(draft):
        useless |= {"take_effect"}
    if draft is not None and draft.signatures.exists():
        useless |= {"agree", "amend"}
    if mediation.state in lifecycle.IN_EFFECT:
        owed = open_of(mediation)
        if owed.exists():
            useless |= {"perform"}
        else:
            useless |= {"pay"}
        if not owed.filter(due_on__lt=timezone.localdate()).exists():
            useless |= {"breach"}
        if not Payment.objects.filter(mediation=mediation).exists():
            useless |= {"reverse"}
    return useless


def _next_session(mediation: Mediation) -> str:
    sessions = Session.objects.filter(mediation=mediation).order_by("-turn")
    if sessions.filter(state=SessionState.PLANNED).exists():
        return "hold"
    return "agree" if mediation.state == lifecycle.MEDIATING else "plan"


def _draft(mediation: Mediation) -> Agreement | None:
    return Agreement.objects.filter(mediation=mediation, state=AgreementState.DRAFT).first()


def _awaits(draft: Agreement) -> bool:
    return any(one.signed_on is None for one in signatures(draft))
