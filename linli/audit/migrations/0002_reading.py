"""What the log's readers need: indexes by time and by event, and the runs of the verification."""

from django.db import migrations, models

INDEXES = """
CREATE INDEX audit_entry_at ON audit_entry (at, id);
CREATE INDEX audit_entry_event ON audit_entry (event, at, id);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(INDEXES, "DROP INDEX audit_entry_at; DROP INDEX audit_entry_event;"),
        migrations.CreateModel(
            name="Verification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="time")),
                ("entries", models.BigIntegerField(verbose_name="entries")),
                ("ok", models.BooleanField()),
                ("first_broken", models.CharField(blank=True, max_length=120)),
            ],
            options={"verbose_name": "verification", "get_latest_by": "id"},
        ),
        migrations.RunSQL(
            "REVOKE INSERT, UPDATE, DELETE ON audit_verification FROM linli_web",
            migrations.RunSQL.noop,
        ),
    ]
