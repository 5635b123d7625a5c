"""Which step usually comes next, and which would only be refused: what a page need not offer."""

from datetime import timedelta

from django.utils import timezone

from linli.mediation import lifecycle
from linli.mediation.choices import REFERRERS, AgreementState, SessionState
from linli.mediation.models import Agreement, FollowUp, Mediation, Payment, Session
from linli.mediation.queries.agreement import signatures
from linli.mediation.queries.confirmation import OPEN, may_ask_until, newest
from linli.mediation.queries.file import missing
from linli.mediation.queries.performance import open_of

# Nobody can tell after a week whether it lasts: so long before its day a follow-up may be done.
EARLY = timedelta(days=7)


def next_step(mediation: Mediation) -> str:
    """Return the verb that usually follows where a mediation stands; empty where none does."""
    if mediation.state in (lifecycle.ACCEPTED, lifecycle.MEDIATING):
        return _next_session(mediation)
    if (draft := _draft(mediation)) is not None:
        return "sign" if _awaits(draft) else "take_effect"
    if mediation.state in lifecycle.IN_EFFECT:
        return _next_in_effect(mediation)
    return _next_of_file(mediation) if lifecycle.legal("archive", mediation.state) else ""


def pointless(mediation: Mediation) -> set[str]:
    """Return the verbs that the state allows and that nothing is there for."""
    useless = set() if mediation.seated else {"object"}
    if mediation.source not in REFERRERS:
        useless |= {"answer"}
    if lifecycle.legal("archive", mediation.state) and missing(mediation):
        useless |= {"archive"}
    useless |= _useless_for(_draft(mediation))
    return useless | _useless_in_effect(mediation)


def _useless_for(draft: Agreement | None) -> set[str]:
    if draft is None:
        return {"sign", "take_effect"}
    signed = {"agree", "amend"} if draft.signatures.exists() else set()
    return signed | ({"take_effect"} if _awaits(draft) else set())


def _useless_in_effect(mediation: Mediation) -> set[str]:
    if mediation.state not in lifecycle.IN_EFFECT:
        return set()
    owed, turn, today = open_of(mediation), due_turn(mediation), timezone.localdate()
    useless = {"perform"} if owed.exists() else {"pay", "remind"}
    if not owed.filter(due_on__lt=today).exists():
        useless |= {"breach"}
    if turn is not None:
        useless |= {"conclude"}
    if turn is None or today < turn.due_on - EARLY:
        useless |= {"follow_up"}
    if not may_confirm_now(mediation):
        useless |= {"confirm"}
    if not Payment.objects.filter(mediation=mediation).exists():
        useless |= {"reverse"}
    return useless


def _next_in_effect(mediation: Mediation) -> str:
    if mediation.state == lifecycle.PERFORMED:
        return "follow_up" if due_turn(mediation) else "conclude"
    return "pay" if open_of(mediation).exists() else "perform"


def _next_of_file(mediation: Mediation) -> str:
    if mediation.source in REFERRERS and mediation.answered_on is None:
        return "answer"
    return "" if missing(mediation) else "archive"


def _next_session(mediation: Mediation) -> str:
    sessions = Session.objects.filter(mediation=mediation).order_by("-turn")
    if sessions.filter(state=SessionState.PLANNED).exists():
        return "hold"
    return "agree" if mediation.state == lifecycle.MEDIATING else "plan"


def due_turn(mediation: Mediation) -> FollowUp | None:
    """Return the next follow-up that was not done, or None."""
    return FollowUp.objects.filter(mediation=mediation, done_at=None).order_by("turn").first()


def may_confirm_now(mediation: Mediation) -> bool:
    """Say whether the court can still be asked, or has something to decide."""
    until, found = may_ask_until(mediation), newest(mediation)
    return (until is not None and timezone.localdate() <= until) or (
        found is not None and found.state in OPEN
    )


def _draft(mediation: Mediation) -> Agreement | None:
    return Agreement.objects.filter(mediation=mediation, state=AgreementState.DRAFT).first()


def _awaits(draft: Agreement) -> bool:
    return any(one.signed_on is None for one in signatures(draft))
