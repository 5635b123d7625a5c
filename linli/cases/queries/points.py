"""The cases of a map, written as JSON by the database."""

from dataclasses import replace
from datetime import datetime

from django.db import connection

from linli.accounts.actor import Actor
from linli.cases.queries.picking import picked
from linli.cases.queries.selection import Selection

# More marks than this no map needs; what is left out is told.
MOST = 10_000
COUNTED = 100_000

# Written while the row is at hand. A case number is digits and dashes, yet is treated as text.
_POINT = """
'[' || round(c.longitude * 1e6) / 1e6 || ',' || round(c.latitude * 1e6) / 1e6 || ',"'
  || cases_light(c.state, c.high_risk, c.followed_up_at, c.warn_at, c.due_at, now()) || '",'
  || to_json(c.number) || ',"' || c.id || '"]' AS point
"""


def points(actor: Actor, selection: Selection, now: datetime) -> bytes:
    """Return ``{"points": [[lng, lat, light, number, id], …], "total": n}`` of the selected cases.

    WGS-84 degrees with six decimals. Beyond :data:`MOST` the first of the order are given, and
    ``total`` is what there are (counted up to :data:`COUNTED`).
    """
    if selection.is_impossible:
        return b'{"points": [], "total": 0}'
    located = replace(selection, located=True)
    if selection.words:
        pick, values = picked(actor, located, now=now, most=MOST)
        source = f"SELECT {_POINT} FROM ({pick}) AS p JOIN cases_case c ON c.id = p.id"  # noqa: S608 - built from fixed parts
    else:
        source, values = picked(actor, located, now=now, most=MOST, extra=_POINT)
    statement = f"SELECT coalesce(string_agg(point, ','), ''), count(*) FROM ({source}) AS p"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        text, total = cursor.fetchone()
        if total == MOST and not selection.words:
            pick, values = picked(actor, located, now=now, most=COUNTED)
            cursor.execute(f"SELECT count(*) FROM ({pick}) AS p", values)  # noqa: S608
            (total,) = cursor.fetchone()
    return f'{{"points": [{text}], "total": {total}}}'.encode()
