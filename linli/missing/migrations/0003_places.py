"""Places to look through, and the hospitals and stations that are told of a search."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import linli.kernel.ids
from linli.kernel.row_security import secure
from linli.missing.policy import INSIDE_SQL


class Migration(migrations.Migration):
    dependencies = [
        ("missing", "0002_scope"),
        ("premises", "0006_check_lists"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("belief", "places", models.JSONField(default=list)),
        migrations.AddField("walk", "latitude", models.FloatField(null=True)),
        migrations.AddField("walk", "longitude", models.FloatField(null=True)),
        migrations.CreateModel(
            name="Telling",
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
                (
                    "kind",
                    models.CharField(
                        choices=[("hospital", "hospital"), ("transport_station", "station")],
                        max_length=30,
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("phone", models.CharField(blank=True, max_length=30)),
                ("metres", models.PositiveIntegerField(null=True)),
                ("sent", models.PositiveSmallIntegerField(default=0)),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "premises",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="premises.premises",
                    ),
                ),
                (
                    "search",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tellings",
                        to="missing.search",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "place to be told",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("search", "premises"), name="search_place_told_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("told_at", None), ("told_by", None))
                        | models.Q(("told_at__isnull", False), ("told_by__isnull", False)),
                        name="search_place_told_by",
                    ),
                ],
            },
        ),
        secure("missing_telling", INSIDE_SQL),
    ]
