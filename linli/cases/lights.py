"""The light of a case, once as an expression for lists and counts and once for one case."""

from datetime import datetime

from django.db.models import Case as Choose
from django.db.models import CharField, Expression, Q, Value, When

from linli.cases.lifecycle import ENDED_OTHERWISE, OPEN
from linli.cases.models import Case

_ENDED = sorted(ENDED_OTHERWISE)
_OPEN = sorted(OPEN)


def light_expression(now: datetime) -> Expression:
    """Return the light at ``now`` as a column."""
    return Choose(
        When(state__in=_ENDED, then=Value("none")),
        When(
            Q(state="closed") | Q(state="resolved", followed_up_at__isnull=False),
            then=Value("green"),
        ),
        When(Q(due_at__lt=now) | Q(high_risk=True, state__in=_OPEN), then=Value("red")),
        When(warn_at__lte=now, then=Value("yellow")),
        default=Value("blue"),
        output_field=CharField(),
    )


def light_of(case: Case, now: datetime) -> str:
    """Return the light one case shows at ``now``."""
    if case.state in ENDED_OTHERWISE:
        return "none"
    if case.state == "closed" or (case.state == "resolved" and case.followed_up_at):
        return "green"
    if (case.due_at and case.due_at < now) or (case.high_risk and case.state in OPEN):
        return "red"
    return "yellow" if case.warn_at and case.warn_at <= now else "blue"
