"""Row security by the case; what must not change; and the case and its mediation never disagree."""

from django.db import migrations

from linli.kernel.row_security import append_only, secure
from linli.mediation.lifecycle import CASE_STATES

CHILDREN = (
    "seat",
    "conflict",
    "event",
    "note",
    "followup",
    "participant",
    "mandate",
    "session",
    "sessionseat",
    "attendance",
    "recordversion",
    "agreement",
    "agreementclause",
    "obligation",
    "payment",
    "signature",
    "confirmation",
    "confirmationevent",
    "paper",
    "archive",
)
PAIRS = ", ".join(
    f"('{state}', '{case}')" for state, cases in CASE_STATES.items() for case in sorted(cases)
)
# Asked at the commit, when both have their new states. Only the newest mediation of a case counts:
# those before it are history.
AGREE = f"""
CREATE FUNCTION mediation_agrees(_case uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT coalesce((
    SELECT (m.state, c.state) IN ({PAIRS})
    FROM mediation_mediation m JOIN cases_case c ON c.id = m.case_id
    WHERE m.case_id = _case ORDER BY m.id DESC LIMIT 1), true)
$$;
CREATE FUNCTION mediation_insist() RETURNS trigger
  LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
  _case uuid := CASE WHEN TG_TABLE_NAME = 'cases_case' THEN NEW.id END;
BEGIN
  IF _case IS NULL THEN _case := (to_jsonb(NEW) ->> 'case_id')::uuid; END IF;
  IF NOT mediation_agrees(_case) THEN
    RAISE EXCEPTION 'the case and its mediation disagree' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER mediation_agrees_with_case
  AFTER INSERT OR UPDATE OF state ON mediation_mediation
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION mediation_insist();
CREATE CONSTRAINT TRIGGER mediation_case_agrees
  AFTER UPDATE OF state ON cases_case
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state)
  EXECUTE FUNCTION mediation_insist();
"""
UNDO = """
DROP TRIGGER mediation_case_agrees ON cases_case;
DROP TRIGGER mediation_agrees_with_case ON mediation_mediation;
DROP FUNCTION mediation_insist(); DROP FUNCTION mediation_agrees(uuid);
"""


def by_mediation(table: str) -> str:
    """The rows of a visible mediation: its rule is asked, not repeated."""
    return f"EXISTS (SELECT FROM mediation_mediation m WHERE m.id = {table}.mediation_id)"


class Migration(migrations.Migration):
    dependencies = [("mediation", "0001_initial"), ("kernel", "0001_initial")]
    operations = [
        secure(
            "mediation_mediation",
            "EXISTS (SELECT FROM cases_case c WHERE c.id = mediation_mediation.case_id)",
        ),
        *[secure(f"mediation_{one}", by_mediation(f"mediation_{one}")) for one in CHILDREN],
        append_only("mediation_event"),
        append_only("mediation_confirmationevent"),
        append_only("mediation_payment"),
        migrations.RunSQL(AGREE, UNDO),
    ]
