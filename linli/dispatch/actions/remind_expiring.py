"""Remind of what expires: once a day the people who keep a store hear of lots near their date."""

import hashlib
from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.accounts.actor import SYSTEM
from linli.accounts.queries import roles_on
from linli.dispatch.models import Lot
from linli.dispatch.queries.supplies import expiring
from linli.kernel.working_days import local_date
from linli.notices.actions.send import Telling, notify_all

NEAR, GONE = _("expires soon"), _("expired")


def remind_expiring(*, at: datetime) -> int:
    """Tell of each store's lots that expire within thirty days, and again when one has; return stores.

    The same lots are told once, however often this runs.
    """
    today = local_date(at)
    found: defaultdict[UUID, list[Lot]] = defaultdict(list)
    for lot in expiring(SYSTEM, today):
        found[lot.store_id].append(lot)
    units = {lots[0].store.unit_id for lots in found.values()}
    people: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for unit, user in roles_on(today).filter(unit__in=units).values_list("unit", "user"):
        if unit is not None:
            people[unit].add(user)
    tellings = []
    for store, lots in found.items():
        first = lots[0]
        gone = first.expires_on is not None and first.expires_on < today
        key = ":".join(sorted(str(lot.id) for lot in lots))
        tellings.append(
            Telling(
                "supplies_due", ("store", store), at, to_users=people[first.store.unit_id],
                key=f"{store}:{'gone' if gone else 'near'}:{hash_of(key)}", rule="supplies due",
                words={"place": first.store.name, "task": GONE if gone else NEAR,
                       "count": len(lots), "due": str(first.expires_on)},
            )
        )  # fmt: skip
    notify_all(tellings)
    return len(found)


def hash_of(key: str) -> str:
    """Return a short name of which lots a notice was about."""
    return hashlib.sha256(key.encode()).hexdigest()[:16]
