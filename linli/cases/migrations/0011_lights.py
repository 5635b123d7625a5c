"""Indexes for counting lights: cases whose warning has come, and those of high risk."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0002_role_places"),
        ("cases", "0010_words_by_period"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("warn_at"),
                condition=models.Q(
                    ("state__in", ["assigned", "handling", "registered", "returned", "suspended"])
                ),
                include=("area", "due_at", "high_risk"),
                name="case_open_warn",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                models.F("area"),
                condition=models.Q(
                    ("high_risk", True),
                    ("state__in", ["assigned", "handling", "registered", "returned", "suspended"]),
                ),
                include=("warn_at", "due_at"),
                name="case_open_risk",
            ),
        ),
    ]
