"""Follow the timeline: what happened to cases since the last look, and what lies before the first."""

from uuid import UUID

from django.db import connection, transaction

from linli.alike.actions.keep_texts import keep_texts
from linli.alike.actions.weigh import weigh
from linli.alike.models import Mark, Rarity

# A transaction may write its events this long before others that are seen earlier.
_LAG_MS = 60_000
_LAST = UUID(int=2**128 - 1)
_FIRST = UUID(int=0)
_MOST = 500

_NEWS = """
SELECT DISTINCT e.case_id FROM cases_event e JOIN cases_case c ON c.id = e.case_id
  LEFT JOIN alike_text t ON t.case_id = c.id AND t.version = c.version
WHERE e.id > %s AND e.id <= %s AND t.case_id IS NULL
"""
_OLDER = """
SELECT id, (SELECT version FROM alike_text t WHERE t.case_id = c.id) IS DISTINCT FROM version
FROM cases_case c WHERE id < %s ORDER BY id DESC LIMIT %s
"""


def follow() -> int:
    """Keep the texts of cases that moved since the last look; return how many were kept."""
    with transaction.atomic():
        mark, is_new = Mark.objects.select_for_update().get_or_create(
            pk=1, defaults={"event": _FIRST, "back": _LAST}
        )
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM cases_event ORDER BY id DESC LIMIT 1")
            row = cursor.fetchone()
            last = row[0] if row else _FIRST
            news: list[UUID] = []
            if not is_new:
                cursor.execute(_NEWS, [_before(mark.event), last])
                news = [case for (case,) in cursor.fetchall()]
        mark.event = last
        mark.save(update_fields=["event"])
        for start in range(0, len(news), _MOST):
            keep_texts(news[start : start + _MOST])
    return len(news)


def catch_up(most: int = _MOST) -> bool:
    """Keep the texts of ``most`` cases from before the first look; say whether there are more."""
    with transaction.atomic():
        mark = Mark.objects.select_for_update().filter(back__isnull=False).first()
        if mark is None:
            return False
        if not Rarity.objects.exists():
            weigh()
        with connection.cursor() as cursor:
            cursor.execute(_OLDER, [mark.back, most])
            rows = cursor.fetchall()
        keep_texts([case for case, is_stale in rows if is_stale])
        mark.back = rows[-1][0] if len(rows) == most else None
        mark.save(update_fields=["back"])
        return mark.back is not None


def look_again() -> None:
    """Walk all cases once more: what an import or a restore left out, and what got new weights."""
    Mark.objects.update_or_create(pk=1, defaults={"back": _LAST}, create_defaults={
        "event": _FIRST, "back": _LAST,
    })  # fmt: skip


def _before(event: UUID) -> UUID:
    """Return the smallest UUIDv7 of a minute before ``event``."""
    moment = (event.int >> 80) - _LAG_MS
    return UUID(int=max(0, moment) << 80)
