"""One page of a list of cases, and how many there are."""

import time
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection

from linli.accounts.actor import Actor
from linli.cases.queries.picking import Cursor, areas_of, picked, union, units_of
from linli.cases.queries.selection import BY_DEADLINE, Selection, conditions, joined

PAGE = 100
# Counting stops here; further on it is only said that there are more.
COUNTED = 1_000
# What an index knows, so that counting reads no more than it counts.
_INDEXED = frozenset({"state", "handler_id", "due_at", "opened_at", "number"})

# "More than so many" stays true while a person turns pages; an exact number is never kept.
_KEPT_SECONDS, _MOST_KNOWN = 60.0, 1000
_known: dict[tuple[Any, ...], tuple["Total", float]] = {}

# Times are written by the database: a hundred rows of strings need no more work.
_ROWS = """
SELECT p.at, c.id, c.number, c.title, c.kind, c.category_id,
  CASE a.level WHEN 'grid' THEN b.name || a.name ELSE a.name END,
  c.state, cases_light(c.state, c.high_risk, c.followed_up_at, c.warn_at, c.due_at, %s),
  c.high_risk, to_char(c.due_at AT TIME ZONE %s, 'YYYY-MM-DD HH24:MI'),
  to_char(c.opened_at AT TIME ZONE %s, 'YYYY-MM-DD'), u.name, h.name
FROM ({}) AS p JOIN cases_case c ON c.id = p.id JOIN areas_area a ON a.code = c.area_id
  LEFT JOIN areas_area b ON b.code = a.parent_id JOIN areas_unit u ON u.id = c.holder_id
  LEFT JOIN accounts_user h ON h.id = c.handler_id
ORDER BY p.at {}, p.id {}
"""


class Row(NamedTuple):
    """A case as a list shows it. ``due`` and ``opened`` are city time, as text."""

    at: datetime
    id: UUID
    number: str
    title: str
    kind: str
    category: str | None
    place: str
    state: str
    light: str
    high_risk: bool
    due: str | None
    opened: str
    holder: str
    handler: str | None


class Page(NamedTuple):
    """Some rows, and the cursors of the pages around them where there are such pages."""

    rows: list[Row]
    before: str | None
    after: str | None


class Total(NamedTuple):
    """How many cases a selection has, or, where ``exact`` is False, a number it is above."""

    number: int
    exact: bool


def page(
    actor: Actor, selection: Selection, *, now: datetime, before: str = "", after: str = ""
) -> Page:
    """Return the page of a selection before or after a cursor, or its first."""
    if selection.is_impossible:
        return Page([], None, None)
    text = before or after
    start = Cursor.parse(text) if text else None
    back = bool(before)
    pick, values = picked(actor, selection, now=now, most=PAGE + 1, start=start, back=back)
    way = "ASC" if (selection.order == BY_DEADLINE) != back else "DESC"
    zone = settings.TIME_ZONE
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(pick, way, way), [now, zone, zone, *values])
        rows = [Row(*row) for row in cursor.fetchall()]
    return _cut(rows, back=back, started=start is not None)


def _cut(rows: list[Row], *, back: bool, started: bool) -> Page:
    """Take the row too many away: it only told that there are more."""
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    if back:
        rows.reverse()
    has_before, has_after = (more, started) if back else (started, more)
    return Page(
        rows,
        str(Cursor(rows[0].at, rows[0].id)) if rows and has_before else None,
        str(Cursor(rows[-1].at, rows[-1].id)) if rows and has_after else None,
    )


def total(actor: Actor, selection: Selection, shown: Page, now: datetime) -> Total:
    """Return how many cases there are: exactly, or as far as counting is cheap.

    Conditions an index knows bound what is read; the others are judged on the first
    :data:`COUNTED` of those, so the number told is never too high.
    """
    if not shown.before and not shown.after:
        return Total(len(shown.rows), exact=True)
    if selection.words:
        return Total(len(shown.rows), exact=False)
    scope = (connection.alias, actor.areas, actor.units, selection)
    known, told_at = _known.get(scope, (None, 0.0))
    if known is not None and time.monotonic() - told_at < _KEPT_SECONDS:
        return known
    counted = _count(actor, selection, shown, now)
    if not counted.exact:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[scope] = counted, time.monotonic()
    return counted


def _count(actor: Actor, selection: Selection, shown: Page, now: datetime) -> Total:
    found = conditions(selection, now)
    indexed, given = joined([one for one in found if one[0] in _INDEXED])
    others, late = joined([one for one in found if one[0] not in _INDEXED])
    columns = "c.*" if others else "1 AS one"
    arms: list[tuple[str, list[Any]]] = [
        (f"SELECT {columns} FROM {source}{indexed} LIMIT {COUNTED + 1}", [*values, *given])  # noqa: S608 - built from fixed parts
        for source, values in (
            *areas_of(actor, selection),
            *units_of(actor, selection, bare=not found),
        )
    ]
    walked, parameters = union(arms)
    statement = f"SELECT count(*) FILTER (WHERE true{others}), count(*) FROM ({walked}) AS c"  # noqa: S608 - built from fixed parts
    with connection.cursor() as cursor:
        cursor.execute(statement, [*late, *parameters])
        fulfilled, read = cursor.fetchone()
    exact = read <= COUNTED
    at_least = max(len(shown.rows), min(fulfilled, COUNTED))
    return Total(fulfilled if exact else at_least, exact=exact)
