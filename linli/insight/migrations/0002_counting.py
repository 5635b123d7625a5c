"""What counts cases as they change, who may read the counts, and how they are read.

The web role can read both tables where a role of its person reaches, and can write neither: the
trigger and the functions run with the owner's rights and apply that scope themselves, so that an
auditor, who may open no case, still gets the numbers of the own area.
"""

from django.conf import settings
from django.db import migrations

from linli.kernel.row_security import USER, WEB_ROLE

# The city's calendar. After a change of zone the functions and the figures are made anew by
# ``linli figures --rebuild``.
CALENDAR = f"""
CREATE FUNCTION insight_day(_at timestamptz) RETURNS date
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (_at AT TIME ZONE '{settings.TIME_ZONE}')::date
$$;
CREATE FUNCTION insight_month(_at timestamptz) RETURNS date
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT date_trunc('month', _at AT TIME ZONE '{settings.TIME_ZONE}')::date
$$;
"""
DROP_CALENDAR = "DROP FUNCTION insight_day(timestamptz), insight_month(timestamptz);"

COUNT = """
CREATE FUNCTION insight_count() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO insight_delta
      (sign, area, month, kind, state, level, category, channel, on_time)
    VALUES (-1, OLD.area_id, insight_month(OLD.opened_at), OLD.kind, OLD.state,
      OLD.resolved_level, coalesce(OLD.category_id, ''), OLD.channel, OLD.on_time IS TRUE);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO insight_delta
      (sign, area, month, kind, state, level, category, channel, on_time)
    VALUES (1, NEW.area_id, insight_month(NEW.opened_at), NEW.kind, NEW.state,
      NEW.resolved_level, coalesce(NEW.category_id, ''), NEW.channel, NEW.on_time IS TRUE);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER insight_count_new AFTER INSERT ON cases_case
  FOR EACH ROW WHEN (current_setting('linli.uncounted', true) IS DISTINCT FROM 'on')
  EXECUTE FUNCTION insight_count();
CREATE TRIGGER insight_count_changed AFTER UPDATE ON cases_case
  FOR EACH ROW WHEN (
    (OLD.area_id, OLD.opened_at, OLD.kind, OLD.state, OLD.resolved_level, OLD.category_id,
      OLD.channel, OLD.on_time)
    IS DISTINCT FROM
    (NEW.area_id, NEW.opened_at, NEW.kind, NEW.state, NEW.resolved_level, NEW.category_id,
      NEW.channel, NEW.on_time)
    AND current_setting('linli.uncounted', true) IS DISTINCT FROM 'on')
  EXECUTE FUNCTION insight_count();
CREATE TRIGGER insight_count_gone AFTER DELETE ON cases_case
  FOR EACH ROW WHEN (current_setting('linli.uncounted', true) IS DISTINCT FROM 'on')
  EXECUTE FUNCTION insight_count();
-- Rows live here for a minute: what they leave behind is cleared by number, not by share.
ALTER TABLE insight_delta
  SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
"""
DROP_COUNT = """
DROP TRIGGER insight_count_new ON cases_case;
DROP TRIGGER insight_count_changed ON cases_case;
DROP TRIGGER insight_count_gone ON cases_case;
DROP FUNCTION insight_count();
"""

# Inside a function of the owner ``current_user`` is the owner, but ``role`` stays what was set.
SCOPE = f"""
CREATE FUNCTION insight_areas() RETURNS text[]
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT CASE WHEN current_setting('role') = 'none' THEN ARRAY[''] ELSE coalesce(
    (SELECT array_agg(DISTINCT r.area) FROM accounts_role r
      WHERE r.user_id = {USER} AND r.starts <= insight_day(now())
        AND (r.ends IS NULL OR r.ends >= insight_day(now()))), '{{}}') END
$$;
ALTER TABLE insight_rollup ENABLE ROW LEVEL SECURITY;
CREATE POLICY insight_rollup_read ON insight_rollup FOR SELECT TO {WEB_ROLE}
  USING (area ^@ ANY ((SELECT insight_areas())::text[]));
ALTER TABLE insight_delta ENABLE ROW LEVEL SECURITY;
CREATE POLICY insight_delta_read ON insight_delta FOR SELECT TO {WEB_ROLE}
  USING (area ^@ ANY ((SELECT insight_areas())::text[]));
"""
DROP_SCOPE = """
DROP POLICY insight_rollup_read ON insight_rollup;
ALTER TABLE insight_rollup DISABLE ROW LEVEL SECURITY;
DROP POLICY insight_delta_read ON insight_delta;
ALTER TABLE insight_delta DISABLE ROW LEVEL SECURITY;
DROP FUNCTION insight_areas();
"""

# A case stands once in each facet; only a resolved one has a level that resolved it.
FACETS = """
CREATE FUNCTION insight_facets(_state text, _level text, _category text, _channel text)
  RETURNS TABLE (facet text, value text) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT f.facet, f.value
  FROM (VALUES ('state', _state), ('level', _level), ('category', _category),
    ('channel', _channel)) AS f (facet, value)
  WHERE f.facet <> 'level' OR f.value <> ''
$$;
"""

