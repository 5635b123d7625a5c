"""What a crew changed in the skills of its unit: the end of the turn undoes it."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0007_fitting")]
    operations = [
        migrations.AddField(
            model_name="shift",
            name=name,
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=30), default=list, size=None
            ),
        )
        for name in ("gained", "lost")
    ]
