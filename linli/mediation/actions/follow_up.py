"""Follow up: an agreement is asked about, thirty and ninety days after it took effect (Act art. 31)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cases.actions.set_clock import length_of, set_clock
from linli.cases.choices import Way
from linli.kernel.errors import IllegalMove, Invalid
from linli.kernel.working_days import local_date
from linli.mediation.actions.days import moment_of
from linli.mediation.actions.schedule import TURNS
from linli.mediation.actions.step import begin, case_of, finish
from linli.mediation.models import FollowUp, Mediation
from linli.mediation.queries.offers import EARLY, due_turn


@transaction.atomic
def follow_up_mediation(
    mediation_id: UUID,
    *,
    way: str,
    satisfaction: int,
    recurred: bool,
    actor: Actor,
    at: datetime,
    text: str = "",
    seen: int | None = None,
) -> Mediation:
    """Write the next turn down; the case's clock runs to the one after it, or stops."""
    mediation = begin("follow_up", mediation_id, actor, seen=seen)
    turn = due_turn(mediation)
    if turn is None:
        raise IllegalMove(_("Every follow-up is done."), _("Conclude the mediation."))
    if local_date(at) < turn.due_on - EARLY:
        day = (turn.due_on - EARLY).isoformat()
        raise IllegalMove(
            _("It is too early for this follow-up."),
            _("It can be done from %(day)s.") % {"day": day},
        )
    if satisfaction not in range(1, 6):
        raise Invalid(_("Satisfaction is missing."), {"satisfaction": _("Choose 1 to 5.")})
    if way not in Way.values:
        raise Invalid(_("How is missing."), {"way": _("Choose how you followed up.")})
    turn.done_at, turn.by_id, turn.way = at, actor.user_id, way
    turn.satisfaction, turn.recurred, turn.text = satisfaction, recurred, text.strip()
    turn.save()
    facts = {"turn": turn.turn, "way": way, "satisfaction": satisfaction, "recurred": recurred}
    finish(mediation, "follow_up", by=actor.user_id, at=at, facts=facts)
    _time_next(mediation, at)
    return mediation


def _time_next(mediation: Mediation, at: datetime) -> None:
    case = case_of(mediation)
    left = FollowUp.objects.filter(mediation=mediation, done_at=None).count()
    length = length_of(case, "follow_up", TURNS[-1][1], at=at) if left else None
    since = moment_of(mediation.effective_on) if mediation.effective_on else at
    set_clock(case, "follow_up", length, at, since=since, instead_of=("follow_up",))
