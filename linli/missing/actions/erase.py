"""Erase: some time after the end everything about the person and every position is destroyed."""

from datetime import datetime

from django.db import transaction

from linli.accounts.actor import SYSTEM
from linli.missing.actions.step import note
from linli.missing.lifecycle import DECLINED, ENDED, KEPT
from linli.missing.models import Belief, Destination, Look, Person, Search, Telling, Walk

AT_ONCE = 50


def erase_due(*, at: datetime) -> int:
    """Erase what is due; return how many searches. Their record of numbers stays."""
    with transaction.atomic():
        due = list(
            Search.objects.select_for_update(skip_locked=True).filter(
                state__in=[ENDED, DECLINED], erased_at=None, ended_at__lte=at - KEPT
            )[:AT_ONCE]
        )  # fmt: skip
        for search in due:
            for rows in (Person, Destination, Belief, Walk, Telling):
                rows._default_manager.filter(search=search).delete()
            Look.objects.filter(search=search).update(camera=None, grant=None)
            search.latitude = search.longitude = None
            search.erased_at = at
            search.save(update_fields=["latitude", "longitude", "erased_at"])
            note(search, "erase", actor=SYSTEM, at=at)
    return len(due)
