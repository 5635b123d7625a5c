"""Whoever is outside reads what was issued, and nothing else; what was issued never changes."""

from django.db import migrations

from linli.accounts.scope import in_areas_sql
from linli.kernel.row_security import secure

ISSUED = """
CREATE TRIGGER alarms_publicwarning_issued BEFORE UPDATE ON alarms_publicwarning
  FOR EACH ROW WHEN (OLD.state = 'issued') EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER alarms_publicwarning_kept BEFORE DELETE OR TRUNCATE ON alarms_publicwarning
  FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
"""
BACK = """
DROP TRIGGER alarms_publicwarning_issued ON alarms_publicwarning;
DROP TRIGGER alarms_publicwarning_kept ON alarms_publicwarning;
"""


class Migration(migrations.Migration):
    dependencies = [("alarms", "0003_warnings"), ("kernel", "0001_initial")]
    operations = [
        secure("alarms_publicwarning", f"state = 'issued' OR {in_areas_sql('area_id')}"),
        migrations.RunSQL(ISSUED, BACK),
    ]
