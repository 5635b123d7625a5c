"""The defaults of the domain: the 18 dispute types and the deadline policy. A city edits both."""

import datetime

from django.db import migrations

DISPUTE_TYPES = [
    ("family", "婚姻家庭", "Marriage and family"),
    ("neighbour", "邻里", "Neighbours"),
    ("homestead", "房屋宅基地", "Houses and homesteads"),
    ("contract", "合同", "Contracts"),
    ("business", "生产经营", "Production and business"),
    ("damages", "损害赔偿", "Damages"),
    ("land", "山林土地", "Forest and farm land"),
    ("demolition", "征地拆迁", "Land taking and demolition"),
    ("environment", "环境污染", "Environmental pollution"),
    ("wages", "拖欠农民工工资", "Unpaid wages of migrant workers"),
    ("labour", "其他劳动争议", "Other labour disputes"),
    ("tourism", "旅游", "Tourism"),
    ("e_commerce", "电子商务", "E-commerce"),
    ("consumer", "其他消费", "Other consumer disputes"),
    ("medical", "医疗", "Medical"),
    ("traffic", "道路交通事故", "Road accidents"),
    ("property", "物业", "Property management"),
    ("other_dispute", "其他", "Other"),
]
OTHERS = [
    ("request", "livelihood", "民生服务", "Public services"),
    ("request", "infrastructure", "公共设施", "Public facilities"),
    ("request", "sanitation", "环境卫生", "Cleanliness"),
    ("request", "welfare", "社会救助", "Social assistance"),
    ("request", "other_request", "其他诉求", "Other requests"),
    ("hazard", "fire", "消防隐患", "Fire hazards"),
    ("hazard", "traffic_hazard", "交通隐患", "Traffic hazards"),
    ("hazard", "building", "建筑隐患", "Building hazards"),
    ("hazard", "gas", "燃气隐患", "Gas hazards"),
    ("hazard", "other_hazard", "其他隐患", "Other hazards"),
    ("incident", "public_order", "治安事件", "Public order"),
    ("incident", "accident", "事故灾害", "Accidents and disasters"),
    ("incident", "other_incident", "其他事件", "Other incidents"),
    ("consultation", "law_question", "法律咨询", "Questions of law"),
    ("consultation", "policy_question", "政策咨询", "Questions of policy"),
    ("consultation", "other_question", "其他咨询", "Other questions"),
]
DAYS, CALENDAR, MINUTES = "working_days", "calendar_days", "minutes"
RULES = [
    ("level", "grid", 1, DAYS),
    ("level", "village", 2, DAYS),
    ("level", "township", 2, DAYS),
    ("level", "county", 2, DAYS),
    ("difficulty", "simple", 1, DAYS),
    ("difficulty", "ordinary", 7, DAYS),
    ("difficulty", "complex", 20, DAYS),
    ("accept", "danger", 15, MINUTES),
    ("accept", "utility", 30, MINUTES),
    ("accept", "normal", 1, DAYS),
    ("return", "simple", 1, DAYS),
    ("return", "ordinary", 1, DAYS),
    ("return", "complex", 2, DAYS),
    ("follow_up", "dispute", 30, CALENDAR),
    ("follow_up", "request", 1, DAYS),
    ("follow_up", "hazard", 1, DAYS),
    ("follow_up", "incident", 1, DAYS),
    ("follow_up", "consultation", 1, DAYS),
]
# Before any case a city is likely to bring along.
BEGINNING = datetime.date(2000, 1, 1)


def fill(apps, schema_editor):
    Category = apps.get_model("cases", "Category")
    rows = [("dispute", *row) for row in DISPUTE_TYPES] + OTHERS
    Category.objects.bulk_create(
        Category(kind=kind, code=code, name=name, name_en=english, position=place)
        for place, (kind, code, name, english) in enumerate(rows, 1)
    )
    Rule = apps.get_model("cases", "DeadlineRule")
    Rule.objects.bulk_create(
        Rule(area="", effective_from=BEGINNING, clock=clock, key=key, amount=amount, unit=unit)
        for clock, key, amount, unit in RULES
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_search")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
