"""Row security by area; what must not change; which desk is rung; and how a signal is taken.

A signal is taken by one function: it comes from devices, which are nobody, a hundred times a second,
and whether it is new, known or a repetition must be decided and written in one breath.
"""

from django.db import migrations

from linli.accounts.scope import in_areas_sql
from linli.kernel.row_security import append_only, secure

_OF_ALARM = "EXISTS (SELECT FROM alarms_alarm a WHERE a.id = {table}.alarm_id)"
RULES = {
    "alarms_alarm": in_areas_sql("area_id"),
    "alarms_signal": _OF_ALARM.format(table="alarms_signal"),
    "alarms_event": _OF_ALARM.format(table="alarms_event"),
    "alarms_refused": in_areas_sql("area"),
}

# Signals leave after thirty days; until then they stay as they came.
SIGNALS = """
CREATE TRIGGER alarms_signal_unchanged BEFORE UPDATE OR TRUNCATE ON alarms_signal
  FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
REVOKE UPDATE, DELETE ON alarms_signal FROM linli_web;
"""
SIGNALS_BACK = "DROP TRIGGER alarms_signal_unchanged ON alarms_signal;"

# The desk to ring for an area after the desk of _after (NULL: the first one). It goes up only.
DESKS = """
CREATE FUNCTION alarms_next_desk(_area text, _after text, _day date)
  RETURNS TABLE (code text, seconds integer)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT left(_area, n), coalesce(d.seconds, 30)
  FROM (VALUES (12), (9), (6), (4)) AS level (n)
  LEFT JOIN alarms_desk d ON d.area_id = left(_area, n)
  WHERE length(_area) >= n AND n < coalesce(length(_after), 99)
    AND (n = 4 OR coalesce(d.is_on, EXISTS (
      SELECT FROM accounts_role r WHERE r.area = left(_area, n) AND r.kind = 'dispatcher'
        AND r.starts <= _day AND (r.ends IS NULL OR r.ends >= _day))))
  ORDER BY n DESC LIMIT 1
$$;
"""
DESKS_BACK = "DROP FUNCTION alarms_next_desk(text, text, date);"

# Messages of one device wait for each other; different devices only for the number, taken last.
TAKE = """
CREATE FUNCTION alarms_take(_id uuid, _key text, _digest bytea, _source text, _area text,
  _premises uuid, _device uuid, _place text, _latitude float8, _longitude float8, _kind text,
  _severity smallint, _test boolean, _late boolean, _text text, _sealed bytea,
  _raised timestamptz, _received timestamptz, _day date, _silence interval)
  RETURNS TABLE (alarm uuid, verb text, number integer, times integer, silent interval)
  LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  _known alarms_signal;
  _open alarms_alarm;
  _desk text;
  _seconds integer;
  _number integer;
  _verb text := 'raise';
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(coalesce(_device::text, _key), 28));
  SELECT * INTO _known FROM alarms_signal WHERE key = _key;
  IF FOUND THEN
    RETURN QUERY SELECT _known.alarm_id,
      CASE WHEN _known.digest = _digest THEN 'known' ELSE 'reused' END,
      (SELECT sequence FROM alarms_alarm WHERE id = _known.alarm_id), 0,
      _received - _known.received_at;
    RETURN;
  END IF;
  SELECT * INTO _open FROM alarms_alarm
    WHERE device_id = _device AND kind = _kind AND is_test = _test AND state <> 'reset' FOR UPDATE;
  IF FOUND THEN
    _id := _open.id;
    _number := _open.sequence;
    _verb := CASE WHEN _open.state = 'answered' AND _received - _open.last_at >= _silence
      THEN 'ring_again' ELSE 'repeat' END;
    IF _verb = 'ring_again' THEN
      SELECT d.code, d.seconds INTO _desk, _seconds
        FROM alarms_next_desk(_open.area_id, NULL, _day) d;
      UPDATE alarms_alarm SET count = count + 1, last_at = _received, state = 'ringing',
        desk = _desk, climbs = 0, version = version + 1,
        due_at = CASE WHEN NOT _test THEN _received + make_interval(secs => _seconds) END
        WHERE id = _id;
    ELSE
      UPDATE alarms_alarm SET count = count + 1, last_at = greatest(last_at, _received)
        WHERE id = _id;
    END IF;
  ELSE
    SELECT d.code, d.seconds INTO _desk, _seconds FROM alarms_next_desk(_area, NULL, _day) d;
    INSERT INTO alarms_counter AS c (city, last) VALUES (left(_area, 4), 1)
      ON CONFLICT (city) DO UPDATE SET last = c.last + 1 RETURNING last INTO _number;
    INSERT INTO alarms_alarm (id, city, sequence, area_id, premises_id, device_id, place, latitude,
      longitude, kind, severity, source, is_test, is_late, text, sealed, state, raised_at,
      received_at, last_at, count, desk, due_at, climbs, reset_reason, outcome, version)
      VALUES (_id, left(_area, 4), _number, _area, _premises, _device, _place, _latitude,
      _longitude, _kind, _severity, _source, _test, _late, _text, _sealed, 'ringing', _raised,
      _received, _received, 1, _desk,
      CASE WHEN NOT _test THEN _received + make_interval(secs => _seconds) END, 0, '', '', 1);
  END IF;
  INSERT INTO alarms_signal (alarm_id, key, digest, source, is_late, raised_at, received_at)
    VALUES (_id, _key, _digest, _source, _late, _raised, _received);
  RETURN QUERY SELECT _id, _verb, _number, coalesce(_open.count, 0) + 1, _received - _open.last_at;
END $$;
"""
TAKE_BACK = "DROP FUNCTION alarms_take;"


class Migration(migrations.Migration):
    dependencies = [("alarms", "0001_initial"), ("kernel", "0001_initial")]
    operations = [
        *[secure(table, rule) for table, rule in RULES.items()],
        append_only("alarms_event"),
        migrations.RunSQL(SIGNALS, SIGNALS_BACK),
        migrations.RunSQL(DESKS, DESKS_BACK),
        migrations.RunSQL(TAKE, TAKE_BACK),
    ]
