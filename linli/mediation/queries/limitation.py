"""The limitation period of a claim: until when, and what mediation does to it (Civil Code 188, 195).

A hint for the mediator, never a decision: whether a period ran out is pleaded by the debtor (192) and
judged by a court, and other law may give a claim another period.
"""

import calendar
from dataclasses import dataclass
from datetime import date

from linli.kernel.working_days import add_calendar_days, local_date
from linli.mediation import lifecycle
from linli.mediation.models import Mediation

YEARS = 3


@dataclass(frozen=True, slots=True)
class Limitation:
    """The ordinary period of three years from ``since``, the day the claim was due.

    ``asked_on`` is when the mediation was asked for: before ``ended_on`` it interrupts the period, which
    then runs anew to ``runs_until``.
    """

    since: date
    ended_on: date
    asked_on: date
    runs_until: date

    @property
    def was_over(self) -> bool:
        """Say whether the period had run out when mediation was asked for."""
        return self.asked_on > self.ended_on


def limitation(mediation: Mediation) -> Limitation | None:
    """Return where the period of the claim stands; None where no day is known, or it matters no more."""
    if (
        mediation.claim_due_on is None
        or mediation.state not in lifecycle.WAITING | lifecycle.UNDER_WAY
    ):
        return None
    ended = period_from(mediation.claim_due_on)
    asked = local_date(mediation.opened_at)
    until = period_from(asked) if asked <= ended else ended
    return Limitation(mediation.claim_due_on, ended, asked, until)


def period_from(day: date) -> date:
    """Return the last day of three years after ``day`` (Civil Code 200–203): a rest day moves it on."""
    year = day.year + YEARS
    last = min(day.day, calendar.monthrange(year, day.month)[1])
    return add_calendar_days(date(year, day.month, last), 0)
