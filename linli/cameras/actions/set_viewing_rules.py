"""Set the rules of viewing: stricter than the defaults, or back to them, never looser."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.cameras.models import ViewingRules
from linli.cameras.policy import may_set_up, permit
from linli.kernel.errors import Invalid

NAMES = (
    "metres", "case_hours", "before_hours", "after_hours", "span_minutes", "live_minutes",
    "recorded_hours", "consent_live", "clip_days",
)  # fmt: skip


@transaction.atomic
def set_viewing_rules(given: dict[str, int | bool], *, actor: Actor, at: datetime) -> ViewingRules:
    """Set the city's limits; raises :class:`Invalid` where one is looser than the law and we allow."""
    permit(may_set_up(actor))
    rules = ViewingRules.objects.select_for_update().get(pk=1)
    for name in NAMES:
        if name in given:
            setattr(rules, name, given[name])
    try:
        with transaction.atomic():
            rules.save()
    except IntegrityError as error:
        raise Invalid(
            _("The rules can only be made stricter."),
            dict.fromkeys(given, _("Stay within the limit.")) if len(given) == 1 else None,
        ) from error
    told = {name: getattr(rules, name) for name in NAMES}
    record("viewing_rules", "1", "video.set_rules", actor=actor.user_id, at=at, facts=told)
    return rules
