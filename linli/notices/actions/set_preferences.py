"""Set preferences: what a person is told by which channel, and their own quiet hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import Invalid, NotPermitted
from linli.notices.lifecycle import CHOSEN, KINDS
from linli.notices.models import Preference, QuietHours
from linli.notices.queries.setup import offered_channels

type Wish = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Hours:
    """Quiet hours of one's own; equal ends mean none."""

    starts: time
    ends: time


@transaction.atomic
def set_preferences(
    wished: Mapping[Wish, bool], *, hours: Hours | None, actor: Actor, at: datetime
) -> None:
    """Keep what the actor wants, as (kind, channel) → yes or no; only departures are stored.

    ``hours`` None means the city's quiet hours hold.
    """
    if actor.user_id is None:
        raise NotPermitted(_("Only a person has preferences."))
    for kind, channel in wished:
        if kind not in CHOSEN or channel not in offered_channels():
            raise Invalid(_("There is no such notice."))
    rows = [
        Preference(user_id=actor.user_id, kind=kind, channel=channel, wanted=wanted)
        for (kind, channel), wanted in wished.items()
        if wanted != (channel in KINDS[kind].channels)
    ]
    Preference.objects.filter(user=actor.user_id).delete()
    Preference.objects.bulk_create(rows)
    QuietHours.objects.filter(user=actor.user_id).delete()
    if hours is not None:
        QuietHours.objects.create(
            user_id=actor.user_id, quiet_from=hours.starts, quiet_until=hours.ends
        )
    facts = {
        "departures": [f"{row.kind}:{row.channel}" for row in rows],
        "quiet": hours is not None,
    }
    record("user", actor.user_id, "notice.prefer", actor=actor.user_id, at=at, facts=facts)
