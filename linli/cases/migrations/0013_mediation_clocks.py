"""A mediation has a clock of its own, and its agreement is followed up twice. A city edits both.

The Act sets no term for mediation; medical disputes have 30 working days without appraisal (Regulation
on medical disputes, art. 38), labour disputes 15 days (Labour Dispute Mediation and Arbitration Law,
art. 14), then the way to arbitration is open.
"""

import datetime

from django.db import migrations, models

RULES = [
    ("mediation", "default", 30, "calendar_days"),
    ("mediation", "medical", 30, "working_days"),
    ("mediation", "labour", 15, "calendar_days"),
    ("follow_up", "agreement_1", 30, "calendar_days"),
    ("follow_up", "agreement_2", 90, "calendar_days"),
]
BEGINNING = datetime.date(2000, 1, 1)


def fill(apps, schema_editor):
    Rule = apps.get_model("cases", "DeadlineRule")
    Rule.objects.bulk_create(
        Rule(area="", effective_from=BEGINNING, clock=clock, key=key, amount=amount, unit=unit)
        for clock, key, amount, unit in RULES
    )


def empty(apps, schema_editor):
    keys = [key for _clock, key, _amount, _unit in RULES]
    apps.get_model("cases", "DeadlineRule").objects.filter(key__in=keys).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0012_blind_changes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="clock",
            name="kind",
            field=models.CharField(
                choices=[
                    ("accept", "accept the assignment"),
                    ("level", "this level"),
                    ("difficulty", "the whole"),
                    ("supervise", "supervision"),
                    ("follow_up", "follow-up"),
                    ("mediation", "the mediation"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="deadlinerule",
            name="clock",
            field=models.CharField(
                choices=[
                    ("accept", "accept the assignment"),
                    ("level", "this level"),
                    ("difficulty", "the whole"),
                    ("supervise", "supervision"),
                    ("follow_up", "follow-up"),
                    ("mediation", "the mediation"),
                    ("return", "return an assignment"),
                ],
                max_length=10,
                verbose_name="clock",
            ),
        ),
        migrations.AlterField(
            model_name="party",
            name="role",
            field=models.CharField(
                choices=[
                    ("applicant", "applicant"),
                    ("respondent", "other side"),
                    ("third", "third party"),
                    ("reporter", "reporter"),
                    ("agent", "agent or guardian"),
                    ("witness", "witness"),
                ],
                max_length=10,
                verbose_name="role",
            ),
        ),
        migrations.RunPython(fill, empty),
    ]
