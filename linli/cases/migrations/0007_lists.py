"""What lists of a million cases stand on: indexes in their order, the light as a column, the search.

Row security makes a planner careful: a condition whose operator might leak is judged after the
policy, and its policy's own selectivity is a guess. So the policy's list of areas is read once a
statement, areas have exact statistics, and what is with a unit carries the case's area and time:
"with my unit, and not in my areas anyhow" is then one small range.
"""

from django.db import migrations, models
from django.db.models import F, Q

import linli.kernel.ids
from linli.kernel.row_security import AREAS, UNITS, USER, secure

POLICY = """
ALTER POLICY cases_case_read ON cases_case USING ({areas} OR cases_placed(id));
"""
ONCE = f"(area_id ^@ ANY ((SELECT {AREAS})::text[]))"
EACH_ROW = f"(area_id ^@ ANY ({AREAS}))"

STATISTICS = """
ALTER TABLE cases_case ALTER COLUMN area_id SET STATISTICS {};
"""

# Kept by the database, whoever writes: an action, the demo's bulk load, a restore.
COPIES = """
ALTER TABLE cases_placement
  ADD COLUMN area_id varchar(15) COLLATE "C", ADD COLUMN opened_at timestamptz;
UPDATE cases_placement p SET area_id = c.area_id, opened_at = c.opened_at
  FROM cases_case c WHERE c.id = p.case_id;
ALTER TABLE cases_placement
  ALTER COLUMN area_id SET NOT NULL, ALTER COLUMN opened_at SET NOT NULL;
CREATE INDEX placement_seen ON cases_placement (unit_id, area_id, opened_at DESC, case_id DESC)
  WHERE until IS NULL;
CREATE FUNCTION cases_copy_place() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  SELECT c.area_id, c.opened_at INTO NEW.area_id, NEW.opened_at
    FROM cases_case c WHERE c.id = NEW.case_id;
  RETURN NEW;
END $$;
CREATE TRIGGER placement_place BEFORE INSERT ON cases_placement
  FOR EACH ROW EXECUTE FUNCTION cases_copy_place();
CREATE FUNCTION cases_move_placements() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  UPDATE cases_placement SET area_id = NEW.area_id WHERE case_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER case_place AFTER UPDATE OF area_id ON cases_case
  FOR EACH ROW WHEN (OLD.area_id <> NEW.area_id) EXECUTE FUNCTION cases_move_placements();
"""
NO_COPIES = """
DROP TRIGGER case_place ON cases_case; DROP FUNCTION cases_move_placements();
DROP TRIGGER placement_place ON cases_placement; DROP FUNCTION cases_copy_place();
ALTER TABLE cases_placement DROP COLUMN area_id, DROP COLUMN opened_at;
"""

# The same rule as lights.light_of; PostgreSQL writes the expression into the query.
LIGHT = """
CREATE FUNCTION cases_light(_state text, _high_risk boolean, _followed_up_at timestamptz,
  _warn_at timestamptz, _due_at timestamptz, _now timestamptz) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN _state IN ('referred', 'merged', 'withdrawn', 'declined') THEN 'none'
    WHEN _state = 'closed' OR (_state = 'resolved' AND _followed_up_at IS NOT NULL) THEN 'green'
    WHEN _due_at < _now OR (_high_risk AND _state <> 'resolved') THEN 'red'
    WHEN _warn_at <= _now THEN 'yellow'
    ELSE 'blue' END
$$;
"""

