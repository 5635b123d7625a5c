"""Judicial confirmation: where it stands, and how long it may still be asked for."""

from datetime import date

from linli.kernel.working_days import add_calendar_days
from linli.mediation import lifecycle
from linli.mediation.choices import AgreementState
from linli.mediation.models import Agreement, Confirmation, Mediation

# People's Mediation Act art. 33: from the day of effect, which itself is not counted (Civil Code 201).
DAYS = 30
OPEN = frozenset({lifecycle.ASKED, lifecycle.TAKEN})


def last_day(effective_on: date) -> date:
    """Return the last day for asking; one that is a rest day moves on (Civil Code art. 203)."""
    return add_calendar_days(effective_on, DAYS)


def newest(mediation: Mediation) -> Confirmation | None:
    """Return the newest application of a mediation, or None."""
    return Confirmation.objects.filter(mediation=mediation).order_by("-id").first()


def may_ask_until(mediation: Mediation) -> date | None:
    """Return the last day on which the agreement in effect can be sent to the court.

    None where there is none, or where the court has it or has confirmed it.
    """
    if mediation.state not in lifecycle.IN_EFFECT:
        return None
    agreement = Agreement.objects.filter(
        mediation=mediation, state=AgreementState.EFFECTIVE
    ).first()
    found = newest(mediation)
    done = found is not None and found.state in {*OPEN, lifecycle.CONFIRMED}
    if agreement is None or agreement.effective_on is None or done:
        return None
    return last_day(agreement.effective_on)
