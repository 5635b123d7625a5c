"""The log and the state of a webhook in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.exchange.models import Attempt, Subscription
from linli.exchange.queries import ERRORS, log

_SOON = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Line:
    """One message of the log; ``tries`` are moments with what came of them."""

    id: UUID
    event: str
    at: datetime
    light: str
    state: str
    body: str
    tries: list[tuple[datetime, str]]
    waits_now: bool
    is_settled: bool


def delivery_lines(row: Subscription) -> list[Line]:
    """Return the latest messages, the latest first."""
    now = timezone.now()
    lines = []
    for one in log(row):
        light, state = "yellow", pgettext("webhook", "waiting")
        if one.delivered_at:
            light, state = "green", pgettext("webhook", "delivered")
        elif one.next_at is None:
            light, state = "red", pgettext("webhook", "given up")
        tries = [(tried.at, outcome(tried)) for tried in one.attempts.all()]
        soon = one.next_at is not None and row.paused_at is None
        rests_until = max(one.next_at or now, row.next_at or now)
        lines.append(
            Line(
                one.pk, one.event, one.created_at, light, state, one.body, tries,
                waits_now=soon and rests_until < now + _SOON, is_settled=one.next_at is None,
            )
        )  # fmt: skip
    return lines


def outcome(tried: Attempt) -> str:
    """Return what came of an attempt."""
    words = f"HTTP {tried.status}" if tried.status else ""
    if tried.error:
        words = f"{words} {ERRORS.get(tried.error, tried.error)}".strip()
    return _("%(what)s, after %(ms)d ms") % {"what": words, "ms": tried.milliseconds}


def state_of(row: Subscription) -> tuple[str, str, str]:
    """Return light, word and, where something is wrong, the reason."""
    error = row.last_error
    reason = f"HTTP {error}" if error.isdecimal() else str(ERRORS.get(error, error))
    if row.paused_by_failure:
        return "red", pgettext("webhook", "paused after failures"), reason
    if row.paused_at:
        return "yellow", pgettext("webhook", "paused"), ""
    if row.failures:
        return "yellow", pgettext("webhook", "failing"), reason
    return "green", pgettext("webhook", "running"), ""
