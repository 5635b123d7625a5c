"""All cases of a selection, row by row, without holding them in memory."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection

from linli.accounts.actor import Actor
from linli.cases.queries.picking import picked
from linli.cases.queries.selection import BY_DEADLINE, Selection

CHUNK = 500
# What is found by words comes from a function that gives its rows all at once.
MOST_BY_WORDS = 100_000

# Nothing personal: no party, no description, no address, no note.
_ROWS = """
SELECT c.number, c.kind, c.category_id, c.title, t.name, v.name, a.name, c.area_id, c.channel,
  c.state, cases_light(c.state, c.high_risk, c.followed_up_at, c.warn_at, c.due_at, %s), c.level,
  u.name, h.name, c.scale, c.difficulty, {times}, c.resolved_level, c.satisfaction
FROM ({pick}) AS p JOIN cases_case c ON c.id = p.id
  LEFT JOIN areas_area t ON t.code = left(c.area_id, 9) AND length(c.area_id) > 9
  LEFT JOIN areas_area v ON v.code = left(c.area_id, 12) AND length(c.area_id) > 12
  JOIN areas_area a ON a.code = c.area_id JOIN areas_unit u ON u.id = c.holder_id
  LEFT JOIN accounts_user h ON h.id = c.handler_id
ORDER BY p.at {way}, p.id {way}
"""
_TIMES = ("opened_at", "due_at", "resolved_at", "closed_at")


class Exported(NamedTuple):
    """A case as a table outside shows it; times are days since 1899-12-30 in city time (Excel's)."""

    number: str
    kind: str
    category: str | None
    title: str
    township: str | None
    village: str | None
    place: str
    area: str
    channel: str
    state: str
    light: str
    level: str
    holder: str
    handler: str | None
    scale: str
    difficulty: str
    opened: float
    due: float | None
    resolved: float | None
    closed: float | None
    resolved_level: str
    satisfaction: int | None


def exported(actor: Actor, selection: Selection, now: datetime) -> Iterator[Exported]:
    """Give the selected cases in the list's order; must be used up inside the actor's scope."""
    if selection.is_impossible:
        return
    most = MOST_BY_WORDS if selection.words else None
    pick, values = picked(actor, selection, now=now, most=most)
    days = "(extract(epoch FROM c.{} AT TIME ZONE %s) / 86400 + 25569)::float8"
    sql = _ROWS.format(
        times=", ".join(days.format(column) for column in _TIMES),
        pick=pick,
        way="ASC" if selection.order == BY_DEADLINE else "DESC",
    )
    parameters: list[Any] = [now, *[settings.TIME_ZONE] * len(_TIMES), *values]
    connection.ensure_connection()
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, parameters)
        while rows := cursor.fetchmany(CHUNK):
            yield from (Exported(*row) for row in rows)
