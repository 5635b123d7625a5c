"""Roles point to areas and units; the constraint lives here because areas stand above accounts."""

from django.db import migrations

FORWARD = """
ALTER TABLE accounts_role
  ADD CONSTRAINT role_area_exists FOREIGN KEY (area) REFERENCES areas_area (code)
    DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT role_unit_exists FOREIGN KEY (unit) REFERENCES areas_unit (id)
    DEFERRABLE INITIALLY DEFERRED;
"""
BACKWARD = """
ALTER TABLE accounts_role DROP CONSTRAINT role_area_exists, DROP CONSTRAINT role_unit_exists;
"""


class Migration(migrations.Migration):
    dependencies = [("areas", "0001_initial"), ("accounts", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
