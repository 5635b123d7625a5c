"""Kinds of notices are asked of the code: a new one alters no table from now on."""

from django.db import migrations, models

import linli.notices.words


class Migration(migrations.Migration):
    dependencies = [("notices", "0012_missing_place")]
    operations = [
        migrations.AlterField(
            "message",
            "kind",
            models.CharField("notice", max_length=24, choices=linli.notices.words.kinds),
        ),
        migrations.AlterField(
            "notice", "kind", models.CharField(max_length=24, choices=linli.notices.words.kinds)
        ),
        migrations.AlterField(
            "text",
            "kind",
            models.CharField("notice", max_length=24, choices=linli.notices.words.kinds),
        ),
    ]
