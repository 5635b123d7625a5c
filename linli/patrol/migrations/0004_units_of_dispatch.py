"""Every patrol team is a unit of dispatch, and two skills are those dispatch asks for."""

from django.db import migrations, models
from django.utils import timezone

# Skill of patrols → skill of dispatch.
COUNTS_AS = {"first_aid": "first_aid", "fire": "fire_control"}


def link(apps, schema_editor):
    """Make the teams there are units of dispatch, off duty: the next roster puts them on."""
    skill, team = apps.get_model("patrol", "Skill"), apps.get_model("patrol", "Team")
    unit = apps.get_model("dispatch", "DispatchUnit")
    for code, counts_as in COUNTS_AS.items():
        skill.objects.filter(code=code).update(counts_as=counts_as)
    known = unit.objects.values("team")
    teams = team.objects.filter(dissolved_on=None).exclude(unit__in=known)
    unit.objects.bulk_create(
        unit(
            team_id=one.unit_id,
            kind="volunteer" if one.kind == "volunteers" else "patrol",
            name=f"{one.patrol_area.name}{one.name}"[:60],
            area_id=one.patrol_area.area_id,
            latitude=one.patrol_area.latitude,
            longitude=one.patrol_area.longitude,
            mode=one.mode,
            status="off_duty",
            status_at=timezone.now(),
        )
        for one in teams.select_related("patrol_area")
    )


class Migration(migrations.Migration):
    dependencies = [("patrol", "0003_defaults"), ("dispatch", "0006_crew")]
    operations = [
        migrations.AddField(
            model_name="skill",
            name="counts_as",
            field=models.CharField(blank=True, max_length=30, verbose_name="skill of dispatch"),
        ),
        migrations.RunPython(link, migrations.RunPython.noop),
    ]
