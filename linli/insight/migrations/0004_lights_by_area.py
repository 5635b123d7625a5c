"""Lights are added up by the areas cases lie in before those are put together to areas above.

A thousand codes are cut instead of one for each case.
"""

from django.db import migrations

NOW = """
CREATE OR REPLACE FUNCTION insight_now(_within text, _length int, _at timestamptz)
  RETURNS TABLE (area text, open bigint, overdue bigint, red bigint, yellow bigint)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  _open text[] := '{assigned,handling,registered,returned,suspended}';
  _codes text[];
BEGIN
  IF NOT _within ^@ ANY (insight_areas()) THEN
    RETURN;
  END IF;
  SELECT array_agg(a.code) INTO _codes FROM areas_area a
    WHERE a.code >= _within AND a.code < _within || ':' AND length(a.code) = _length;
  RETURN QUERY WITH
  -- Grids have no totals; their few cases are counted.
  counted AS (
    SELECT left(c.area_id, _length) AS code, count(*) AS cases FROM cases_case c
    WHERE _length > 12 AND c.area_id >= _within AND c.area_id < _within || ':'
      AND c.state IN ('assigned', 'handling', 'registered', 'returned', 'suspended') GROUP BY 1),
  parts AS (
    SELECT r.area::text AS code, r.cases::bigint AS cases FROM insight_rollup r
    WHERE _length <= 12 AND r.area = ANY (_codes || _within) AND r.facet = 'state'
      AND r.month = DATE '0001-01-01' AND r.value = ANY (_open)
    UNION ALL
    SELECT c.code, d.sign FROM insight_delta d,
      LATERAL (SELECT DISTINCT unnest(ARRAY[_within, left(d.area, _length)])) AS c (code)
    WHERE _length <= 12 AND d.area >= _within AND d.area < _within || ':' AND d.state = ANY (_open)),
  summed AS (SELECT p.code, sum(p.cases)::bigint AS cases FROM parts p GROUP BY 1),
  -- What lies in the area itself and in none below it.
  here AS (
    SELECT s.code, CASE WHEN s.code = _within AND _length > length(_within)
      THEN s.cases - coalesce((SELECT sum(o.cases) FROM summed o WHERE o.code <> _within), 0)
      ELSE s.cases END AS cases FROM summed s
    UNION ALL SELECT k.code, k.cases FROM counted k),
  marked AS (
    SELECT c.area_id, count(*) AS cases, count(*) FILTER (WHERE c.due_at < _at) AS overdue,
      count(*) FILTER (WHERE c.due_at < _at OR c.high_risk) AS red
    FROM cases_case c
    WHERE c.warn_at <= _at AND c.area_id >= _within AND c.area_id < _within || ':'
      AND c.state IN ('assigned', 'handling', 'registered', 'returned', 'suspended')
    GROUP BY 1
    UNION ALL
    SELECT c.area_id, count(*), count(*) FILTER (WHERE c.due_at < _at), count(*)
    FROM cases_case c
    WHERE c.high_risk AND (c.warn_at > _at OR c.warn_at IS NULL)
      AND c.area_id >= _within AND c.area_id < _within || ':'
      AND c.state IN ('assigned', 'handling', 'registered', 'returned', 'suspended')
    GROUP BY 1),
  lit AS (
    SELECT left(m.area_id, _length) AS code, sum(m.overdue)::bigint AS overdue,
      sum(m.red)::bigint AS red, sum(m.cases - m.red)::bigint AS yellow
    FROM marked m GROUP BY 1)
  SELECT h.code, h.cases::bigint, coalesce(l.overdue, 0), coalesce(l.red, 0), coalesce(l.yellow, 0)
  FROM here h LEFT JOIN lit l ON l.code = h.code WHERE h.cases > 0;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("insight", "0003_lights")]
    operations = [migrations.RunSQL(NOW, migrations.RunSQL.noop)]
