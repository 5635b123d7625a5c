"""Days of the law: an act counts from the day it happened, not from when it was typed."""

from datetime import date, datetime
from datetime import time as clock_time

from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.working_days import end_of_day, local_date

_NOON = clock_time(12, 0)


def moment_of(day: date) -> datetime:
    """Return noon of a day in the city's zone: where a clock of days begins."""
    return end_of_day(day, _NOON)


def check_day(field: str, day: date, at: datetime, *, since: date | None = None) -> date:
    """Return ``day``; raises :class:`Invalid` where it lies after today, or before ``since``."""
    if day > local_date(at):
        raise Invalid(_("The date lies in the future."), {field: _("Choose a day up to today.")})
    if since is not None and day < since:
        raise Invalid(
            _("The date lies before the step it follows."),
            {field: _("Choose a day from %(day)s on.") % {"day": since.isoformat()}},
        )
    return day
