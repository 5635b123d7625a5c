"""Whether a case was resolved on time; the light of open cases from the index alone."""

from django.db import migrations, models
from django.db.models import F, Q

OPEN = ["assigned", "handling", "registered", "returned", "suspended"]


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_case_pages")]
    operations = [
        migrations.AddField(
            model_name="case",
            name="on_time",
            field=models.BooleanField(null=True, verbose_name="resolved on time"),
        ),
        migrations.RemoveIndex(model_name="case", name="case_open_due"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                F("area"),
                F("due_at"),
                condition=Q(("state__in", OPEN)),
                include=("warn_at", "state", "high_risk"),
                name="case_open_due",
            ),
        ),
    ]
