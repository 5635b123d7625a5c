"""Record prevention work: what a committee did on one day. Written again, the day is corrected."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import Invalid, NotFound, NotPermitted
from linli.mediation.actions.days import check_day
from linli.mediation.models import Committee, Prevention
from linli.mediation.policy import MEDIATORS


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Counts of one day; at least one of them is not 0."""

    inspections: int = 0
    found: int = 0
    prevented: int = 0


@transaction.atomic
def record_prevention(
    committee_id: UUID, day: date, work: Work, *, actor: Actor, at: datetime
) -> Prevention:
    """Write down what the actor's committee did on a day that is not in the future."""
    committee = Committee.objects.select_for_update().filter(pk=committee_id).first()
    if committee is None:
        raise NotFound(_("There is no such committee here."))
    if not actor.works_in(committee.unit_id, MEDIATORS):
        raise NotPermitted(_("Only members of the committee write down what it did."))
    check_day("day", day, at)
    counts = asdict(work)
    if any(count < 0 for count in counts.values()) or not any(counts.values()):
        raise Invalid(_("A number is missing."), {"inspections": _("Write at least one number.")})
    written, _made = Prevention.objects.update_or_create(
        committee=committee,
        day=day,
        defaults={**counts, "recorded_at": at, "recorded_by_id": actor.user_id},
    )
    facts = {"day": day.isoformat(), **counts}
    record(
        "committee", committee.id, "committee.prevention", actor=actor.user_id, at=at, facts=facts
    )
    return written
