"""Row security of what hangs on a place; what must not change; a hazard and its case agree."""

from django.db import migrations

from linli.kernel.row_security import append_only, secure
from linli.premises.lifecycle import CASE_STATES

OF_PREMISES = "EXISTS (SELECT FROM premises_premises p WHERE p.id = {table}.premises_id)"
OF_DEVICE = "EXISTS (SELECT FROM premises_device d WHERE d.id = {table}.device_id)"
OF_CASE = "EXISTS (SELECT FROM cases_case c WHERE c.id = {table}.case_id)"
RULES = {
    "contact": OF_PREMISES,
    "whyopened": OF_PREMISES,
    "inspection": OF_PREMISES,
    "answer": OF_PREMISES,
    # Whoever has the case in hand knows what is to be mended.
    "hazard": f"{OF_PREMISES} OR {OF_CASE}",
    "look": f"{OF_PREMISES} OR EXISTS (SELECT FROM premises_hazard h WHERE h.id = {{table}}.hazard_id)",
    "storedfile": OF_PREMISES,
    "drill": OF_PREMISES,
    "alarmtest": OF_DEVICE,
    "event": f"{OF_PREMISES} OR {OF_DEVICE}",
}
PAIRS = ", ".join(
    f"('{state}', '{case}')" for state, cases in CASE_STATES.items() for case in sorted(cases)
)
# Asked at the commit, when both have their new states.
AGREE = f"""
CREATE FUNCTION premises_agrees(_case uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT NOT EXISTS (
    SELECT FROM premises_hazard h JOIN cases_case c ON c.id = h.case_id
    WHERE h.case_id = _case AND (h.state, c.state) NOT IN ({PAIRS}))
$$;
CREATE FUNCTION premises_insist() RETURNS trigger
  LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  _case uuid := CASE WHEN TG_TABLE_NAME = 'cases_case' THEN NEW.id END;
BEGIN
  IF _case IS NULL THEN _case := (to_jsonb(NEW) ->> 'case_id')::uuid; END IF;
  IF NOT premises_agrees(_case) THEN
    RAISE EXCEPTION 'the case and its hazard disagree' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER hazard_agrees_with_case
  AFTER INSERT OR UPDATE OF state, case_id ON premises_hazard
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION premises_insist();
CREATE CONSTRAINT TRIGGER hazard_case_agrees
  AFTER UPDATE OF state ON cases_case
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.state IS DISTINCT FROM NEW.state AND NEW.kind = 'hazard')
  EXECUTE FUNCTION premises_insist();
"""
UNDO = """
DROP TRIGGER hazard_case_agrees ON cases_case;
DROP TRIGGER hazard_agrees_with_case ON premises_hazard;
DROP FUNCTION premises_insist(); DROP FUNCTION premises_agrees(uuid);
"""
NEVER_CHANGE = ("inspection", "answer", "look", "alarmtest", "event")


class Migration(migrations.Migration):
    dependencies = [
        ("premises", "0004_inspections"),
        ("kernel", "0001_initial"),
        ("cases", "0002_scope"),
    ]
    operations = [
        *[
            secure(f"premises_{name}", rule.format(table=f"premises_{name}"))
            for name, rule in RULES.items()
        ],
        *[append_only(f"premises_{name}") for name in NEVER_CHANGE],
        migrations.RunSQL(AGREE, UNDO),
    ]
