"""Idempotency keys."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Once",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("person", models.UUIDField()),
                ("key", models.CharField(max_length=80)),
                ("digest", models.BinaryField(max_length=32)),
                ("object_id", models.UUIDField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "key"), name="once_key")],
                "indexes": [models.Index(fields=["at"], name="once_at")],
            },
        ),
    ]
