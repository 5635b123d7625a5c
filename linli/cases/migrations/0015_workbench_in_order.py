"""The first rows of every section of a workbench, in order and without a sort of all of them."""

from django.db import migrations, models
from django.db.models import Q

_OPEN = Q(state__in=["assigned", "handling", "registered", "returned", "suspended"])


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_resolved_today")]
    operations = [
        migrations.RemoveIndex(model_name="case", name="case_holder_due"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                "holder", "state", "due_at", "id", condition=_OPEN, name="case_holder_due"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                "due_at",
                "id",
                condition=_OPEN & Q(supervised=True),
                include=["area"],
                name="case_supervised_due",
            ),
        ),
    ]
