"""The check lists a city begins with and may edit: what to look at, how long it may last."""

from django.db import migrations

from linli.kernel.ids import new_id

FIRE = [
    ("消防通道和安全出口畅通，未锁闭、未堆物", "fire", 3),
    ("灭火器、消火栓在位有效", "fire", 7),
    ("应急照明和疏散指示标志完好", "fire", 15),
    ("电气线路无私拉乱接、无超负荷", "fire", 7),
]
WATCH = [
    ("值班人员在岗，值班记录完整", "other_hazard", 3),
    ("监控画面清晰，录像保存不少于 30 天", "other_hazard", 15),
]
ALARM = [("一键报警装置在位并能正常接警", "other_hazard", 3)]
LISTS = {
    "school": [
        *FIRE, *WATCH, *ALARM,
        ("校门防冲撞设施完好", "other_hazard", 15),
        ("外来人员登记制度落实", "other_hazard", 7),
        ("食堂燃气阀门、软管和报警器完好", "gas", 3),
    ],
    "kindergarten": [*FIRE, *WATCH, *ALARM, ("接送制度落实", "other_hazard", 7)],
    "hotel": [
        *FIRE, *WATCH,
        ("旅客住宿登记制度落实，身份核验终端正常", "other_hazard", 7),
        ("客房烟感正常", "fire", 7),
    ],
    "petrol_station": [
        *FIRE, *WATCH, *ALARM,
        ("加油区无明火、禁烟标志齐全", "fire", 1),
        ("散装汽油销售登记完整", "other_hazard", 3),
        ("静电接地和防雷装置检测在有效期内", "gas", 15),
    ],
    "transport_station": [
        *FIRE, *WATCH, *ALARM,
        ("进站安检设备正常、人员在岗", "other_hazard", 1),
        ("候车厅限流和疏散预案张贴", "other_hazard", 15),
    ],
    "compound": [
        *FIRE, *WATCH,
        ("消防车通道未被占用", "fire", 3),
        ("电动自行车未进楼充电", "fire", 3),
        ("门禁道闸正常", "other_hazard", 15),
    ],
    "building_site": [
        *FIRE,
        ("临边洞口防护到位", "building", 1),
        ("塔吊、脚手架检测在有效期内", "building", 3),
        ("工人进场教育记录完整", "building", 7),
    ],
    "hospital": [*FIRE, *WATCH, *ALARM, ("入口安检落实", "other_hazard", 7)],
    "market": [*FIRE, *WATCH, ("燃气用户软管和报警器完好", "gas", 3)],
    "entertainment": [*FIRE, *WATCH, ("核定人数公示且未超员", "fire", 3)],
    "enterprise": [*FIRE, ("危险化学品存放符合规定", "gas", 3)],
    "other_premises": FIRE,
}  # fmt: skip


def fill(apps, schema_editor):
    items = apps.get_model("premises", "CheckItem")
    items.objects.bulk_create(
        items(
            id=new_id(), kind_id=kind, text=text, category=category, mend_days=days, position=place
        )
        for kind, lines in LISTS.items()
        for place, (text, category, days) in enumerate(lines)
    )


class Migration(migrations.Migration):
    dependencies = [("premises", "0005_hazards")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
