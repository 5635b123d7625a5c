"""Deliver: let waiting messages leave the house, several for one receiver as one.

Nothing is locked while somebody else's server is waited for. A message is claimed (``sending``) in
one transaction, sent, and marked in the next. What a dead worker leaves claimed is never sent again
by itself: it may have arrived.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from linli.kernel.crypto import unseal
from linli.kernel.ids import new_id
from linli.notices.actions.mark_sent import after_failure, mark, note_gateway
from linli.notices.actions.pack import pack
from linli.notices.channels import SENDERS
from linli.notices.channels.parcel import Access, Doubtful, Rejected, SendError, Unreachable
from linli.notices.lifecycle import ROBOT, SENDING
from linli.notices.models import Gateway, Message
from linli.notices.queries.setup import habits, rest

# Longer than any try takes.
LOST_AFTER = timedelta(minutes=2)
_TRIED = (Rejected, Unreachable, Doubtful)

_DUE = """
SELECT channel, target, gateway_id FROM notices_message
WHERE state = 'queued' AND not_before <= %s AND channel = %s
GROUP BY channel, target, gateway_id ORDER BY bool_or(urgent) DESC, min(not_before) LIMIT %s
"""


def deliver(channel: str, *, at: datetime, most: int = 100) -> int:
    """Send what is due by one channel to up to ``most`` receivers; return how many were served.

    Run by one job a channel at a time. A gateway that fails is left alone for a while, longer each
    time; its messages wait.
    """
    served = 0
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [at, channel, most])
        due = cursor.fetchall()
    for _channel, target, gateway_id in due:
        gateway = _gateway(channel, gateway_id)
        if gateway is not None and gateway.paused_until and gateway.paused_until > timezone.now():
            continue
        claimed = claim(channel, target, at=at)
        if claimed:
            _send(claimed, gateway)
            served += 1
    return served


def give_up_on_lost(*, at: datetime) -> int:
    """End what a dead worker left in the air as ``unsure``; return how many."""
    lost = Message.objects.filter(state=SENDING, tried_at__lt=at - LOST_AFTER)
    return lost.update(state="unsure", ended_at=at, error="the worker ended while it was sent")


def _gateway(channel: str, gateway_id: UUID | None) -> Gateway | None:
    if channel == ROBOT:
        return Gateway.objects.filter(id=gateway_id, is_on=True).first() if gateway_id else None
    return Gateway.objects.filter(sort=channel, is_on=True).order_by("id").first()


@transaction.atomic
def claim(channel: str, target: str, *, at: datetime) -> list[Message]:
    """Take what waits for one receiver: what is due, and what would follow within the gathering.

    In the receiver's quiet hours only what is urgent goes; the rest is put off to their end.
    """
    city = habits()
    soon = at + timedelta(minutes=city.gather_minutes)
    waiting = list(
        Message.objects.select_for_update(skip_locked=True)
        .filter(channel=channel, target=target, state="queued", not_before__lte=soon)
        .order_by("at", "id")[:50]
    )
    if not any(message.not_before <= at for message in waiting):
        return []
    user = waiting[0].user_id
    quiet = rest([user] if user else [], city).of(user)
    if quiet.holds(at):
        later = [message for message in waiting if not message.urgent]
        Message.objects.filter(pk__in=[message.pk for message in later]).update(
            not_before=quiet.released(at)
        )
        waiting = [message for message in waiting if message.urgent]
    parcel = new_id()
    for message in waiting:
        message.state, message.tried_at, message.parcel = SENDING, at, parcel
        message.attempts += 1
    Message.objects.bulk_update(waiting, ["state", "tried_at", "parcel", "attempts"])
    return waiting


def _send(messages: Sequence[Message], gateway: Gateway | None) -> None:
    if gateway is None:
        mark(messages, "outbox", at=timezone.now())
        return
    try:
        access = Access(gateway.plain, unseal(gateway.secret, gateway.pk.bytes))
        SENDERS[gateway.sort](access, pack(messages))
    except _TRIED as error:
        after_failure(messages, gateway, error, at=timezone.now())
    except Exception as error:
        odd = SendError(f"{type(error).__name__}")
        after_failure(messages, gateway, odd, at=timezone.now())
    else:
        at = timezone.now()
        mark(messages, "sent", at=at, gateway=gateway)
        note_gateway(gateway, at=at)
