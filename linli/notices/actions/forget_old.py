"""Forget: what was told is kept as long as the city says, addresses and texts for a month."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from linli.kernel.crypto import seal, sealed_with_newest, unseal
from linli.notices.lifecycle import ENDED
from linli.notices.models import Gateway, Message, Notice
from linli.notices.queries.setup import habits

CONTENT_KEPT = timedelta(days=30)
EVENTS_KEPT = timedelta(hours=6)

_FORGET_EVENTS = """
WITH gone AS (
  DELETE FROM notices_streamevent WHERE at < %s AND sequence IS NOT NULL RETURNING sequence
)
UPDATE notices_streamhead SET forgotten = greatest(forgotten, (SELECT max(sequence) FROM gone))
WHERE EXISTS (SELECT FROM gone)
"""


@transaction.atomic
def forget_old(*, at: datetime) -> int:
    """Remove notices and messages past the city's term; empty older messages. Returns how many."""
    term = at - timedelta(days=habits().keep_days)
    notices, _ = Notice.objects.filter(at__lt=term).delete()
    messages, _ = Message.objects.filter(at__lt=term, state__in=ENDED).delete()
    Message.objects.filter(ended_at__lt=at - CONTENT_KEPT).exclude(sealed=b"").update(sealed=b"")
    return notices + messages


def forget_events(*, at: datetime) -> None:
    """Remove old events of the stream, and remember up to which."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET_EVENTS, [at - EVENTS_KEPT])


def reseal() -> int:
    """Seal the gateways' secrets with the newest key where an older one did; return how many."""
    renewed = 0
    for gateway in Gateway.objects.all():
        if not sealed_with_newest(gateway.secret):
            context = gateway.pk.bytes
            gateway.secret = seal(unseal(gateway.secret, context), context)
            gateway.save(update_fields=["secret"])
            renewed += 1
    return renewed
