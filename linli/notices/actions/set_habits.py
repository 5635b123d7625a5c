"""Set habits: the city's quiet hours, how long messages gather, how long they are kept."""

from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import Invalid
from linli.notices.models import Habits
from linli.notices.policy import permit_keeping

MOST_MINUTES = 24 * 60
DAYS = (7, 3650)


@transaction.atomic
def set_habits(
    *,
    quiet_from: time,
    quiet_until: time,
    gather_minutes: int,
    keep_days: int,
    actor: Actor,
    at: datetime,
) -> Habits:
    """Keep the city's habits; equal ends of the quiet hours mean there are none."""
    permit_keeping(actor)
    if not 0 <= gather_minutes <= MOST_MINUTES:
        raise Invalid(
            _("That is not possible."), {"gather_minutes": _("Choose 0 to 1,440 minutes.")}
        )
    if not DAYS[0] <= keep_days <= DAYS[1]:
        raise Invalid(_("That is not possible."), {"keep_days": _("Choose 7 to 3,650 days.")})
    habits = Habits.objects.select_for_update().get(pk=1)
    habits.quiet_from, habits.quiet_until = quiet_from, quiet_until
    habits.gather_minutes, habits.keep_days = gather_minutes, keep_days
    habits.save()
    facts = {
        "quiet_from": quiet_from, "quiet_until": quiet_until,
        "gather_minutes": gather_minutes, "keep_days": keep_days,
    }  # fmt: skip
    record("notices", "habits", "notice.set_habits", actor=actor.user_id, at=at, facts=facts)
    return habits
