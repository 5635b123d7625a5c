"""The statements of an import, each over whole sets: 660,000 areas pass in seconds.

Which areas have ended is read from the tables' silence, and carefully: an area is missing when the
tables list other parts of the area above it but not this one, and nothing below it either. Where
they lack half or more of the parts of a township, county, city or the country, they are taken for
an extract (one city of a province) and those parts are kept.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from linli.areas.codes import LENGTHS, parent_of
from linli.areas.tables import Tables

# Django's cursor wrapper; it has no useful type of its own.
type Cursor = Any

_TEMPORARY = """
CREATE TEMPORARY TABLE incoming (
  code text COLLATE "C" PRIMARY KEY, name text, level text, parent text COLLATE "C", kind text
) ON COMMIT DROP;
CREATE TEMPORARY TABLE heirs (code text COLLATE "C" PRIMARY KEY, heir text COLLATE "C")
  ON COMMIT DROP;
CREATE TEMPORARY TABLE gone (
  code text COLLATE "C" PRIMARY KEY, top text COLLATE "C", heir text COLLATE "C"
) ON COMMIT DROP;
"""

_COMPARE = """
CREATE TEMPORARY TABLE verdicts ON COMMIT DROP AS
SELECT i.code, i.name, a.name AS before, a.code IS NULL AS added,
  a.abolished_on IS NOT NULL AS revived,
  a.name IS DISTINCT FROM i.name AND a.code IS NOT NULL AS renamed,
  i.kind <> '' AND i.kind IS DISTINCT FROM a.urban_rural_kind AS rekinded
FROM incoming i LEFT JOIN areas_area a USING (code);
DELETE FROM verdicts WHERE NOT (added OR revived OR renamed OR rekinded);
"""
_COUNTS = """
SELECT count(*) FILTER (WHERE added), count(*) FILTER (WHERE revived),
  count(*) FILTER (WHERE renamed), count(*) FROM verdicts
"""

_CHANGES = """
INSERT INTO areas_areachange (area_id, at, kind, before, after, source)
SELECT code, %(at)s, 'added', '', name, %(source)s FROM verdicts WHERE added
UNION ALL SELECT code, %(at)s, 'revived', before, name, %(source)s FROM verdicts WHERE revived
UNION ALL SELECT code, %(at)s, 'renamed', before, name, %(source)s FROM verdicts WHERE renamed
"""

_ADD = """
INSERT INTO areas_area (code, name, level, parent_id, urban_rural_kind)
SELECT i.code, i.name, i.level, i.parent, i.kind FROM incoming i JOIN verdicts v USING (code)
WHERE v.added ORDER BY i.code
"""
_UPDATE = """
UPDATE areas_area a SET name = i.name, abolished_on = NULL, successor_id = NULL,
  urban_rural_kind = CASE WHEN i.kind <> '' THEN i.kind ELSE a.urban_rural_kind END
FROM incoming i JOIN verdicts v USING (code) WHERE a.code = i.code AND NOT v.added
"""

_MISSING = """
CREATE TEMPORARY TABLE missing ON COMMIT DROP AS
WITH listed AS (SELECT DISTINCT coalesce(parent, '') AS parent FROM incoming)
SELECT a.code, coalesce(a.parent_id, '') AS parent
FROM areas_area a LEFT JOIN listed l ON l.parent = coalesce(a.parent_id, '')
LEFT JOIN incoming i ON i.code = a.code
WHERE a.abolished_on IS NULL AND i.code IS NULL
  AND (l.parent IS NOT NULL
    OR %(complete)s AND a.level IN (SELECT DISTINCT level FROM incoming))
  AND (%(root)s = '' OR (a.code > %(root)s AND a.code < %(root)s || ':'));
DELETE FROM missing m
  WHERE EXISTS (SELECT FROM incoming i WHERE i.code > m.code AND i.code < m.code || ':');
