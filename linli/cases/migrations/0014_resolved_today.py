"""What was resolved today, without going through what ever was."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_mediation_clocks")]
    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                "resolved_at",
                condition=models.Q(resolved_at__isnull=False),
                include=["area"],
                name="case_resolved",
            ),
        ),
    ]
