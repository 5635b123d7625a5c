"""A page of cases as JSON, written by the database: what programs list costs as little as it can."""

from datetime import datetime
from typing import NamedTuple

from django.db import connection

from linli.accounts.actor import Actor
from linli.cases.queries.listing import PAGE
from linli.cases.queries.picking import Cursor, picked
from linli.cases.queries.selection import BY_DEADLINE, Selection

_OBJECTS = """
SELECT p.at, c.id, row_to_json(r)::text
FROM ({}) AS p JOIN cases_case c ON c.id = p.id CROSS JOIN LATERAL (SELECT
  c.id, c.number, c.kind, c.category_id AS category, c.title, c.area_id AS area, c.state, c.level,
  cases_light(c.state, c.high_risk, c.followed_up_at, c.warn_at, c.due_at, %s) AS light, c.channel,
  c.holder_id AS holder, c.handler_id AS handler, c.opened_at, c.due_at, c.version) AS r
ORDER BY p.at {}, p.id {}
"""


class Feed(NamedTuple):
    """A page as JSON objects, and the cursor of the next page where there is one."""

    objects: list[str]
    next: str | None


def feed(
    actor: Actor, selection: Selection, *, now: datetime, after: str = "", most: int = PAGE
) -> Feed:
    """Return ``most`` cases of a selection from a cursor on; raises :class:`Invalid` for a bad one."""
    if selection.is_impossible:
        return Feed([], None)
    start = Cursor.parse(after) if after else None
    pick, values = picked(actor, selection, now=now, most=most + 1, start=start)
    way = "ASC" if selection.order == BY_DEADLINE else "DESC"
    with connection.cursor() as cursor:
        cursor.execute(_OBJECTS.format(pick, way, way), [*values, now])
        rows = cursor.fetchall()
    more = len(rows) > most
    last = rows[most - 1] if more else None
    return Feed([row[2] for row in rows[:most]], str(Cursor(last[0], last[1])) if last else None)
