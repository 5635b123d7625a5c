"""The kinds of premises a city begins with and may edit, and the devices they must have."""

from django.db import migrations

# Code, Chinese, English, days between inspections, alarm tests and drills.
KINDS = [
    ("school", "学校", "School", 90, 31, 180),
    ("kindergarten", "幼儿园", "Kindergarten", 90, 31, 180),
    ("hotel", "宾馆旅馆", "Hotel", 90, 31, 365),
    ("petrol_station", "加油站", "Petrol station", 30, 31, 180),
    ("transport_station", "交通场站", "Transport station", 30, 31, 180),
    ("compound", "智慧小区", "Smart compound", 180, 31, 0),
    ("building_site", "建筑工地", "Building site", 30, 0, 180),
    ("hospital", "医院", "Hospital", 90, 31, 180),
    ("market", "商场市场", "Market or shopping centre", 90, 31, 365),
    ("entertainment", "娱乐场所", "Place of entertainment", 60, 31, 365),
    ("enterprise", "重点企业", "Enterprise", 90, 0, 365),
    ("other_premises", "其他场所", "Other", 180, 0, 0),
]
# Schools: guard room, monitoring room and dormitory duty room.
NEEDS = [
    ("school", "one_key_alarm", "guard_room", True),
    ("school", "one_key_alarm", "monitoring_room", True),
    ("school", "one_key_alarm", "dormitory", True),
    ("kindergarten", "one_key_alarm", "guard_room", True),
    ("hotel", "id_terminal", "reception", True),
    ("hotel", "sensor", "", True),
    ("petrol_station", "one_key_alarm", "", True),
    ("petrol_station", "extinguisher", "forecourt", False),
    ("transport_station", "one_key_alarm", "", True),
    ("transport_station", "id_terminal", "", True),
    ("compound", "gate", "entrance", True),
    ("hospital", "one_key_alarm", "", True),
]


def fill(apps, schema_editor):
    kinds = apps.get_model("premises", "PremisesKind")
    needs = apps.get_model("premises", "Need")
    for position, (code, name, name_en, inspection, test, drill) in enumerate(KINDS):
        kinds.objects.create(
            code=code, name=name, name_en=name_en, position=position,
            inspection_days=inspection, test_days=test, drill_days=drill,
        )  # fmt: skip
    for kind, device, spot, connected in NEEDS:
        needs.objects.create(kind_id=kind, device_kind=device, spot=spot, connected=connected)


class Migration(migrations.Migration):
    dependencies = [("premises", "0002_scope")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
