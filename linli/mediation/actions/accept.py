"""Accept: both sides are willing, the committee takes the dispute; its own clock begins."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases import lifecycle as of_case
from linli.cases.actions.accept import accept_case
from linli.kernel.errors import IllegalMove
from linli.kernel.working_days import local_date
from linli.mediation.actions.days import check_day
from linli.mediation.actions.declare import answer
from linli.mediation.actions.number import give_number
from linli.mediation.actions.seat import check_free
from linli.mediation.actions.step import article_hint, begin, case_of, finish
from linli.mediation.actions.timing import time_mediation
from linli.mediation.models import Mediation, Seat
from linli.mediation.queries.path import parties, willing


@transaction.atomic
def accept_mediation(
    mediation_id: UUID,
    *,
    actor: Actor,
    at: datetime,
    accepted_on: date | None = None,
    no_conflict: bool = False,
    seen: int | None = None,
) -> Mediation:
    """Accept: every side has agreed to be mediated (Act arts. 3, 17).

    The case is taken in hand where it was not yet; the mediation's clock runs from ``accepted_on``
    and replaces those of level and difficulty. Whoever accepts mediates, where nobody is named yet;
    ``no_conflict`` writes down that they have no conflict of interest.
    """
    mediation = begin("accept", mediation_id, actor, seen=seen)
    if not willing(parties(mediation)):
        raise IllegalMove(_("A mediation needs the consent of both sides."), article_hint("3, 17"))
    day = check_day(
        "accepted_on", accepted_on or local_date(at), at, since=local_date(mediation.opened_at)
    )
    mediation.accepted_on = day
    rows: list[Model] = []
    give_number(mediation, day)
    if actor.user_id and not mediation.seated:
        check_free(mediation, actor.user_id)
        if no_conflict:
            rows.append(answer(mediation, actor.user_id, at, has_conflict=False))
        rows.append(Seat(mediation=mediation, user_id=actor.user_id, since=at))
    case = mediation.case
    if case.state in (of_case.ASSIGNED, of_case.RETURNED):
        accept_case(case.id, actor=actor, at=at)
        case = case_of(mediation)
    if case.state != of_case.SUSPENDED:
        mediation.due_on = time_mediation(case, at, day)
    finish(
        mediation, "accept", by=actor.user_id, at=at, changed=["accepted_on", "due_on", "number"],
        facts={"on": day.isoformat(), "number": mediation.number}, rows=rows,
    )  # fmt: skip
    return mediation
