"""Who looked at a track and why: for the reader and the team's members, and never changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import linli.kernel.ids
from linli.kernel.row_security import UNITS, USER, append_only, secure

OWN_TEAM = f"SELECT t.id FROM patrol_team t WHERE t.unit_id = ANY ({UNITS})"


class Migration(migrations.Migration):
    dependencies = [
        ("patrol", "0004_units_of_dispatch"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="TrackReading",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=linli.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("at", models.DateTimeField()),
                (
                    "shift",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="patrol.shift",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="patrol.team",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "reading of a track"},
        ),
        secure("patrol_trackreading", f"user_id = {USER} OR team_id IN ({OWN_TEAM})"),
        append_only("patrol_trackreading"),
    ]
