"""Words in the titles of a small area: as cheap as in those of a large one.

Two things made a township dearer than its city. A word of three characters is two pairs, which stand
in the same titles; the planner multiplies how rare they are, expects a handful in the whole city,
and then reads thousands from everywhere to keep those of the township. And the index judges every
title it finds against every period of the question: with 64 periods that is most of the work.

So the question for a township or less hides its words from the planner, which then joins them with
the area's own index before it reads anything; and the periods are asked in groups of eight.
"""

from django.db import migrations

from linli.kernel.row_security import AREAS, UNITS

SEARCH = rf"""
DROP FUNCTION cases_search(text, text, timestamptz, timestamptz, text, text, int);
CREATE OR REPLACE FUNCTION cases_matching(_words text, _conditions jsonb, _order text,
  _back boolean, _from_at timestamptz, _from_id uuid, _most int)
  RETURNS TABLE (id uuid, at timestamptz)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT
  SET max_parallel_workers_per_gather = 0 AS $$
DECLARE
  _word text;
  _squeezed text;
  _pairs text[] := '{{}}';
  _where text := 'true';
  _key text := CASE _order WHEN 'due' THEN 'due_at' ELSE 'opened_at' END;
  _way text := CASE WHEN (_order = 'due') = _back THEN 'DESC' ELSE 'ASC' END;
  _found int := 0;
  _got int;
  _step int := 1;
  _low int;
  _high int;
  _first int;
  _last int;
  _narrow boolean;
BEGIN
  FOREACH _word IN ARRAY regexp_split_to_array(trim(_words), '[[:space:]]+') LOOP
    _squeezed := lower(regexp_replace(_word, '[[:punct:]]', '', 'g'));
    _pairs := _pairs || cases_pairs(_squeezed);
    -- Two characters are one pair, and the pair is the word.
    IF length(_squeezed) <> 2 THEN
      _where := _where || format(
        ' AND strpos(lower(regexp_replace(c.title, %L, '''', ''g'')), %L) > 0',
        '[[:space:][:punct:]]', _squeezed);
    END IF;
  END LOOP;
  SELECT coalesce(bool_or(length(one ->> 2) >= 9), false) INTO _narrow
    FROM jsonb_array_elements(_conditions) AS one WHERE one ->> 0 = 'area_id' AND one ->> 1 = '>=';
  _narrow := _narrow
    OR NOT EXISTS (SELECT FROM unnest({AREAS}) AS code WHERE length(code) BETWEEN 1 AND 8);
  -- There is little in a small area: it is asked for eight periods from the first.
  _step := CASE WHEN _narrow THEN 8 ELSE 1 END;
  SELECT _where || coalesce(string_agg(' AND '
      || cases_condition(one ->> 0, one ->> 1, one -> 2), ''), '')
    INTO _where FROM jsonb_array_elements(_conditions) AS one;
  IF _from_at IS NOT NULL THEN
    _where := _where || format(' AND (c.%I, c.id) %s (%L, %L)', _key,
      CASE _way WHEN 'DESC' THEN '<' ELSE '>' END, _from_at, _from_id);
  END IF;
  IF _order = 'due' OR _pairs = '{{}}' THEN
    SELECT _where || coalesce(string_agg(format(' AND c.title_words @@ %L::tsquery',
        quote_literal(p || '/') || ':*'), ''), '') INTO _where FROM unnest(_pairs) AS p;
    RETURN QUERY EXECUTE cases_search(_where, NULL, NULL, NULL, _key, _way, _most, _narrow);
    RETURN;
  END IF;
  SELECT cases_period(min(c.opened_at)), cases_period(max(c.opened_at)) INTO _first, _last
    FROM cases_case c;
  IF _first IS NULL THEN
    RETURN;
  END IF;
  IF _way = 'DESC' THEN
    _high := least(_last, coalesce(cases_period(_from_at), _last));
  ELSE
    _low := greatest(_first, coalesce(cases_period(_from_at), _first));
  END IF;
  LOOP
    IF _way = 'DESC' THEN
      EXIT WHEN _high < _first;
      _low := greatest(_first, _high - _step + 1);
    ELSE
      EXIT WHEN _low > _last;
      _high := least(_last, _low + _step - 1);
    END IF;
    RETURN QUERY EXECUTE cases_search(_where,
      ARRAY(SELECT string_agg(words, ' | ') FROM (
         SELECT n, '(' || string_agg(quote_literal(p || '/' || n), ' & ') || ')' AS words
         FROM generate_series(_low, _high) AS n, unnest(_pairs) AS p GROUP BY n) AS each_period
         GROUP BY n / 8),
      cases_period_start(_low), cases_period_start(_high + 1), _key, _way, _most - _found, _narrow);
    GET DIAGNOSTICS _got = ROW_COUNT;
    _found := _found + _got;
    EXIT WHEN _found >= _most;
    _high := _low - 1;
    _low := _low + _step;
    _step := least(_step * 2, 64);
  END LOOP;
END $$;

CREATE FUNCTION cases_search(_where text, _words text[], _since timestamptz, _until timestamptz,
  _key text, _way text, _most int, _narrow boolean) RETURNS text
  LANGUAGE plpgsql STABLE AS $$
DECLARE
  _arms text[] := '{{}}';
  _code text;
  _low text := '';
  _gaps text[] := '{{}}';
  _sorted text := format(' ORDER BY at %1$s, id %1$s LIMIT %2$s', _way, _most);
  _time text := '';
  _match text := '';
  _hidden text := '';
BEGIN
  IF _words IS NOT NULL THEN
    _time := format(' AND c.opened_at >= %L AND c.opened_at < %L', _since, _until);
    -- OFFSET 0: the planner weighs finding all of the period, and does not bet on a page's worth of
    -- matches coming early; where a word does not occur that bet reads every case.
    SELECT format(' AND (%s)', string_agg(format('c.title_words @@ %L::tsquery', one), ' OR ')),
        format(' AND (%s)', string_agg(format('c.title_words @@ (SELECT %L::tsquery)', one), ' OR '))
      INTO _match, _hidden FROM unnest(_words) AS one;
  END IF;
  -- One arm an area of the scope, each an index range (the session gives them in order, none inside
  -- another), and one for what is with the units and lies between the areas.
  FOREACH _code IN ARRAY coalesce({AREAS}, '{{}}') LOOP
    CONTINUE WHEN _code = '';
    _arms := _arms || CASE WHEN _words IS NULL
      THEN format('(SELECT c.id, c.%I AS at FROM cases_case c WHERE c.area_id >= %L'
        ' AND c.area_id < %L AND %s %s)', _key, _code, _code || ':', _where, _sorted)
      ELSE format('(SELECT c.id, c.%I AS at FROM (SELECT * FROM cases_case c WHERE'
        ' c.area_id >= %L AND c.area_id < %L AND %s%s%s) AS c %s)',
        _key, _code, _code || ':', _where, _time,
        CASE WHEN _narrow OR length(_code) >= 9 THEN _hidden ELSE _match END || ' OFFSET 0',
        _sorted) END;
    _gaps := _gaps || format('(%L, %L)', _low, _code);
    _low := _code || ':';
  END LOOP;
  _gaps := _gaps || format('(%L, %L)', _low, ':');
  _arms := _arms || format('(SELECT c.id, c.%I AS at FROM (SELECT DISTINCT p.case_id'
    ' FROM unnest(%L::uuid[]) AS u CROSS JOIN (VALUES %s) AS gap (low, high)'
    ' JOIN cases_placement p ON p.unit_id = u AND p.area_id >= gap.low AND p.area_id < gap.high'
    ' AND p.until IS NULL%s) AS p CROSS JOIN LATERAL'
    ' (SELECT * FROM cases_case WHERE id = p.case_id OFFSET 0) AS c WHERE %s%s %s)',
    _key, coalesce({UNITS}, '{{}}'), array_to_string(_gaps, ', '), replace(_time, 'c.', 'p.'),
    _where, _match, _sorted);
  RETURN 'SELECT m.id, m.at FROM (' || array_to_string(_arms, ' UNION ALL ') || ') AS m' || _sorted;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_workbench_in_order")]
    operations = [migrations.RunSQL(SEARCH, migrations.RunSQL.noop)]