# Conditions come as [column, operator, value] with names from closed lists, so that a page's other
# filters are part of the same plan. The rarest pair alone tells the planner how common the words
# are: pairs of one word are not independent, and together they would look far rarer than they are.
SEARCH = rf"""
CREATE FUNCTION cases_condition(_column text, _operator text, _value jsonb) RETURNS text
  LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  _plain text := _value #>> '{{}}';
BEGIN
  IF _column = 'light' AND _operator = '=' THEN
    RETURN format('cases_light(c.state, c.high_risk, c.followed_up_at, c.warn_at, c.due_at, %L)'
      ' = %L', _value ->> 1, _value ->> 0);
  END IF;
  IF _column NOT IN ('area_id', 'category_id', 'channel', 'due_at', 'handler_id', 'holder_id',
      'kind', 'level', 'longitude', 'number', 'opened_at', 'state') THEN
    RAISE EXCEPTION 'no such column: %', _column;
  END IF;
  RETURN CASE _operator
    WHEN 'in' THEN format('c.%I = ANY (%L)', _column,
      (SELECT '{{' || string_agg(quote_ident(v), ',') || '}}'
         FROM jsonb_array_elements_text(_value) AS v))
    WHEN 'known' THEN format('c.%I IS NOT NULL', _column)
    WHEN '=' THEN format('c.%I = %L', _column, _plain)
    WHEN '<>' THEN format('c.%I <> %L', _column, _plain)
    WHEN '<' THEN format('c.%I < %L', _column, _plain)
    WHEN '>=' THEN format('c.%I >= %L', _column, _plain)
  END;
END $$;

CREATE FUNCTION cases_rarest(_pairs text[]) RETURNS text
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT p FROM unnest(_pairs) AS p
    LEFT JOIN (SELECT s.most_common_elems::text::text[] AS e, s.most_common_elem_freqs AS f
      FROM pg_stats s WHERE s.schemaname = current_schema() AND s.tablename = 'cases_case'
        AND s.attname = 'title_pairs') AS known ON true
  ORDER BY coalesce(f[array_position(e, p)], 0), p LIMIT 1
$$;

CREATE FUNCTION cases_matching(_words text, _conditions jsonb, _order text, _back boolean,
  _from_at timestamptz, _from_id uuid, _most int) RETURNS TABLE (id uuid, at timestamptz)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT
  SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
  _word text;
  _squeezed text;
  _where text := 'true';
  _arms text[] := '{{}}';
  _code text;
  _low text := '';
  _gaps text[] := '{{}}';
  _key text := CASE _order WHEN 'due' THEN 'due_at' ELSE 'opened_at' END;
  _way text := CASE WHEN (_order = 'due') = _back THEN 'DESC' ELSE 'ASC' END;
  _sorted text;
BEGIN
  FOREACH _word IN ARRAY regexp_split_to_array(trim(_words), '[[:space:]]+') LOOP
    _squeezed := lower(regexp_replace(_word, '[[:punct:]]', '', 'g'));
    IF length(_squeezed) >= 2 THEN
      _where := _where || format(' AND c.title_pairs @@ %L::tsquery',
        quote_literal(cases_rarest(cases_pairs(_squeezed))));
    END IF;
    IF length(_squeezed) <> 2 THEN
      _where := _where || format(
        ' AND strpos(lower(regexp_replace(c.title, %L, '''', ''g'')), %L) > 0',
        '[[:space:][:punct:]]', _squeezed);
    END IF;
  END LOOP;
  SELECT _where || coalesce(string_agg(' AND '
      || cases_condition(one ->> 0, one ->> 1, one -> 2), ''), '')
    INTO _where FROM jsonb_array_elements(_conditions) AS one;
  IF _from_at IS NOT NULL THEN
    _where := _where || format(' AND (c.%I, c.id) %s (%L, %L)', _key,
      CASE _way WHEN 'DESC' THEN '<' ELSE '>' END, _from_at, _from_id);
  END IF;
  _sorted := format(' ORDER BY at %1$s, id %1$s LIMIT %2$s', _way, _most);
  -- One arm an area of the scope, each an index range (the session gives them in order, none inside
  -- another), and one for what is with the units and lies between the areas.
  FOREACH _code IN ARRAY coalesce({AREAS}, '{{}}') LOOP
    CONTINUE WHEN _code = '';
    _arms := _arms || format('(SELECT c.id, c.%I AS at FROM cases_case c WHERE c.area_id >= %L'
      ' AND c.area_id < %L AND %s %s)', _key, _code, _code || ':', _where, _sorted);
    _gaps := _gaps || format('(%L, %L)', _low, _code);
    _low := _code || ':';
  END LOOP;
  _gaps := _gaps || format('(%L, %L)', _low, ':');
  _arms := _arms || format('(SELECT c.id, c.%I AS at FROM (SELECT DISTINCT p.case_id'
    ' FROM unnest(%L::uuid[]) AS u CROSS JOIN (VALUES %s) AS gap (low, high)'
    ' JOIN cases_placement p ON p.unit_id = u AND p.area_id >= gap.low AND p.area_id < gap.high'
    ' AND p.until IS NULL) AS p CROSS JOIN LATERAL'
    ' (SELECT * FROM cases_case WHERE id = p.case_id OFFSET 0) AS c WHERE %s %s)',
    _key, coalesce({UNITS}, '{{}}'), array_to_string(_gaps, ', '), _where, _sorted);
  RETURN QUERY EXECUTE 'SELECT m.id, m.at FROM (' || array_to_string(_arms, ' UNION ALL ')
    || ') AS m' || _sorted;
END $$;
"""
NO_SEARCH = """
DROP FUNCTION cases_matching(text, jsonb, text, boolean, timestamptz, uuid, int);
DROP FUNCTION cases_rarest(text[]); DROP FUNCTION cases_condition(text, text, jsonb);
"""
OLD_SEARCH = """
DROP FUNCTION cases_matching(text, text, text[], text[], timestamptz, timestamptz, timestamptz,
  uuid, int);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("cases", "0006_on_time"),
    ]
    operations = [
        migrations.RunSQL(POLICY.format(areas=ONCE), POLICY.format(areas=EACH_ROW)),
        migrations.RunSQL(STATISTICS.format(1000), STATISTICS.format(-1)),
        migrations.RunSQL(COPIES, NO_COPIES),
        migrations.RunSQL(
            LIGHT,
            "DROP FUNCTION cases_light(text, boolean, timestamptz, timestamptz, timestamptz, timestamptz);",
        ),
        migrations.RunSQL(OLD_SEARCH, migrations.RunSQL.noop),
        migrations.RunSQL(SEARCH, NO_SEARCH),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                F("due_at"),
                F("id"),
                condition=Q(("due_at__isnull", False)),
                include=("area", "state"),
                name="case_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                F("handler"),
                F("opened_at").desc(),
                F("id").desc(),
                condition=Q(("handler__isnull", False)),
                name="case_handler_opened",
            ),
        ),
        migrations.CreateModel(
            name="PersonSearch",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=linli.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        "accounts.User", on_delete=models.deletion.PROTECT, related_name="+"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
            ],
            options={
                "verbose_name": "search for a person",
                "indexes": [models.Index(fields=["person", "at"], name="person_search_at")],
            },
        ),
        secure("cases_personsearch", f"person_id = {USER}"),
    ]
