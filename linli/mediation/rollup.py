"""Keeps the counts of the official form: ``fold`` puts the changes away, ``rebuild`` counts afresh.

Triggers keep :class:`Fact` and append to :class:`Delta` (migration 0003). A figure is the sum over
:class:`Rollup` and :class:`Delta` at every moment; folding moves counts from one to the other and
changes no figure.
"""

from datetime import date

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from linli.kernel.folding import put_away

_KEY = "area, facet, month, value"
_SUMS = "mediations, resolved, hard, amount, parties, averted_persons"
_EMPTY = f"DELETE FROM mediation_rollup WHERE ({_SUMS}) = (0, 0, 0, 0, 0, 0)"  # noqa: S608
# A mediation counts in every area above it; a grid's few are counted from the facts.
LONGEST = 12
_LENGTHS = "(VALUES (2), (4), (6), (9), (12)) AS l (length)"

# Each count stands under its month, and once more in the sum over all months.
TOTAL = date(1, 1, 1)
_MONTHS = f"(VALUES ({{}}), (DATE '{TOTAL.isoformat()}')) AS m (month)"
_FACETS = (
    "mediation_facets({0}.committee_kind, {0}.source, {0}.type, {0}.resolved, {0}.form,"
    " {0}.averted) AS f"
)

# Rows of a fold that runs at the same moment are left to it. Whatever kills this statement leaves
# every row where it was.
_FOLD = f"""
WITH taken AS (
  DELETE FROM mediation_delta WHERE id IN (
    SELECT id FROM mediation_delta ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
  RETURNING *),
spread AS (
  SELECT left(t.area, l.length) AS area, f.facet, m.month, f.value, sum(t.sign) AS mediations,
    coalesce(sum(t.sign) FILTER (WHERE t.resolved), 0) AS resolved,
    coalesce(sum(t.sign) FILTER (WHERE t.hard), 0) AS hard, sum(t.sign * t.amount) AS amount,
    sum(t.sign * t.parties) AS parties, sum(t.sign * t.averted_persons) AS averted_persons
  FROM taken t, {_LENGTHS}, LATERAL {_MONTHS.format("t.month")}, {_FACETS.format("t")}
  WHERE length(t.area) >= l.length
  GROUP BY 1, 2, 3, 4),
put AS (
  INSERT INTO mediation_rollup AS r ({_KEY}, {_SUMS})
  SELECT {_KEY}, {_SUMS} FROM spread WHERE ({_SUMS}) <> (0, 0, 0, 0, 0, 0)
  -- Always in the same order: two folds may wait for each other's rows, never in a circle.
  ORDER BY {_KEY}
  ON CONFLICT ({_KEY}) DO UPDATE SET mediations = r.mediations + excluded.mediations,
    resolved = r.resolved + excluded.resolved, hard = r.hard + excluded.hard,
    amount = r.amount + excluded.amount, parties = r.parties + excluded.parties,
    averted_persons = r.averted_persons + excluded.averted_persons)
SELECT count(*) FROM taken
"""  # noqa: S608 - fixed column names

# Facts that are missing or wrong are computed anew, those of nothing are dropped.
_FACTS = """
WITH wrong AS (
  SELECT coalesce(c.mediation_id, f.mediation_id) AS id, c.mediation_id IS NULL AS gone
  FROM mediation_counted c FULL JOIN mediation_fact f USING (mediation_id)
  WHERE (c.committee_id, c.day, c.ended, c.area, c.committee_kind, c.source, c.type, c.resolved,
      c.form, c.hard, c.averted, c.amount, c.parties, c.averted_persons)
    IS DISTINCT FROM (f.committee_id, f.day, f.ended, f.area, f.committee_kind, f.source, f.type,
      f.resolved, f.form, f.hard, f.averted, f.amount, f.parties, f.averted_persons)),
dropped AS (
  DELETE FROM mediation_fact WHERE mediation_id IN (SELECT id FROM wrong WHERE gone))
SELECT count(*), array_agg(id) FILTER (WHERE NOT gone) FROM wrong
"""

