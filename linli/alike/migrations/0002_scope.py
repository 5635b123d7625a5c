"""Texts and patterns are read by whoever reads the cases there; lessons say nobody and nowhere."""

from django.db import migrations

from linli.kernel.row_security import AREAS, secure

IN_AREAS = f"(area ^@ ANY ((SELECT {AREAS})::text[]))"


class Migration(migrations.Migration):
    dependencies = [("alike", "0001_initial"), ("cases", "0002_scope")]
    operations = [
        secure("alike_text", f"{IN_AREAS} OR cases_placed(case_id)"),
        secure("alike_pattern", IN_AREAS),
    ]
