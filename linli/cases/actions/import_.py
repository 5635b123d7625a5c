"""Import: what was settled elsewhere comes in closed, under its own dates, and no clock runs.

One rule for what other systems bring. What is still open there is registered here today: its
clocks begin today, because nobody is late for what they did not have; the day it came in there
stays its day of registration. What ended there has ended: it keeps its dates and outcome, nothing
is timed, and a follow-up of it was the other body's affair. The log says that it was brought in.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from linli.cases.deadlines import due_after, term
from linli.cases.models import Case
from linli.kernel.errors import Invalid
from linli.kernel.working_days import local_date

# State a matter ended in elsewhere → the moves that tell of it here.
ENDINGS = {
    "closed": ("import",),
    "withdrawn": ("register", "withdraw"),
    "declined": ("register", "decline"),
    "referred": ("register", "refer"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """How a matter ended elsewhere.

    ``state`` is one of :data:`ENDINGS`; ``ended`` when it was resolved (or ended otherwise);
    ``closed`` when its file was closed there, else the same moment; ``due`` the day by which it
    had to be resolved there; ``satisfaction`` 1 (bad) to 5 (good); ``referred_to`` where it went.
    """

    state: str
    ended: datetime
    closed: datetime | None = None
    outcome: str = ""
    due: date | None = None
    satisfaction: int | None = None
    referred_to: str = ""


def check_past(past: Past, opened: datetime, at: datetime) -> None:
    """Raise :class:`Invalid` where the dates can't be."""
    # Days without an hour stand for their noon; within one day the order says nothing.
    if past.ended + timedelta(days=1) < opened:
        raise Invalid(_("It ended before it began."), {"ended": _("Look at the two dates.")})
    if local_date(max(past.ended, past.closed or past.ended)) > local_date(at):
        raise Invalid(_("The date lies in the future."), {"ended": _("Choose a day up to today.")})


def end_elsewhere(case: Case, past: Past) -> None:
    """Set the fields of a new case that ended elsewhere; the caller saves it."""
    case.state = past.state
    case.outcome = past.outcome
    case.version = len(ENDINGS[past.state])
    if past.state == "referred":
        case.referred_to = past.referred_to or "other"
    if past.state == "closed":
        case.resolved_at, case.resolved_level = past.ended, case.level
        case.followed_up_at = case.closed_at = past.closed or past.ended
        case.satisfaction = past.satisfaction
        case.on_time = _on_time(case, past)


def _on_time(case: Case, past: Past) -> bool:
    """Say whether it was resolved by its own deadline, or by what ours would have been."""
    if past.due is not None:
        return local_date(past.ended) <= past.due
    length = term(case.area_id, local_date(case.opened_at), "difficulty", case.difficulty)
    return length is None or past.ended <= due_after(case.opened_at, length)
