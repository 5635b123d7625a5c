"""Row security by the case or the unit; what must not change; and what the database insists on.

An unavailable unit can't be assigned, a unit's status follows its assignments, and an incident and
its case never disagree.
"""

from django.db import migrations

from linli.accounts.scope import in_areas_sql
from linli.dispatch.lifecycle import BUSY, CASE_STATES, DOING
from linli.kernel.row_security import UNITS, append_only, secure

# A unit that was sent sees what it is sent to, while it is out. Run with the owner's rights:
# assignments are themselves secured by their incident.
OUT = f"""
CREATE FUNCTION dispatch_out(_incident uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT FROM dispatch_assignment a JOIN dispatch_dispatchunit u ON u.id = a.unit_id
    WHERE a.incident_id = _incident AND a.ended_at IS NULL AND u.team_id = ANY ({UNITS}))
$$;
CREATE FUNCTION dispatch_own_unit(_unit uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT FROM dispatch_dispatchunit
    WHERE id = _unit AND (team_id = ANY ({UNITS}) OR {in_areas_sql("area_id")}))
$$;
"""
UNDO_OUT = "DROP FUNCTION dispatch_out(uuid); DROP FUNCTION dispatch_own_unit(uuid);"
OF_INCIDENT = "EXISTS (SELECT FROM dispatch_incident i WHERE i.id = {table}.incident_id)"
# What callers said is for those who see the case.
OF_CASE = (
    "EXISTS (SELECT FROM dispatch_incident i JOIN cases_case c ON c.id = i.case_id"
    " WHERE i.id = {table}.incident_id)"
)
RULES = {
    "dispatch_incident": (
        "EXISTS (SELECT FROM cases_case c WHERE c.id = dispatch_incident.case_id)"
        " OR dispatch_out(id)"
    ),
    # A unit keeps the rows that say where it was.
    "dispatch_assignment": (
        f"{OF_INCIDENT.format(table='dispatch_assignment')} OR dispatch_own_unit(unit_id)"
    ),
    **{
        f"dispatch_{one}": OF_INCIDENT.format(table=f"dispatch_{one}")
        for one in ("clock", "checkitem", "timelineentry", "remark")
    },
    **{
        f"dispatch_{one}": OF_CASE.format(table=f"dispatch_{one}")
        for one in ("report", "cardanswer", "situationreport", "review")
    },
    "dispatch_handover": f"desk_id = ANY ({UNITS})",
    **{
        f"dispatch_{one}": "dispatch_own_unit(unit_id)"
        for one in ("spot", "trackpoint", "sharing", "shift")
    },
}

STATUS = " ".join(f"WHEN '{state}' THEN '{doing}'" for state, doing in DOING.items())
BUSY_LIST = ", ".join(f"'{one}'" for one in sorted(BUSY))
# The unit's row is locked before it is looked at: whoever comes second finds it taken.
TAKE = f"""
CREATE FUNCTION dispatch_take() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  _unit dispatch_dispatchunit;
BEGIN
  SELECT * INTO _unit FROM dispatch_dispatchunit WHERE id = NEW.unit_id FOR UPDATE;
  NEW.exclusive := NOT _unit.shared;
  IF NEW.ended_at IS NULL AND (_unit.retired_at IS NOT NULL OR _unit.status <> 'available') THEN
    RAISE EXCEPTION 'unit % is not available', NEW.unit_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'assignment_unit_available';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER dispatch_take BEFORE INSERT ON dispatch_assignment
  FOR EACH ROW EXECUTE FUNCTION dispatch_take();

CREATE FUNCTION dispatch_follow() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF NEW.exclusive AND (TG_OP = 'UPDATE' OR NEW.ended_at IS NULL) THEN
    UPDATE dispatch_dispatchunit
      SET status = CASE NEW.state {STATUS} ELSE 'available' END,
        status_at = coalesce(NEW.ended_at, NEW.arrived_at, NEW.set_out_at, NEW.assigned_at),
        standby_id = NULL
      WHERE id = NEW.unit_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER dispatch_follow AFTER INSERT OR UPDATE OF state ON dispatch_assignment
  FOR EACH ROW EXECUTE FUNCTION dispatch_follow();

CREATE FUNCTION dispatch_status() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF (NEW.status IN ({BUSY_LIST})) <> EXISTS (SELECT FROM dispatch_assignment
      WHERE unit_id = NEW.id AND ended_at IS NULL AND exclusive) THEN
    RAISE EXCEPTION 'the status of unit % and its assignments disagree', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'dispatch_unit_status_follows';
  END IF;
  IF (NEW.status IN ('off_duty', 'out_of_service') OR NEW.retired_at IS NOT NULL)
    AND EXISTS (SELECT FROM dispatch_assignment WHERE unit_id = NEW.id AND ended_at IS NULL) THEN
    RAISE EXCEPTION 'unit % still has an assignment', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'dispatch_unit_status_follows';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER dispatch_status BEFORE UPDATE OF status, retired_at, shared ON dispatch_dispatchunit
  FOR EACH ROW EXECUTE FUNCTION dispatch_status();
"""
UNDO_TAKE = """
DROP TRIGGER dispatch_status ON dispatch_dispatchunit; DROP FUNCTION dispatch_status();
DROP TRIGGER dispatch_follow ON dispatch_assignment; DROP FUNCTION dispatch_follow();
DROP TRIGGER dispatch_take ON dispatch_assignment; DROP FUNCTION dispatch_take();
"""

PAIRS = ", ".join(
    f"('{state}', '{case}')" for state, cases in CASE_STATES.items() for case in sorted(cases)
)
# Asked at the commit, when both have their new states.
AGREE = f"""
CREATE FUNCTION dispatch_insist() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  _case uuid := CASE WHEN TG_TABLE_NAME = 'cases_case' THEN NEW.id END;
BEGIN
  IF _case IS NULL THEN _case := (to_jsonb(NEW) ->> 'case_id')::uuid; END IF;
  IF EXISTS (SELECT FROM dispatch_incident i JOIN cases_case c ON c.id = i.case_id
      WHERE i.case_id = _case AND (i.state, c.state) NOT IN ({PAIRS})) THEN
    RAISE EXCEPTION 'the case and its incident disagree' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER dispatch_agrees_with_case
  AFTER INSERT OR UPDATE OF state ON dispatch_incident
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dispatch_insist();
CREATE CONSTRAINT TRIGGER dispatch_case_agrees
  AFTER UPDATE OF state ON cases_case
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state)
  EXECUTE FUNCTION dispatch_insist();
"""
UNDO_AGREE = """
DROP TRIGGER dispatch_case_agrees ON cases_case;
DROP TRIGGER dispatch_agrees_with_case ON dispatch_incident; DROP FUNCTION dispatch_insist();
"""
# Half of each page stays free: a position is written over in place, a few hundred times a second.
SPOTS = "ALTER TABLE dispatch_spot SET (fillfactor = 50);"


class Migration(migrations.Migration):
    dependencies = [
        ("dispatch", "0001_initial"),
        ("kernel", "0001_initial"),
        ("cases", "0002_scope"),
    ]
    operations = [
        migrations.RunSQL(OUT, UNDO_OUT),
        *[secure(table, rule) for table, rule in RULES.items()],
        append_only("dispatch_timelineentry"),
        append_only("dispatch_situationreport"),
        append_only("dispatch_handover"),
        migrations.RunSQL(TAKE, UNDO_TAKE),
        migrations.RunSQL(AGREE, UNDO_AGREE),
        migrations.RunSQL(SPOTS, "ALTER TABLE dispatch_spot RESET (fillfactor);"),
    ]
