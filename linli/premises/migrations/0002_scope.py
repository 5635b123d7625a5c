"""Row security: by area, by the unit that answers, and for who keeps the area; heartbeats stay cheap."""

from django.db import migrations

from linli.accounts.scope import in_areas_sql
from linli.kernel.row_security import UNITS, USER, secure

# Administrators reach no cases, but they keep the city's places and devices. A day's room on both
# sides: the filter of the app knows the city's own date.
KEPT = f"""(area_id ^@ ANY ((SELECT coalesce(array_agg(r.area), '{{}}') FROM accounts_role r
  WHERE r.user_id = {USER} AND r.kind = 'administrator'
    AND r.starts <= current_date + 1 AND (r.ends IS NULL OR r.ends >= current_date - 1))::text[]))"""
BY_AREA = f"{in_areas_sql('area_id')} OR {KEPT}"
OF_PREMISES = "EXISTS (SELECT FROM premises_premises p WHERE p.id = {table}.premises_id)"


class Migration(migrations.Migration):
    dependencies = [("premises", "0001_initial"), ("kernel", "0001_initial")]
    operations = [
        secure(
            "premises_premises",
            f"{BY_AREA} OR responsible_id = ANY ({UNITS}) OR department_id = ANY ({UNITS})",
        ),
        secure("premises_device", f"{BY_AREA} OR {OF_PREMISES.format(table='premises_device')}"),
        # A heartbeat changes no indexed column: with room on its page the row's indexes rest.
        migrations.RunSQL(
            "ALTER TABLE premises_device SET (fillfactor = 70)",
            "ALTER TABLE premises_device RESET (fillfactor)",
        ),
    ]
