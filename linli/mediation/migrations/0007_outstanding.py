"""The money outstanding in an area on a day, a figure; and sessions found by when they begin."""

from django.db import migrations, models

# An obligation that ended with its agreement counts with what was paid on it, on both sides.
# Dynamic, so that each question is planned for its own area and day; a large city's obligations
# shall be joined in memory.
OUTSTANDING = """
CREATE FUNCTION mediation_outstanding(_area text, _day date)
  RETURNS TABLE (agreed numeric, paid numeric, overdue numeric)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT SET work_mem = '64MB' AS $fn$
BEGIN
  IF NOT _area ^@ ANY (mediation_areas()) THEN
    RETURN;
  END IF;
  RETURN QUERY EXECUTE $$
    WITH owed AS (
      SELECT o.id, o.amount, o.due_on, o.ended_on IS NULL OR o.ended_on > $2 AS held
      FROM mediation_obligation o JOIN mediation_agreement a ON a.id = o.agreement_id
        JOIN mediation_fact f ON f.mediation_id = o.mediation_id
      WHERE o.kind = 'pay' AND a.effective_on <= $2 AND f.area >= $1 AND f.area < $1 || ':'
    ), sums AS (
      SELECT sum(o.amount) FILTER (WHERE o.held) AS held,
        sum(o.amount) FILTER (WHERE o.held AND o.due_on < $2) AS late
      FROM owed o
    ), payments AS (
      SELECT sum(p.amount) AS paid, sum(p.amount) FILTER (WHERE NOT o.held) AS on_ended,
        sum(p.amount) FILTER (WHERE o.held AND o.due_on < $2) AS on_late
      FROM owed o JOIN mediation_payment p ON p.obligation_id = o.id
      WHERE p.paid_on <= $2
    )
    SELECT coalesce(s.held, 0) + coalesce(p.on_ended, 0), p.paid,
      coalesce(s.late, 0) - coalesce(p.on_late, 0)
    FROM sums s CROSS JOIN payments p
  $$ USING _area, _day;
END $fn$;
"""


class Migration(migrations.Migration):
    dependencies = [("mediation", "0006_first_clauses")]
    operations = [
        migrations.RunSQL(OUTSTANDING, "DROP FUNCTION mediation_outstanding(text, date)"),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(models.F("during__startswith"), name="session_begins"),
        ),
    ]
