"""Idempotency: the same key asked again is answered with the first result."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.models import Once

KEPT = timedelta(days=7)

_CLAIM = """
INSERT INTO kernel_once (person, key, digest, object_id, at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (person, key) DO NOTHING
"""


def claim(person: UUID, key: str, request: bytes, object_id: UUID, at: datetime) -> UUID | None:
    """Take ``key`` for the work that will make ``object_id``, in the work's own transaction.

    Returns None when the key is new: go on. Returns the first result's id when the same request
    came before; a second one at the same moment waits here until the first has committed. Raises
    :class:`Invalid` when the key was used for a different request.
    """
    if not 1 <= len(key) <= 80:
        raise Invalid(_("The idempotency key must have 1 to 80 characters."))
    digest = hashlib.sha256(request).digest()
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [person, key, digest, object_id, at])
        if cursor.rowcount == 1:
            return None
    first = Once.objects.get(person=person, key=key)
    if bytes(first.digest) != digest:
        raise Invalid(_("This idempotency key was used for another request."))
    return first.object_id


def forget_old(now: datetime) -> int:
    """Remove keys nobody will repeat any more; returns how many."""
    removed, _kinds = Once.objects.filter(at__lt=now - KEPT).delete()
    return removed
