"""Try a gateway: a message that says it works, or not."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.crypto import seal
from linli.kernel.errors import Invalid
from linli.kernel.ids import new_id
from linli.notices.actions.set_gateway import locked
from linli.notices.lifecycle import ROBOT
from linli.notices.models import Message
from linli.notices.queries.setup import ROBOTS, language_of, people, texts_of
from linli.notices.texts import filled


@transaction.atomic
def try_gateway(gateway_id: UUID, *, actor: Actor, at: datetime) -> Message:
    """Send a trial: to the actor's own address, or to the robot's group. Returns the message."""
    gateway = locked(gateway_id, actor)
    is_robot = gateway.sort in ROBOTS
    channel = ROBOT if is_robot else gateway.sort
    known = people([actor.user_id] if actor.user_id else [])
    person = known.get(actor.user_id) if actor.user_id else None
    to = "" if is_robot or person is None else person.address(channel)
    if not is_robot and not to:
        raise Invalid(_("Your own account has no address for this: enter it there first."))
    language = person.language if person else language_of("")
    subject, body = texts_of(["test"])["test", channel, language]
    words = {"city": settings.LINLI_ADDRESS}
    pk = new_id()
    sealed = {
        "to": to, "subject": filled(subject, words, language), "body": filled(body, words, language)
    }  # fmt: skip
    message = Message(
        id=pk, channel=channel, gateway=gateway, user_id=None if is_robot else actor.user_id,
        target=f"gateway:{gateway.pk}" if is_robot else f"user:{actor.user_id}",
        kind="test", language=language, urgent=True, about_type="gateway",
        about_id=str(gateway.pk), rule=gettext_noop("tried by an administrator"),
        sealed=seal(sealed, pk.bytes), at=at, not_before=at, key=f"test:{pk}",
    )  # fmt: skip
    message.save(force_insert=True)
    gateway.paused_until = None
    gateway.save(update_fields=["paused_until"])
    record("gateway", gateway.pk, "notice.try_gateway", actor=actor.user_id, at=at)
    return message
