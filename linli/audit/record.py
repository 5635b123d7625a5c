"""Writing the audit log."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from linli.audit.reactions import react


def record(
    object_type: str,
    object_id: UUID | str,
    event: str,
    *,
    actor: UUID | None,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
) -> int:
    """Append one entry inside the caller's transaction and set off the event's reactions.

    ``facts`` holds ids, codes, dates and salted hashes: never personal data, never free text.
    Take every row lock before recording: the entry's chain is locked until the commit.
    Returns the entry's id.
    """
    text = json.dumps(facts or {}, ensure_ascii=False, sort_keys=True, default=str)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_append(%s, %s, %s, %s, %s, %s)",
            [actor, event, object_type, str(object_id), text, at],
        )
        (entry,) = cursor.fetchone()
    react(event, str(object_id), facts or {})
    return int(entry)
