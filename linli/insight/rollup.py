"""Keeps the roll-ups: ``fold`` puts the changes away, ``rebuild`` counts everything afresh.

The trigger on the cases only appends to :class:`Delta`, so that no two writers ever wait for the
same total. A figure is the sum over :class:`Rollup` and :class:`Delta` at every moment; folding
moves counts from one to the other and changes no figure.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from psycopg import sql

from linli.kernel.folding import put_away

_KEY = "area, facet, month, kind, value"
_EMPTY = "DELETE FROM insight_rollup WHERE (cases, resolved, on_time) = (0, 0, 0)"
# A case counts in every area above it; each length is one of COUNTED_LEVELS.
_LENGTHS = "(VALUES (4), (6), (9), (12)) AS l (length)"

# Each count stands under its month, and once more in the sum over all months.
TOTAL = date(1, 1, 1)
_MONTHS = f"(VALUES ({{}}), (DATE '{TOTAL.isoformat()}')) AS m (month)"

# Rows of a fold that runs at the same moment are left to it. Whatever kills this statement leaves
# every row where it was.
_FOLD = f"""
WITH taken AS (
  DELETE FROM insight_delta WHERE id IN (
    SELECT id FROM insight_delta ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
  RETURNING *),
spread AS (
  SELECT left(t.area, l.length) AS area, f.facet, m.month, t.kind, f.value,
    sum(t.sign) AS cases,
    sum(t.sign) FILTER (WHERE t.state IN ('resolved', 'closed')) AS resolved,
    sum(t.sign) FILTER (WHERE t.on_time) AS on_time
  FROM taken t, {_LENGTHS}, LATERAL {_MONTHS.format("t.month")},
    insight_facets(t.state, t.level, t.category, t.channel) AS f
  WHERE length(t.area) >= l.length
  GROUP BY 1, 2, 3, 4, 5),
put AS (
  INSERT INTO insight_rollup AS r ({_KEY}, cases, resolved, on_time)
  SELECT {_KEY}, cases, coalesce(resolved, 0), coalesce(on_time, 0) FROM spread
  WHERE (cases, coalesce(resolved, 0), coalesce(on_time, 0)) <> (0, 0, 0)
  -- Always in the same order: two folds may wait for each other's rows, never in a circle.
  ORDER BY {_KEY}
  ON CONFLICT ({_KEY}) DO UPDATE SET cases = r.cases + excluded.cases,
    resolved = r.resolved + excluded.resolved, on_time = r.on_time + excluded.on_time)
SELECT count(*) FROM taken
"""  # noqa: S608 - fixed column names

# Counted in the smallest areas first: that leaves little to add up above them.
_REBUILD = f"""
WITH gone AS (DELETE FROM insight_delta),
smallest AS (
  SELECT left(c.area_id, 12) AS area, f.facet, insight_month(c.opened_at) AS month, c.kind,
    f.value, count(*) AS cases,
    count(*) FILTER (WHERE c.state IN ('resolved', 'closed')) AS resolved,
    count(*) FILTER (WHERE c.on_time) AS on_time
  FROM cases_case c, insight_facets(c.state, c.resolved_level, coalesce(c.category_id, ''),
    c.channel) AS f
  GROUP BY 1, 2, 3, 4, 5),
fresh AS (
  SELECT left(s.area, l.length) AS area, s.facet, m.month, s.kind, s.value,
    sum(s.cases) AS cases, sum(s.resolved) AS resolved, sum(s.on_time) AS on_time
  FROM smallest s, {_LENGTHS}, LATERAL {_MONTHS.format("s.month")}
  WHERE length(s.area) >= l.length
  GROUP BY 1, 2, 3, 4, 5),
put AS (
  INSERT INTO insight_rollup AS r ({_KEY}, cases, resolved, on_time)
  SELECT {_KEY}, coalesce(f.cases, 0), coalesce(f.resolved, 0), coalesce(f.on_time, 0)
  FROM fresh f FULL JOIN insight_rollup o USING ({_KEY})
  WHERE (f.cases, f.resolved, f.on_time) IS DISTINCT FROM (o.cases, o.resolved, o.on_time)
  ON CONFLICT ({_KEY}) DO UPDATE SET cases = excluded.cases, resolved = excluded.resolved,
    on_time = excluded.on_time
  RETURNING 1)
SELECT count(*) FROM put
"""  # noqa: S608 - fixed column names

_CALENDAR = """
CREATE OR REPLACE FUNCTION insight_day(_at timestamptz) RETURNS date
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT (_at AT TIME ZONE {zone})::date $$;
CREATE OR REPLACE FUNCTION insight_month(_at timestamptz) RETURNS date
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT date_trunc('month', _at AT TIME ZONE {zone})::date $$;
"""


def fold(batch: int = 5000) -> int:
    """Put away all changes of the figures, ``batch`` a transaction; returns how many.

    May run twice at once, may be killed anywhere, may find nothing.
    """
    return put_away(_FOLD, _EMPTY, batch)


def rebuild() -> int:
    """Count everything afresh from the cases; returns how many cells had been wrong or missing.

    Runs beside people at work: readers see the old figures until the end, and a change that is
    committed meanwhile stays in :class:`Delta`, because the statement below sees neither the
    change nor its row.
    """
    fold()
    with transaction.atomic(), connection.cursor() as cursor:
        # No fold may move counts while they are compared; taken before the statement's snapshot.
        cursor.execute("LOCK TABLE insight_rollup IN EXCLUSIVE MODE")
        zone = sql.Literal(settings.TIME_ZONE)
        cursor.execute(sql.SQL(_CALENDAR).format(zone=zone).as_string(cursor.connection))
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute(_REBUILD)
        (corrected,) = cursor.fetchone()
        cursor.execute(_EMPTY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE insight_rollup")
    return int(corrected)


@contextmanager
def uncounted() -> Iterator[None]:
    """Let this connection write cases without counting them: bulk loads, ended by ``rebuild``."""
    with connection.cursor() as cursor:
        cursor.execute("SET linli.uncounted = 'on'")
    try:
        yield
    finally:
        # In a broken transaction nothing can be set, and its rollback takes the setting back.
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SET linli.uncounted = 'off'")
