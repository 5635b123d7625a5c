"""The mediation's clock: once it runs, those of level and difficulty stand back."""

from datetime import date, datetime

from linli.cases.actions.set_clock import length_of, set_clock
from linli.cases.models import Case
from linli.kernel.working_days import local_date
from linli.mediation.actions.days import moment_of

_INSTEAD_OF = ("level", "difficulty")
# Types with a term of their own in the table; unpaid wages are labour disputes.
_KEYS = {"wages": "labour"}


def time_mediation(case: Case, at: datetime, since: date) -> date | None:
    """Start the clock from the day of acceptance; return the day by which the mediation ends."""
    category = case.category_id or ""
    length = length_of(case, "mediation", _KEYS.get(category, category), "default", at=at)
    clock = set_clock(case, "mediation", length, at, since=moment_of(since), instead_of=_INSTEAD_OF)
    return local_date(clock.due_at) if clock else None