"""
# Above the villages, half of the known parts missing speaks of an extract and not of a reform.
_EXTRACTS = """
WITH known AS (
  SELECT coalesce(parent_id, '') AS parent, count(*) AS parts FROM areas_area
  WHERE abolished_on IS NULL AND coalesce(parent_id, '') IN (SELECT parent FROM missing)
  GROUP BY 1
), few AS (
  SELECT parent FROM missing JOIN known USING (parent)
  WHERE length(parent) < 9 GROUP BY parent, parts HAVING count(*) * 2 >= parts
), kept AS (
  DELETE FROM missing WHERE parent IN (SELECT parent FROM few)
)
SELECT parent FROM few ORDER BY parent
"""
_GONE = """
INSERT INTO gone
SELECT h.code, h.code, h.heir FROM heirs h JOIN areas_area a USING (code)
WHERE a.abolished_on IS NULL;
INSERT INTO gone SELECT code, code, '' FROM missing ON CONFLICT DO NOTHING;
-- What lies below goes with it; the outermost says where the cases go.
INSERT INTO gone
SELECT DISTINCT ON (a.code) a.code, g.code, coalesce(g.heir, '')
FROM gone g JOIN areas_area a ON a.code > g.code AND a.code < g.code || ':'
WHERE a.abolished_on IS NULL ORDER BY a.code, g.code
ON CONFLICT (code) DO UPDATE SET top = excluded.top
  WHERE gone.heir = '' OR gone.heir IS NULL;
"""

_ABOLISH = """
WITH ended AS (
  UPDATE areas_area a SET abolished_on = %(today)s, successor_id = h.heir
  FROM gone g LEFT JOIN heirs h USING (code)
  WHERE a.code = g.code RETURNING a.code, a.name, h.heir
)
INSERT INTO areas_areachange (area_id, at, kind, before, after, source)
SELECT e.code, %(at)s, CASE WHEN e.heir IS NULL THEN 'abolished' ELSE 'merged' END, e.name,
  coalesce(s.name, ''), %(source)s
FROM ended e LEFT JOIN areas_area s ON s.code = e.heir RETURNING kind
"""


def load(cursor: Cursor, tables: Tables) -> None:
    """Put the tables' rows beside the tree, under names of this transaction only."""
    cursor.execute(_TEMPORARY)
    with cursor.copy("COPY incoming FROM STDIN") as copy:
        for row in tables.rows.values():
            code = row.code
            copy.write_row((code, row.name, LENGTHS[len(code)].value, parent_of(code), row.kind))
    cursor.executemany(
        "INSERT INTO heirs VALUES (%s, nullif(%s, ''))", list(tables.successors.items())
    )
    cursor.execute("ANALYZE incoming")


def compare(cursor: Cursor) -> Mapping[str, int]:
    """Find what is new, renamed or revived; return how many of each.

    ``touched`` counts the rows that differ from the tree in any way.
    """
    cursor.execute(_COMPARE)
    cursor.execute(_COUNTS)
    counts = dict(zip(("added", "revived", "renamed", "touched"), cursor.fetchone(), strict=True))
    cursor.execute("ANALYZE verdicts")
    return counts


def save(cursor: Cursor, at: datetime, source: str) -> None:
    """Add the new areas, change the others, and write the history of both."""
    cursor.execute(_ADD)
    cursor.execute(_UPDATE)
    cursor.execute(_CHANGES, {"at": at, "source": source})


def find_gone(cursor: Cursor, root: str, complete: bool) -> list[str]:
    """Gather what has ended below ``root``; return the areas whose missing parts were kept.

    ``complete`` trusts the tables to list everything on the levels they have.
    """
    cursor.execute(_MISSING, {"root": root, "complete": complete})
    partial: list[str] = []
    if not complete:
        cursor.execute(_EXTRACTS)
        partial = [parent for (parent,) in cursor.fetchall()]
    cursor.execute(_GONE)
    return partial


def gone_with_units(cursor: Cursor) -> list[tuple[str, str, str]]:
    """Return code, outermost ended area and its successor ("" for none) where units are open."""
    cursor.execute(
        "SELECT code, top, coalesce(heir, '') FROM gone WHERE EXISTS (SELECT FROM areas_unit u"
        " WHERE u.area_id = gone.code AND u.closed_on IS NULL) ORDER BY code"
    )
    return list(cursor.fetchall())


def abolish(cursor: Cursor, at: datetime, today: date, source: str) -> tuple[int, int]:
    """End what is gone, with its history; return how many ended, and how many of them merged."""
    cursor.execute(_ABOLISH, {"at": at, "today": today, "source": source})
    kinds = [kind for (kind,) in cursor.fetchall()]
    # The transaction may go on, to another import.
    cursor.execute("DROP TABLE incoming, heirs, gone, verdicts, missing")
    return len(kinds), kinds.count("merged")
