"""Words in titles: pairs of neighbouring characters, because most Chinese words have two.

pg_trgm has no full trigram for a two-character term, so titles are indexed by their pairs. Row
security keeps PostgreSQL from using such an index (its operator is not leak-proof); the search
therefore runs in a function with the owner's rights that applies the same scope itself.
"""

from django.db import migrations

from linli.kernel.row_security import AREAS, UNITS

PAIRS = r"""
CREATE FUNCTION cases_pairs(_text text) RETURNS text[]
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT substr(t, i, 2)), '{}')
  FROM (SELECT lower(regexp_replace(_text, '[[:space:][:punct:]]', '', 'g')) AS t) AS s,
    generate_series(1, length(t) - 1) AS i
$$;
ALTER TABLE cases_case ADD COLUMN title_pairs tsvector
  GENERATED ALWAYS AS (array_to_tsvector(cases_pairs(title))) STORED;
ALTER TABLE cases_case ALTER COLUMN title_pairs SET STATISTICS 1000;
CREATE INDEX case_title_pairs ON cases_case USING gin (title_pairs) WITH (fastupdate = off);
"""

# Written as dynamic SQL so that each search is planned for its own words: rare ones by the index,
# common ones by walking back in time until the page is full.
SEARCH = rf"""
CREATE FUNCTION cases_matching(_words text, _area text, _states text[], _kinds text[],
  _since timestamptz, _until timestamptz, _before_at timestamptz, _before_id uuid, _most int)
  RETURNS TABLE (id uuid, opened_at timestamptz)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  _squeezed text := lower(regexp_replace(_words, '[[:space:][:punct:]]', '', 'g'));
  _condition text := 'true';
  _arms text[] := '{{}}';
  _code text;
BEGIN
  IF length(_squeezed) >= 2 THEN
    SELECT 'c.title_pairs @@ ' || quote_literal(string_agg('''' || p || '''', ' & ')) || '::tsquery'
      INTO _condition FROM unnest(cases_pairs(_words)) AS p;
  END IF;
  _condition := _condition || format(' AND strpos(lower(regexp_replace(c.title, %L, '''', ''g'')), %L) > 0',
    '[[:space:][:punct:]]', _squeezed);
  IF _area IS NOT NULL THEN
    _condition := _condition || format(' AND c.area_id >= %L AND c.area_id < %L', _area, _area || ':');
  END IF;
  IF _states IS NOT NULL THEN
    _condition := _condition || format(' AND c.state = ANY (%L::text[])', _states);
  END IF;
  IF _kinds IS NOT NULL THEN
    _condition := _condition || format(' AND c.kind = ANY (%L::text[])', _kinds);
  END IF;
  IF _since IS NOT NULL THEN
    _condition := _condition || format(' AND c.opened_at >= %L', _since);
  END IF;
  IF _until IS NOT NULL THEN
    _condition := _condition || format(' AND c.opened_at < %L', _until);
  END IF;
  IF _before_at IS NOT NULL THEN
    _condition := _condition || format(' AND (c.opened_at, c.id) < (%L, %L)', _before_at, _before_id);
  END IF;
  -- One arm an area of the scope, each an index range, and one for what is placed with the units.
  FOREACH _code IN ARRAY coalesce({AREAS}, '{{}}') LOOP
    CONTINUE WHEN _code = '';
    _arms := _arms || format('(SELECT c.id, c.opened_at FROM cases_case c WHERE c.area_id >= %L'
      ' AND c.area_id < %L AND %s ORDER BY c.opened_at DESC, c.id DESC LIMIT %s)',
      _code, _code || ':', _condition, _most);
  END LOOP;
  _arms := _arms || format('(SELECT c.id, c.opened_at FROM cases_case c WHERE c.id IN'
    ' (SELECT p.case_id FROM cases_placement p WHERE p.unit_id = ANY (%L::uuid[])'
    ' AND p.until IS NULL) AND %s ORDER BY c.opened_at DESC, c.id DESC LIMIT %s)',
    coalesce({UNITS}, '{{}}'), _condition, _most);
  RETURN QUERY EXECUTE 'SELECT m.id, m.opened_at FROM (' || array_to_string(_arms, ' UNION ')
    || ') AS m ORDER BY m.opened_at DESC, m.id DESC LIMIT ' || _most;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_scope")]
    operations = [
        migrations.RunSQL(
            PAIRS,
            "ALTER TABLE cases_case DROP COLUMN title_pairs; DROP FUNCTION cases_pairs(text);",
        ),
        migrations.RunSQL(
            SEARCH,
            "DROP FUNCTION cases_matching(text, text, text[], text[], timestamptz, timestamptz,"
            " timestamptz, uuid, int);",
        ),
    ]
