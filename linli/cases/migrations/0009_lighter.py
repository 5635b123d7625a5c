"""An index for what units help with, and without two that repeat another.

Every text of the database is sorted by code points, so Django's additional index for LIKE 'x%' knows
nothing that the unique one does not.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_long_content_types")]
    operations = [
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(
                condition=models.Q(("part", "helper"), ("until", None)),
                fields=["unit"],
                name="placement_helping",
            ),
        ),
        migrations.RunSQL(
            """
            DROP INDEX IF EXISTS cases_case_number_980c9551_like;
            DROP INDEX IF EXISTS cases_case_category_id_c6dc5a5a_like;
            """,
            migrations.RunSQL.noop,
        ),
    ]
