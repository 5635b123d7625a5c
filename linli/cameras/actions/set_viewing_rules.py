"""Set the rules of viewing: stricter than the defaults, or back to them, never looser."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cameras.actions.ranges import Ranges, wrong_ranges
from linli.cameras.models import ViewingRules
from linli.cameras.policy import may_set_up, permit
from linli.kernel.errors import Invalid

# What the database insists on, said beforehand at each field.
RANGES: Ranges = {
    "metres": (1, 500), "case_hours": (1, 72), "before_hours": (0, 6), "after_hours": (1, 24),
    "span_minutes": (1, 240), "live_minutes": (1, 60), "recorded_hours": (1, 8),
    "clip_days": (1, 30),
}  # fmt: skip
NAMES = (*RANGES, "consent_live")


@transaction.atomic
def set_viewing_rules(given: dict[str, int | bool], *, actor: Actor, at: datetime) -> ViewingRules:
    """Set the city's limits; raises :class:`Invalid` where one is looser than the law and we allow."""
    permit(may_set_up(actor))
    if wrong := wrong_ranges(given, RANGES):
        raise Invalid(_("The rules can only be made stricter."), wrong)
    rules = ViewingRules.objects.select_for_update().get(pk=1)
    for name in NAMES:
        if name in given:
            setattr(rules, name, given[name])
    rules.save()
    told = {name: getattr(rules, name) for name in NAMES}
    record("viewing_rules", "1", "video.set_rules", actor=actor.user_id, at=at, facts=told)
    return rules
