"""The kinds of shifts, the skills and the rules of rest a city begins with and may change."""

from django.db import migrations

PATTERNS = [
    ("early", "早班", "Early", 7 * 60, 15 * 60, False),
    ("late", "晚班", "Late", 15 * 60, 23 * 60, False),
    ("night", "夜班", "Night", 23 * 60, 31 * 60, True),
]
SKILLS = [
    ("first_aid", "急救", "First aid"),
    ("driving", "驾驶", "Driving"),
    ("fire", "灭火", "Fire fighting"),
    ("languages", "民族语言", "Languages of minorities"),
]


def fill(apps, schema_editor):
    pattern, skill = apps.get_model("patrol", "ShiftPattern"), apps.get_model("patrol", "Skill")
    for code, name, name_en, begins, ends, night in PATTERNS:
        pattern.objects.create(
            code=code, name=name, name_en=name_en, begins=begins, ends=ends, night=night
        )
    for code, name, name_en in SKILLS:
        skill.objects.create(code=code, name=name, name_en=name_en)
    apps.get_model("patrol", "RosterRules").objects.create(id=1)


class Migration(migrations.Migration):
    dependencies = [("patrol", "0002_scope")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