# One statement, so one snapshot: a fold that ends meanwhile moves counts from one table to the
# other, and is seen in both or in neither. Days that are no whole month come from the cases, added
# or taken away. Dynamic, so that each question is planned for its own range. The roll-ups keep the
# sum over all months under a month of its own (rollup.TOTAL), so that "ever" reads few rows.
CELLS = """
CREATE FUNCTION insight_cells(_within text, _areas text[], _facets text[], _by_month boolean,
  _since date, _until date, _starts timestamptz[], _ends timestamptz[], _signs int[])
  RETURNS TABLE (area text, month date, kind text, facet text, value text,
    cases bigint, resolved bigint, on_time bigint)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $fn$
DECLARE
  _allowed text[];
  _length int := length(_areas[1]);
  _pieces text := '';
BEGIN
  SELECT array_agg(a) INTO _allowed FROM unnest(_areas) AS a WHERE a ^@ ANY (insight_areas());
  IF _allowed IS NULL THEN
    RETURN;
  END IF;
  FOR i IN 1 .. coalesce(array_length(_signs, 1), 0) LOOP
    _pieces := _pieces || format($q$
      UNION ALL SELECT left(c.area_id, %1$s), insight_month(c.opened_at), c.kind, c.state,
        c.resolved_level, coalesce(c.category_id, ''), c.channel, c.on_time IS TRUE,
        %2$s * count(*)
      FROM cases_case c
      WHERE c.area_id >= $1 AND c.area_id < $1 || ':' AND left(c.area_id, %1$s) = ANY ($2)
        AND c.opened_at >= %3$L AND c.opened_at < %4$L
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
    $q$, _length, _signs[i], _starts[i], _ends[i]);
  END LOOP;
  RETURN QUERY EXECUTE format($q$
    WITH loose (area, month, kind, state, level, category, channel, on_time, n) AS (
      SELECT left(d.area, %1$s), d.month, d.kind, d.state, d.level, d.category, d.channel,
        d.on_time, d.sign::bigint
      FROM insight_delta d
      WHERE d.area ^@ $1 AND left(d.area, %1$s) = ANY ($2) AND d.month >= $4 AND d.month < $5
      %2$s)
    SELECT u.area::text, u.month, u.kind::text, u.facet::text, u.value::text,
      sum(u.cases)::bigint, sum(u.resolved)::bigint, sum(u.on_time)::bigint
    FROM (
      SELECT r.area, %3$s AS month, r.kind, r.facet, r.value, r.cases, r.resolved, r.on_time
      FROM insight_rollup r
      WHERE r.area = ANY ($2) AND r.facet = ANY ($3) AND %5$s
      UNION ALL
      SELECT l.area, %4$s, l.kind, f.facet, f.value, l.n,
        CASE WHEN l.state IN ('resolved', 'closed') THEN l.n ELSE 0 END,
        CASE WHEN l.on_time THEN l.n ELSE 0 END
      FROM loose l, insight_facets(l.state, l.level, l.category, l.channel) AS f
      WHERE f.facet = ANY ($3)
    ) AS u
    GROUP BY 1, 2, 3, 4, 5 HAVING sum(u.cases) <> 0
  $q$, _length, _pieces,
    CASE WHEN _by_month THEN 'r.month' ELSE 'NULL::date' END,
    CASE WHEN _by_month THEN 'l.month' ELSE 'NULL::date' END,
    CASE WHEN _since = '1900-01-01' AND _until = '2200-01-01' AND NOT _by_month
      THEN 'r.month = ''0001-01-01''' ELSE 'r.month >= $4 AND r.month < $5' END)
  USING _within, _allowed, _facets, _since, _until;
END $fn$;
"""

# Open cases by the area they lie in, ``_length`` digits of its code; from the index case_open_due.
NOW = """
CREATE FUNCTION insight_now(_within text, _length int, _at timestamptz)
  RETURNS TABLE (area text, open bigint, overdue bigint, red bigint, yellow bigint)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NOT _within ^@ ANY (insight_areas()) THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT left(c.area_id, _length), count(*),
    count(*) FILTER (WHERE c.due_at < _at),
    count(*) FILTER (WHERE c.due_at < _at OR c.high_risk),
    count(*) FILTER (WHERE c.warn_at <= _at AND (c.due_at >= _at OR c.due_at IS NULL)
      AND NOT c.high_risk)
  FROM cases_case c
  WHERE c.area_id >= _within AND c.area_id < _within || ':'
    AND c.state IN ('assigned', 'handling', 'registered', 'returned', 'suspended')
  GROUP BY 1;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("insight", "0001_tables"), ("kernel", "0001_initial")]
    operations = [
        migrations.RunSQL(CALENDAR, DROP_CALENDAR),
        migrations.RunSQL(COUNT, DROP_COUNT),
        migrations.RunSQL(SCOPE, DROP_SCOPE),
        migrations.RunSQL(FACETS, "DROP FUNCTION insight_facets(text, text, text, text);"),
        migrations.RunSQL(
            CELLS,
            "DROP FUNCTION insight_cells(text, text[], text[], boolean, date, date,"
            " timestamptz[], timestamptz[], int[]);",
        ),
        migrations.RunSQL(NOW, "DROP FUNCTION insight_now(text, int, timestamptz);"),
    ]
