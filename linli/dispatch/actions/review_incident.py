"""Review: what was learnt from an incident, beside its clocks."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.dispatch.actions.step import begin, finish
from linli.dispatch.models import Incident, Review
from linli.kernel.errors import Invalid


@transaction.atomic
def review_incident(
    incident_id: UUID, *, good: str, better: str, actor: Actor, at: datetime,
    seen: int | None = None,
) -> Review:  # fmt: skip
    """Keep what went well and what is to be better; written again, the last text stands."""
    incident: Incident = begin("review", incident_id, actor, seen=seen)
    good, better = good.strip(), better.strip()
    if not (good or better):
        raise Invalid(_("Something is to be written here."), {"good": _("Please write it down.")})
    review, _made = Review.objects.update_or_create(
        incident=incident,
        defaults={"good": good, "better": better, "at": at, "by_id": actor.user_id},
    )
    finish(incident, "review", actor=actor, at=at)
    return review
