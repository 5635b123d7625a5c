"""Forget: what is personal and nobody needs any more is destroyed after a time."""

from datetime import datetime, timedelta

from django.db import transaction

from linli.audit.record import record
from linli.intake import lifecycle, vault
from linli.intake.models import Batch, Finding

# A file that waits for its mapping or was stopped; refused rows that wait for repair.
FILES_KEPT, FINDINGS_KEPT = timedelta(days=7), timedelta(days=30)


def forget_old(at: datetime) -> int:
    """Destroy files and samples older than a week, refused rows older than a month; say how many."""
    old = Batch.objects.filter(touched_at__lt=at - FILES_KEPT).exclude(
        state__in=lifecycle.UNDER_WAY
    )
    forgotten = 0
    for batch in old.exclude(look=b""):
        with transaction.atomic():
            vault.remove(batch.id)
            batch.look = b""
            if batch.state == lifecycle.READY:
                batch.state, batch.ended_at = lifecycle.STOPPED, at
            batch.save(update_fields=["look", "state", "ended_at"])
            record("import", batch.id, "import.forget", actor=None, at=at)
        forgotten += 1
    kept = set(Batch.objects.filter(state__in=lifecycle.OPEN).values_list("id", flat=True))
    kept |= set(
        Batch.objects.filter(state=lifecycle.STOPPED).exclude(look=b"").values_list("id", flat=True)
    )
    for key in vault.held():
        if key not in kept:
            vault.remove(key)
    Finding.objects.filter(batch__touched_at__lt=at - FINDINGS_KEPT).delete()
    return forgotten
