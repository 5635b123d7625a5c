"""Cities of a million cases and more, for benchmarks: the demo city's history, many times over.

A copy has its own key, number and dates, and keeps the title, place and people of its pattern. So
that ten million fit on a disk it brings along only what lists, maps, figures, search and the clock
worker read: where it is now, its registration and its end, and, while open, its running clocks.
Personal data, notes and entries of the audit log stay with the patterns. Their texts are kept as
those of any other case, so that a benchmark finds the worker at rest.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from linli.cases.lifecycle import OPEN
from linli.insight.demo import chances
from linli.insight.demo.bulk import bare
from linli.insight.demo.like import read_all
from linli.insight.demo.load import LOADED, load, tidy
from linli.insight.demo.progress import Say, bars
from linli.insight.rollup import rebuild, uncounted
from linli.kernel.errors import Refused
from linli.kernel.working_days import local_date

LEAST = 100_000
# However large the past is: more than a hundred thousand open matters no city has.
MOST_OPEN = 100_000
OPEN_SHARE = 10

_PREPARE = """
CREATE FUNCTION pg_temp.demo_id(_at timestamptz, _seed uuid, _copy int) RETURNS uuid
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (lpad(to_hex((extract(epoch FROM _at) * 1000)::bigint), 12, '0') || '7' || substr(m, 1, 3)
    || '8' || substr(m, 4, 15))::uuid FROM md5(_seed::text || _copy) AS m
$$;
CREATE TEMP TABLE demo_pattern ON COMMIT DROP AS
  SELECT id, opened_at, area_id, state, split_part(number, '-', 1) AS desk,
    state = ANY (%(open)s) AS open
  FROM cases_case
  -- The desks that people sign in at keep the size of a real one.
  WHERE state IN ('closed', 'referred', 'withdrawn', 'declined')
    OR (state = ANY (%(open)s) AND left(area_id, 9) <> '620302003');
-- The rows to copy stand apart: the tables they come from grow with every copy.
CREATE TEMP TABLE demo_case ON COMMIT DROP AS
  SELECT c.* FROM cases_case c JOIN demo_pattern p USING (id);
CREATE TEMP TABLE demo_placement ON COMMIT DROP AS
  SELECT r.* FROM cases_placement r JOIN demo_pattern p ON p.id = r.case_id WHERE r.until IS NULL;
CREATE TEMP TABLE demo_clock ON COMMIT DROP AS
  SELECT r.* FROM cases_clock r JOIN demo_pattern p ON p.id = r.case_id
  WHERE p.open AND r.stopped_at IS NULL;
CREATE TEMP TABLE demo_event ON COMMIT DROP AS
  SELECT r.* FROM cases_event r JOIN demo_pattern p ON p.id = r.case_id
  WHERE p.open OR r.verb IN ('register', 'resolve', 'refer', 'withdraw', 'decline');
CREATE TEMP TABLE demo_copy (pattern uuid, id uuid, shift interval, number text, desk text,
  year int, copy int) ON COMMIT DROP;
CREATE INDEX ON demo_case (id);
CREATE INDEX ON demo_placement (case_id);
CREATE INDEX ON demo_clock (case_id);
CREATE INDEX ON demo_event (case_id);
ANALYZE demo_pattern, demo_case, demo_placement, demo_clock, demo_event;
"""

# Ended matters move by whole weeks, round and round between the first day and five weeks ago; open
# ones by seconds into the past, so that no two begin at once.
_COPY = """
TRUNCATE demo_copy;
INSERT INTO demo_copy
SELECT s.id, pg_temp.demo_id(s.opened_at + s.shift, s.id, %(copy)s), s.shift,
  s.desk || '-' || s.year || '-' || lpad(n::text, greatest(6, length(n::text)), '0'),
  s.desk, s.year, %(copy)s
FROM (
  SELECT m.*, y.year, coalesce(c.last, 0) + row_number() OVER (
    PARTITION BY m.desk, y.year ORDER BY m.opened_at + m.shift, m.id) AS n
  FROM (
    SELECT p.*, CASE WHEN p.open THEN -((%(copy)s * 37) %% 1800) * interval '1 second' ELSE
      (((week + %(copy)s * 97) %% %(weeks)s) - week) * interval '7 days' END AS shift
    FROM (SELECT *, ((opened_at::date - '2013-05-01'::date) / 7) AS week FROM demo_pattern
      WHERE open = %(open)s LIMIT %(most)s) AS p
  ) AS m
  CROSS JOIN LATERAL (SELECT extract(year FROM (m.opened_at + m.shift)
    AT TIME ZONE 'Asia/Shanghai')::int AS year) AS y
  LEFT JOIN cases_counter c ON c.area = m.desk AND c.year = y.year
) AS s;
ANALYZE demo_copy;
INSERT INTO cases_counter (area, year, last)
  SELECT desk, year, max(split_part(number, '-', 3)::int) FROM demo_copy GROUP BY 1, 2
  ON CONFLICT (area, year) DO UPDATE SET last = excluded.last;
