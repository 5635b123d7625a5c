"""The check lists that come along, in English too; a city's own lines keep what it wrote."""

from django.db import migrations, models

ENGLISH = {
    "消防通道和安全出口畅通，未锁闭、未堆物": "Fire lanes and emergency exits are clear, not locked, not blocked",
    "灭火器、消火栓在位有效": "Extinguishers and hydrants are in place and in date",
    "应急照明和疏散指示标志完好": "Emergency lighting and exit signs work",
    "电气线路无私拉乱接、无超负荷": "No improvised wiring, no overloaded circuits",
    "值班人员在岗，值班记录完整": "Staff on duty are at their post, the duty log is complete",
    "监控画面清晰，录像保存不少于 30 天": "Camera pictures are clear, recordings are kept for 30 days at least",
    "一键报警装置在位并能正常接警": "The one-key alarm is in place and reaches the desk",
    "校门防冲撞设施完好": "Barriers against vehicles at the gate are intact",
    "外来人员登记制度落实": "Visitors are registered",
    "食堂燃气阀门、软管和报警器完好": "Gas valves, hoses and detectors of the canteen are intact",
    "接送制度落实": "Children are handed over as the rules say",
    "旅客住宿登记制度落实，身份核验终端正常": "Guests are registered, the identity terminal works",
    "客房烟感正常": "Smoke detectors in the rooms work",
    "加油区无明火、禁烟标志齐全": "No open fire at the pumps, no-smoking signs are complete",
    "散装汽油销售登记完整": "Sales of loose petrol are registered completely",
    "静电接地和防雷装置检测在有效期内": "Earthing and lightning protection are tested and in date",
    "进站安检设备正常、人员在岗": "Security check works and is staffed",
    "候车厅限流和疏散预案张贴": "Plans for crowds and evacuation hang in the waiting hall",
    "消防车通道未被占用": "The lane for fire engines is not occupied",
    "电动自行车未进楼充电": "No electric bicycles are charged inside the buildings",
    "门禁道闸正常": "Gates and barriers work",
    "临边洞口防护到位": "Edges and openings are guarded",
    "塔吊、脚手架检测在有效期内": "Cranes and scaffolding are tested and in date",
    "工人进场教育记录完整": "Records of the workers' safety training are complete",
    "入口安检落实": "People are checked at the entrance",
    "燃气用户软管和报警器完好": "Gas hoses and detectors of the tenants are intact",
    "核定人数公示且未超员": "The permitted number of people is posted and not exceeded",
    "危险化学品存放符合规定": "Hazardous chemicals are stored as prescribed",
}


def translate(apps, schema_editor):
    """Write the English of every line that still says what it said at first."""
    items = apps.get_model("premises", "CheckItem")
    for text, english in ENGLISH.items():
        items.objects.filter(text=text, text_en="").update(text_en=english)


class Migration(migrations.Migration):
    dependencies = [("premises", "0006_check_lists")]
    operations = [
        migrations.AddField(
            model_name="checkitem",
            name="text_en",
            field=models.CharField(
                blank=True, max_length=160, verbose_name="what to look at, in English"
            ),
        ),
        migrations.RunPython(translate, migrations.RunPython.noop),
    ]
