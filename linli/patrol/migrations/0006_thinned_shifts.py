"""Each shift's tracks are thinned once, however long the worker has stood still."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patrol", "0005_readings")]
    operations = [
        migrations.AddField("shift", "thinned_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "shift",
            models.Index(
                fields=["ends_at"],
                condition=models.Q(("thinned_at", None)),
                name="patrol_shift_unthinned",
            ),
        ),
    ]
