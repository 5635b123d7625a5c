"""The web role, the guard of append-only tables, and the working-day table."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

WEB_ROLE = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'linli_web') THEN
    CREATE ROLE linli_web NOLOGIN NOBYPASSRLS;
  END IF;
  IF NOT pg_has_role(current_user, 'linli_web', 'SET') THEN
    EXECUTE format('GRANT linli_web TO %I WITH SET TRUE', current_user);
  END IF;
-- Two databases of one server may be made at the same moment.
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$ BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO linli_web', current_schema());
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO linli_web', current_schema());
  EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT USAGE, SELECT ON SEQUENCES TO linli_web', current_schema());
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO linli_web', current_schema());
  EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO linli_web', current_schema());
END $$;
"""

GUARD = """
CREATE FUNCTION kernel_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        TrigramExtension(),
        migrations.RunSQL(WEB_ROLE, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, "DROP FUNCTION kernel_refuse_change();"),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("date", models.DateField(primary_key=True, serialize=False, verbose_name="date")),
                ("works", models.BooleanField(verbose_name="working day")),
                ("name", models.CharField(blank=True, max_length=40, verbose_name="name")),
            ],
            options={"ordering": ["date"], "verbose_name": "calendar day"},
        ),
    ]
