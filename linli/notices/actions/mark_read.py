"""Mark read: one notice, or all of them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import NotFound
from linli.notices.models import Notice
from linli.notices.stream.publish import publish


@transaction.atomic
def mark_read(notice_id: UUID, *, actor: Actor, at: datetime) -> Notice:
    """Mark one of the actor's notices read; the person's other windows learn of it."""
    notice = Notice.objects.filter(pk=notice_id, user=actor.user_id).first()
    if notice is None:
        raise NotFound(_("There is no such notice."))
    if notice.read_at is None:
        notice.read_at = at
        notice.save(update_fields=["read_at"])
        publish(f"person:{actor.user_id}", "read", {}, at=at)
    return notice


@transaction.atomic
def mark_all_read(*, actor: Actor, at: datetime) -> int:
    """Mark all of the actor's notices read; return how many were not."""
    marked = Notice.objects.filter(user=actor.user_id, read_at=None, at__lte=at).update(read_at=at)
    if marked:
        publish(f"person:{actor.user_id}", "read", {}, at=at)
    return marked
