"""Proposals and lessons are read by whoever reads their case; everybody may read how often they held."""

from django.db import migrations

from linli.kernel.row_security import secure

# An administrator reads no case, and yet must know how good the proposals are: counts only.
SHARES = """
CREATE FUNCTION reading_shares(_since timestamptz)
  RETURNS TABLE (field text, proposed bigint, accepted bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT field, count(*), count(*) FILTER (WHERE chosen = proposed
    OR (field = 'area' AND chosen ^@ proposed))
  FROM reading_lesson WHERE at >= _since GROUP BY field
$$;
"""


def of_case(table):
    return f"EXISTS (SELECT FROM cases_case c WHERE c.id = {table}.case_id)"


class Migration(migrations.Migration):
    dependencies = [("reading", "0001_initial"), ("cases", "0002_scope")]
    operations = [
        *[secure(table, of_case(table)) for table in ("reading_proposed", "reading_lesson")],
        migrations.RunSQL(SHARES, "DROP FUNCTION reading_shares(timestamptz);"),
    ]