# Counted in the smallest areas first: that leaves little to add up above them.
_REBUILD = f"""
WITH gone AS (DELETE FROM mediation_delta),
smallest AS (
  SELECT left(c.area, {LONGEST}) AS area, f.facet, date_trunc('month', c.day)::date AS month,
    f.value, count(*) AS mediations, count(*) FILTER (WHERE c.resolved) AS resolved,
    count(*) FILTER (WHERE c.hard) AS hard, sum(c.amount) AS amount, sum(c.parties) AS parties,
    sum(c.averted_persons) AS averted_persons
  FROM mediation_fact c, {_FACETS.format("c")}
  GROUP BY 1, 2, 3, 4),
fresh AS (
  SELECT left(s.area, l.length) AS area, s.facet, m.month, s.value,
    sum(s.mediations) AS mediations, sum(s.resolved) AS resolved, sum(s.hard) AS hard,
    sum(s.amount) AS amount, sum(s.parties) AS parties, sum(s.averted_persons) AS averted_persons
  FROM smallest s, {_LENGTHS}, LATERAL {_MONTHS.format("s.month")}
  WHERE length(s.area) >= l.length
  GROUP BY 1, 2, 3, 4),
put AS (
  INSERT INTO mediation_rollup AS r ({_KEY}, {_SUMS})
  SELECT {_KEY}, coalesce(f.mediations, 0), coalesce(f.resolved, 0), coalesce(f.hard, 0),
    coalesce(f.amount, 0), coalesce(f.parties, 0), coalesce(f.averted_persons, 0)
  FROM fresh f FULL JOIN mediation_rollup o USING ({_KEY})
  WHERE (f.mediations, f.resolved, f.hard, f.amount, f.parties, f.averted_persons)
    IS DISTINCT FROM (o.mediations, o.resolved, o.hard, o.amount, o.parties, o.averted_persons)
  ON CONFLICT ({_KEY}) DO UPDATE SET mediations = excluded.mediations,
    resolved = excluded.resolved, hard = excluded.hard, amount = excluded.amount,
    parties = excluded.parties, averted_persons = excluded.averted_persons
  RETURNING 1)
SELECT count(*) FROM put
"""  # noqa: S608 - fixed column names

_CALENDAR = """
CREATE OR REPLACE FUNCTION mediation_day(_at timestamptz) RETURNS date
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT (_at AT TIME ZONE {zone})::date $$;
"""


def fold(batch: int = 5000) -> int:
    """Put away all changes of the figures, ``batch`` a transaction; returns how many.

    May run twice at once, may be killed anywhere, may find nothing.
    """
    return put_away(_FOLD, _EMPTY, batch)


def rebuild() -> int:
    """Count everything afresh from the mediations; returns how many facts and cells were wrong.

    Runs beside people at work: readers see the old figures until the end, and a change that is
    committed meanwhile stays in :class:`Delta`, because the statement that counts sees neither the
    change nor its row.
    """
    fold()
    with transaction.atomic(), connection.cursor() as cursor:
        # No fold may move counts while they are compared; taken before the statement's snapshot.
        cursor.execute("LOCK TABLE mediation_rollup IN EXCLUSIVE MODE")
        zone = sql.Literal(settings.TIME_ZONE)
        cursor.execute(sql.SQL(_CALENDAR).format(zone=zone).as_string(cursor.connection))
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute("SELECT current_setting('linli.uncounted', true)")
        (before,) = cursor.fetchone()
        # What the facts say now is counted below, so their changes needn't be told.
        cursor.execute("SET LOCAL linli.uncounted = 'on'")
        cursor.execute(_FACTS)
        wrong, ids = cursor.fetchone()
        if ids:
            cursor.execute("SELECT mediation_recount(%s::uuid[])", [ids])
        cursor.execute("SELECT set_config('linli.uncounted', %s, true)", [before or ""])
        cursor.execute(_REBUILD)
        (corrected,) = cursor.fetchone()
        cursor.execute(_EMPTY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE mediation_rollup, mediation_fact")
    return int(wrong) + int(corrected)
