"""Schedule: when an agreement is followed up, by the city's deadline policy."""

from datetime import datetime

from linli.cases.actions.set_clock import length_of, set_clock
from linli.cases.deadlines import due_after
from linli.kernel.working_days import local_date
from linli.mediation.actions.days import moment_of
from linli.mediation.actions.step import case_of
from linli.mediation.models import FollowUp, Mediation

# The turns of a follow-up and their rules in the deadline policy.
TURNS = ((1, "agreement_1"), (2, "agreement_2"))


def schedule_follow_ups(mediation: Mediation, at: datetime) -> list[FollowUp]:
    """Write down when each turn is due after the day of effect; the case's clock runs to the first.

    Those of an agreement before this one that were not done yet give way.
    """
    if mediation.effective_on is None:
        raise ValueError("an agreement in effect has its day")
    FollowUp.objects.filter(mediation=mediation, done_at=None).delete()
    done = FollowUp.objects.filter(mediation=mediation).count()
    since = moment_of(mediation.effective_on)
    case = mediation.case = case_of(mediation)
    rows = []
    for turn, key in TURNS:
        length = length_of(case, "follow_up", key, "dispute", at=at)
        if length is None:
            continue
        due = local_date(due_after(since, length))
        rows.append(FollowUp(mediation=mediation, turn=done + turn, due_on=due))
        if turn == 1:
            set_clock(case, "follow_up", length, at, since=since)
    return FollowUp.objects.bulk_create(rows)
