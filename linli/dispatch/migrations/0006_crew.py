"""Who is on a shift by a roster: they are told when their unit is sent."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0005_stock")]
    operations = [
        migrations.AddField(
            model_name="shift",
            name="crew",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.UUIDField(), default=list, size=None
            ),
        ),
    ]
