"""Ask to learn: an administrator wants a new version now; the worker makes it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app as queue
from procrastinate.exceptions import AlreadyEnqueued

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import Invalid
from linli.reading.policy import permit_keeping

TASK = "linli.reading.tasks.learn_now"


@transaction.atomic
def ask_to_learn(*, actor: Actor, at: datetime) -> None:
    """Queue the learning; refused while one waits already."""
    permit_keeping(actor)
    try:
        with transaction.atomic():
            queue.configure_task(TASK, queueing_lock="reading_learn", lock="reading_learn").defer()
    except AlreadyEnqueued:
        raise Invalid(_("A new version is being learned already.")) from None
    record("reading", "1", "reading.ask_to_learn", actor=actor.user_id, at=at)
