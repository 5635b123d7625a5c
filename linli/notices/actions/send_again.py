"""Send again: a message that failed, is in doubt, or lies in the outbox waits once more."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import IllegalMove, NotFound
from linli.notices.lifecycle import MOVES
from linli.notices.models import Message
from linli.notices.policy import permit_keeping


@transaction.atomic
def send_again(message_id: UUID, *, actor: Actor, at: datetime) -> Message:
    """Put a message back into the queue, for an administrator who has looked at it."""
    permit_keeping(actor)
    message = Message.objects.select_for_update(of=("self",)).filter(pk=message_id).first()
    if message is None:
        raise NotFound(_("There is no such message."))
    states, to = MOVES["send_again"]
    if message.state not in states:
        raise IllegalMove(_("It is on its way or has arrived."))
    if not message.sealed:
        raise IllegalMove(_("Its text is no longer kept."))
    message.state, message.not_before, message.attempts = to, at, 0
    message.ended_at, message.error = None, ""
    message.save(update_fields=["state", "not_before", "attempts", "ended_at", "error"])
    facts = {"kind": message.kind, "channel": message.channel}
    record("message", message.pk, "notice.send_again", actor=actor.user_id, at=at, facts=facts)
    return message
