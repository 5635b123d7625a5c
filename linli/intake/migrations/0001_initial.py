"""Imports and mappings; an import and what it refused are seen at its desk."""

import django.db.models.deletion
import linli.kernel.ids
from django.conf import settings
from django.db import migrations, models

from linli.kernel.row_security import UNITS, USER, secure


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("areas", "0002_role_places"),
        ("kernel", "0001_initial"),
        ("cases", "0011_lights"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
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
                ("created_at", models.DateTimeField(verbose_name="uploaded")),
                ("file_name", models.CharField(max_length=120, verbose_name="file")),
                ("size", models.PositiveIntegerField(verbose_name="size")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "being read"),
                            ("ready", "waiting for your look"),
                            ("waiting", "waiting for its turn"),
                            ("running", "running"),
                            ("done", "done"),
                            ("stopped", "stopped"),
                        ],
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("look", models.BinaryField(default=b"")),
                ("plan", models.JSONField(default=dict)),
                ("mapping", models.CharField(blank=True, max_length=60, verbose_name="mapping")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="rows")),
                ("position", models.PositiveIntegerField(default=0)),
                ("added", models.PositiveIntegerField(default=0, verbose_name="added")),
                ("known", models.PositiveIntegerField(default=0, verbose_name="already there")),
                ("refused", models.PositiveIntegerField(default=0, verbose_name="refused")),
                ("failure", models.CharField(blank=True, max_length=300)),
                ("started_at", models.DateTimeField(null=True)),
                ("touched_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "indexes": [
                    models.Index(fields=["unit", "-created_at"], name="batch_unit"),
                    models.Index(
                        condition=models.Q(("state__in", ["running", "uploaded", "waiting"])),
                        fields=["touched_at"],
                        name="batch_under_way",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ("uploaded", "ready", "waiting", "running", "done", "stopped"),
                            )
                        ),
                        name="batch_state_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("row", models.PositiveIntegerField(verbose_name="row")),
                ("sealed", models.BinaryField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="intake.batch",
                    ),
                ),
            ],
            options={
                "verbose_name": "refused row",
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "row"), name="finding_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Mapping",
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
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
                ("shape", models.CharField(db_index=True, max_length=32)),
                ("source", models.CharField(max_length=60, verbose_name="source")),
                ("layout", models.JSONField(default=dict)),
                ("changed_at", models.DateTimeField(verbose_name="changed")),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "mapping",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Origin",
            fields=[
                ("key", models.BinaryField(primary_key=True, serialize=False)),
                (
                    "batch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="intake.batch",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "origin",
            },
        ),
        secure("intake_batch", f"by_id = {USER} OR unit_id = ANY ({UNITS})"),
        secure(
            "intake_finding",
            "EXISTS (SELECT FROM intake_batch b WHERE b.id = intake_finding.batch_id)",
        ),
        secure(
            "intake_origin",
            "EXISTS (SELECT FROM cases_case c WHERE c.id = intake_origin.case_id)",
        ),
    ]
