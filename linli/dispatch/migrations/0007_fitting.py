"""Fields of experts fit kinds of incidents; what is no longer offered stays; help is in the timeline."""

import django.contrib.postgres.fields
from django.db import migrations, models


FITTING = {
    "fire": ["fire"],
    "chemicals": ["fire", "gas"],
    "gas": ["gas"],
    "structures": ["disaster"],
    "electric": ["facility"],
    "special_equipment": ["facility"],
    "mining": ["disaster"],
    "geology": ["disaster"],
    "meteorology": ["disaster"],
    "medicine": ["injury", "traffic"],
    "psychology": ["self_harm"],
    "negotiation": ["crowd", "quarrel", "self_harm"],
    "law": ["quarrel"],
}


def fit(apps, schema_editor):
    """Say of the first fields which incidents they fit; a city changes it."""
    field = apps.get_model("dispatch", "Field")
    for code, kinds in FITTING.items():
        field.objects.filter(code=code).update(kinds=kinds)


class Migration(migrations.Migration):
    dependencies = [
        ("dispatch", "0006_crew"),
    ]

    operations = [
        migrations.AddField(
            model_name="field",
            name="kinds",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=30), blank=True, default=list
            ),
        ),
        migrations.AddField(
            model_name="field",
            name="retired",
            field=models.BooleanField(default=False, verbose_name="no longer offered"),
        ),
        migrations.AddField(
            model_name="supplykind",
            name="retired",
            field=models.BooleanField(default=False, verbose_name="no longer offered"),
        ),
        migrations.AlterField(
            model_name="field",
            name="position",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="position"),
        ),
        migrations.AlterField(
            model_name="supplykind",
            name="position",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="position"),
        ),
        migrations.AlterField(
            model_name="timelineentry",
            name="verb",
            field=models.CharField(
                choices=[
                    ("open", "opened"),
                    ("answer_cards", "questions answered"),
                    ("set_priority", "priority changed"),
                    ("add_report", "another report"),
                    ("assign", "unit assigned"),
                    ("need_none", "no unit needed"),
                    ("accept", "accepted"),
                    ("set_out", "on the way"),
                    ("arrive", "arrived"),
                    ("finish", "done"),
                    ("ask_help", "needs help"),
                    ("decline", "declined"),
                    ("recall", "recalled"),
                    ("tick", "step done"),
                    ("late", "time is up"),
                    ("remark", "note"),
                    ("report", "situation report"),
                    ("hand_over", "handed over"),
                    ("call_expert", "expert called"),
                    ("expert_said", "answer of an expert"),
                    ("ask_supplies", "supplies asked for"),
                    ("merge", "merged"),
                    ("close", "closed"),
                    ("review", "review written"),
                    ("end", "the case went another way"),
                    ("reopen", "taken up again"),
                ],
                max_length=12,
            ),
        ),
        migrations.RunPython(fit, migrations.RunPython.noop),
    ]
