"""Switch: put a measured version to work, or go back to the words alone. One version is on at most."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import Invalid, NotFound
from linli.reading.classifier import Classifier
from linli.reading.models import Version
from linli.reading.policy import permit_keeping
from linli.reading.queries.tables import forget


@transaction.atomic
def switch_on(number: int, *, actor: Actor, at: datetime) -> Version:
    """Let version ``number`` propose from now on; an older one as well as the newest (roll back)."""
    permit_keeping(actor)
    rows = {one.number: one for one in Version.objects.select_for_update().order_by("number")}
    version = rows.get(number)
    if version is None:
        raise NotFound(_("There is no such version."))
    try:
        Classifier.from_bytes(bytes(version.stored))
    except ValueError:
        raise Invalid(_("This version is no longer kept; learn a new one.")) from None
    on = _switch_off(list(rows.values()), at, but=number)
    version.switched_on_at, version.switched_off_at = at, None
    version.save(update_fields=["switched_on_at", "switched_off_at"])
    facts = {"before": on, "digest": version.digest}
    record("reading_version", str(number), "reading.switch_on", actor=actor.user_id, at=at,
           facts=facts)  # fmt: skip
    transaction.on_commit(forget)
    return version


@transaction.atomic
def switch_off(*, actor: Actor, at: datetime) -> None:
    """Let the words alone propose."""
    permit_keeping(actor)
    rows = list(Version.objects.select_for_update().order_by("number"))
    on = _switch_off(rows, at)
    if on is None:
        raise Invalid(_("No version is on."))
    record("reading_version", str(on), "reading.switch_off", actor=actor.user_id, at=at)
    transaction.on_commit(forget)


def _switch_off(rows: list[Version], at: datetime, but: int | None = None) -> int | None:
    was = None
    for one in rows:
        if one.switched_on_at and one.switched_off_at is None:
            was = one.number
            if one.number != but:
                one.switched_off_at = at
                one.save(update_fields=["switched_off_at"])
    return was
