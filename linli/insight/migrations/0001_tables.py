"""The two tables of the figures."""

from django.db import migrations, models

FACETS = [
    ("state", "state"),
    ("level", "level that resolved it"),
    ("category", "type"),
    ("channel", "channel"),
]


class Migration(migrations.Migration):
    initial = True
    dependencies = [("accounts", "0001_initial"), ("cases", "0006_on_time")]
    operations = [
        migrations.CreateModel(
            name="Delta",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("sign", models.SmallIntegerField()),
                ("area", models.CharField(db_collation="C", max_length=15)),
                ("month", models.DateField()),
                ("kind", models.CharField(max_length=12)),
                ("state", models.CharField(max_length=10)),
                ("level", models.CharField(blank=True, max_length=10)),
                ("category", models.CharField(blank=True, max_length=30)),
                ("channel", models.CharField(max_length=14)),
                ("on_time", models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name="Rollup",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "area",
                        "facet",
                        "month",
                        "kind",
                        "value",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("area", models.CharField(db_collation="C", max_length=12)),
                ("facet", models.CharField(choices=FACETS, max_length=8)),
                ("month", models.DateField()),
                ("kind", models.CharField(max_length=12)),
                ("value", models.CharField(blank=True, max_length=30)),
                ("cases", models.IntegerField()),
                ("resolved", models.IntegerField()),
                ("on_time", models.IntegerField()),
            ],
        ),
    ]