"""
_MOVED = {
    "opened_at": "t.opened_at + k.shift",
    "resolved_at": "t.resolved_at + k.shift",
    "followed_up_at": "t.followed_up_at + k.shift",
    "closed_at": "t.closed_at + k.shift",
    "id": "k.id",
    "number": "k.number",
}


def _child(at: str) -> dict[str, str]:
    """Return what changes in a row that hangs on a case and has its time in the column ``at``."""
    moved = f"t.{at} + k.shift"
    return {"id": f"pg_temp.demo_id({moved}, t.id, k.copy)", "case_id": "k.id", at: moved}


# Table → the patterns of its rows, the column that names the case, what is not the same in a copy.
_TABLES: dict[str, tuple[str, str, Mapping[str, str]]] = {
    "cases_case": ("demo_case", "id", _MOVED),
    "cases_placement": ("demo_placement", "case_id", _child("since")),
    "cases_event": ("demo_event", "case_id", _child("at")),
    "cases_clock": ("demo_clock", "case_id", _child("started_at")),
}


def load_scaled(
    cases: int, progress: Say | None = None, *, now: datetime | None = None
) -> dict[str, int]:
    """Load the demo city with ``cases`` cases, a tenth of them (at most 100,000) open.

    Raises :class:`Refused` below :data:`LEAST`, and where there is a city already.
    """
    if cases < LEAST:
        raise Refused(f"--scale makes cities of {LEAST:,} cases and more.", "Leave it out.")
    at = now or timezone.now()
    found = load(progress, now=at)
    with bars(progress) as say, uncounted():
        with transaction.atomic():
            found["cases"] = multiply(cases, local_date(at), say)
        say("figures", 0)
        rebuild()
        say("tidying", 0)
        tidy()
        say("tidying", 1)
        read_all(say)
    return found


def multiply(cases: int, today: date, say: Say) -> int:
    """Copy the demo's cases until there are ``cases``; return how many that are.

    Runs in the caller's transaction; what counts cases must be told afterwards (``rebuild``).
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute(_PREPARE, {"open": sorted(OPEN)})
        cursor.execute("SELECT count(*) FILTER (WHERE open), count(*) FROM demo_pattern")
        open_patterns, patterns = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM cases_case")
        (there,) = cursor.fetchone()
    open_wanted = min(cases // OPEN_SHARE, MOST_OPEN) - open_patterns
    ended_wanted = cases - there - open_wanted
    weeks = (today - chances.FIRST).days // 7 - 5
    with bare(LOADED):
        _copy(True, open_wanted, open_patterns, weeks, lambda done: say("open cases", done))
        ended = patterns - open_patterns
        _copy(False, ended_wanted, ended, weeks, lambda done: say("past cases", done))
        say("indexes at scale", 0)
    say("indexes at scale", 1)
    return cases


def _copy(
    is_open: bool, wanted: int, patterns: int, weeks: int, say: Callable[[float], None]
) -> None:
    """Add ``wanted`` copies, one of every pattern at a time."""
    statements = [_insertion(table, *source) for table, source in _TABLES.items()]
    copy, made = 0, 0
    while made < wanted:
        copy += 1
        most = min(patterns, wanted - made)
        facts = {
            "copy": copy,
            "open": is_open,
            "most": most,
            "weeks": weeks,
        }
        with connection.cursor() as cursor:
            cursor.execute(_COPY, facts)
            for statement in statements:
                cursor.execute(statement)
        made += most
        say(made / wanted)


def _insertion(table: str, patterns: str, key: str, changed: Mapping[str, str]) -> str:
    """Return the statement that copies all columns of a table, but for the changed ones."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
            [table],
        )
        columns = [name for (name,) in cursor.fetchall()]
    values = [changed.get(name, f"t.{name}") for name in columns]
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"  # noqa: S608
        f" FROM demo_copy k JOIN {patterns} t ON t.{key} = k.pattern"
    )
