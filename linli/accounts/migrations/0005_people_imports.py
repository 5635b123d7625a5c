"""Imports of people that the worker carries out; only whoever uploaded the table sees one."""

import django.db.models.deletion
import linli.kernel.ids
from django.conf import settings
from django.db import migrations, models

from linli.kernel.row_security import USER, secure


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_remark"),
        ("kernel", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PeopleImport",
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
                    "state",
                    models.CharField(
                        choices=[
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
                ("rows", models.BinaryField(default=b"")),
                ("passwords", models.BinaryField(default=b"")),
                ("total", models.PositiveIntegerField(default=0)),
                ("position", models.PositiveIntegerField(default=0)),
                ("people", models.PositiveIntegerField(default=0)),
                ("roles", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("wrong", models.PositiveIntegerField(default=0)),
                ("failure", models.CharField(blank=True, max_length=300)),
                ("touched_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "import of people",
                "indexes": [models.Index(fields=["by", "-touched_at"], name="people_import_by")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["ready", "waiting", "running", "done", "stopped"])
                        ),
                        name="people_import_state_known",
                    )
                ],
            },
        ),
        secure("accounts_peopleimport", f"by_id = {USER}"),
    ]
