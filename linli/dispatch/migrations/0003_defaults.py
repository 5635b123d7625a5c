"""Defaults of dispatch: kinds, questions, run cards, plans and targets. A city edits all of them."""

from uuid import NAMESPACE_URL, uuid5

from django.db import migrations

CAPABILITIES = [
    ("skill", "first_aid", "急救", "First aid"),
    ("skill", "mediation", "劝解疏导", "Calming people down"),
    ("skill", "crowd", "人群疏导", "Guiding crowds"),
    ("skill", "fire_control", "初起火灾扑救", "Fighting a small fire"),
    ("skill", "search", "搜寻", "Searching"),
    ("skill", "psychology", "心理疏导", "Psychological help"),
    ("skill", "legal", "法律咨询", "Legal advice"),
    ("equipment", "shield", "盾牌钢叉", "Shield and fork"),
    ("equipment", "extinguisher", "灭火器", "Fire extinguisher"),
    ("equipment", "aed", "除颤仪", "Defibrillator"),
    ("equipment", "first_aid_kit", "急救包", "First-aid kit"),
    ("equipment", "gas_detector", "可燃气体检测仪", "Gas detector"),
    ("equipment", "rope", "绳索救援器材", "Rescue ropes"),
    ("equipment", "pump", "抽水泵", "Water pump"),
    ("equipment", "vehicle", "车辆", "Vehicle"),
]
ORDER, ACCIDENT, OTHER = "public_order", "accident", "other_incident"
# Code, names, priority, category of the case.
KINDS = [
    ("violence", "打架斗殴、持械伤人", "Violence", 1, ORDER),
    ("intrusion", "可疑人员闯入", "Intruder", 1, ORDER),
    ("fire", "火情", "Fire", 1, ACCIDENT),
    ("gas", "燃气泄漏", "Gas leak", 1, ACCIDENT),
    ("injury", "人员受伤或突发疾病", "Injury or sudden illness", 1, ACCIDENT),
    ("disaster", "洪涝、塌方等灾害", "Flood or collapse", 1, ACCIDENT),
    ("self_harm", "轻生警情", "Danger of suicide", 1, OTHER),
    ("quarrel", "纠纷激化", "Quarrel that may turn violent", 2, ORDER),
    ("crowd", "人群聚集", "Gathering crowd", 2, ORDER),
    ("missing", "人员走失", "Missing person", 2, OTHER),
    ("traffic", "道路交通事故", "Road accident", 2, ACCIDENT),
    ("theft", "盗窃、诈骗", "Theft or fraud", 3, ORDER),
    ("facility", "公共设施险情", "Dangerous public facility", 3, ACCIDENT),
    ("nuisance", "噪声扰民等", "Noise and nuisance", 4, ORDER),
    ("other", "其他", "Other", 3, OTHER),
]
YES, NO = ("yes", "是", "Yes"), ("no", "否", "No")
# Kind, question, its English, answers with the priority each asks for.
QUESTIONS = [
    ("violence", "有人持刀或其他器械吗？", "Is anybody armed?", [(*YES, 1), (*NO, 2)]),
    ("violence", "有人受伤吗？", "Is anybody hurt?", [(*YES, 1), (*NO, None)]),
    ("intrusion", "闯入的人还在现场吗？", "Is the intruder still there?", [(*YES, 1), (*NO, 2)]),
    (
        "intrusion",
        "有孩子或老人在附近吗？",
        "Are children or old people near?",
        [(*YES, 1), (*NO, None)],
    ),
    ("fire", "看得见明火或浓烟吗？", "Are there flames or thick smoke?", [(*YES, 1), (*NO, 2)]),
    (
        "fire",
        "里面还有人吗？",
        "Is anybody inside?",
        [(*YES, 1), (*NO, None), ("unknown", "不清楚", "Not known", 1)],
    ),
    ("gas", "阀门关了吗？", "Is the valve closed?", [(*YES, 2), (*NO, 1)]),
    ("injury", "人还有意识、呼吸吗？", "Conscious and breathing?", [(*YES, 2), (*NO, 1)]),
    ("quarrel", "双方动手了吗？", "Have they come to blows?", [(*YES, 1), (*NO, 2)]),
    (
        "crowd",
        "大约多少人？",
        "About how many people?",
        [
            ("few", "30人以下", "Under 30", 3),
            ("many", "30人以上", "30 and more", 2),
            ("mass", "100人以上", "100 and more", 1),
        ],
    ),
    ("missing", "是老人、孩子或病人吗？", "Old, a child, or ill?", [(*YES, 1), (*NO, 3)]),
    ("traffic", "有人受伤吗？", "Is anybody hurt?", [(*YES, 1), (*NO, 3)]),
    ("facility", "有人可能被伤到吗？", "May somebody be hurt by it?", [(*YES, 2), (*NO, 3)]),
]
# Kind, from priority, kind of unit, how many, skills, equipment.
RUN_CARDS = [
    ("violence", 4, "patrol", 2, [], []),
    ("violence", 1, "emergency", 1, [], ["shield"]),
    ("violence", 2, "police", 1, [], []),
    ("intrusion", 4, "patrol", 2, [], []),
    ("intrusion", 1, "police", 1, [], []),
    ("fire", 4, "patrol", 1, [], ["extinguisher"]),
    ("fire", 2, "fire", 1, [], []),
    ("fire", 1, "emergency", 1, ["fire_control"], []),
    ("gas", 4, "emergency", 1, [], ["gas_detector"]),
    ("gas", 4, "patrol", 1, [], []),
    ("gas", 2, "fire", 1, [], []),
    ("injury", 4, "patrol", 1, ["first_aid"], []),
    ("injury", 2, "medical", 1, [], []),
    ("disaster", 4, "emergency", 2, [], []),
    ("disaster", 2, "fire", 1, [], []),
    ("disaster", 4, "volunteer", 1, [], []),
    ("self_harm", 4, "patrol", 1, [], []),
    ("self_harm", 4, "expert", 1, ["psychology"], []),
    ("self_harm", 2, "police", 1, [], []),
    ("quarrel", 4, "patrol", 1, ["mediation"], []),
    ("quarrel", 1, "police", 1, [], []),
    ("crowd", 4, "patrol", 2, ["crowd"], []),
    ("crowd", 1, "emergency", 1, ["crowd"], []),
    ("crowd", 2, "police", 1, [], []),
    ("missing", 4, "patrol", 1, [], []),
    ("missing", 2, "volunteer", 1, ["search"], []),
    ("missing", 1, "police", 1, [], []),
    ("traffic", 4, "patrol", 1, [], []),
    ("traffic", 1, "medical", 1, [], []),
    ("theft", 4, "patrol", 1, [], []),
    ("theft", 2, "police", 1, [], []),
    ("facility", 4, "patrol", 1, [], []),
    ("nuisance", 4, "patrol", 1, [], []),
    ("other", 4, "patrol", 1, [], []),
]
# Kind, title, steps: who, what, within seconds of the opening.
PLANS = [
    (
        "violence",
        "打架斗殴、持械伤人处置预案",
        [
            ("调度员", "同时派出两支就近巡逻队，通知公安联络员", 60),
            ("调度员", "保持通话，问清人数、器械、伤情", 90),
            ("巡逻队", "到场后先隔离双方，疏散围观群众，不与持械者近距离对峙", 300),
            ("调度员", "有人受伤：通知医疗联络员", 120),
            ("值班领导", "了解情况，决定是否请求增援", 300),
        ],
    ),
    (
        "intrusion",
        "校园、场所闯入处置预案",
        [
            ("调度员", "派出两支就近巡逻队，通知公安联络员", 60),
            ("调度员", "告知现场：关闭大门，人员留在室内", 60),
            ("现场保安", "看住出入口，保持通话", 120),
            ("巡逻队", "到场后在门口与保安会合，再进入", 300),
            ("值班领导", "通知教育或主管部门", 600),
        ],
    ),
    (
        "fire",
        "初起火灾处置预案",
        [
            ("调度员", "通知消防联络员，报清地址、燃烧物、有无人员被困", 60),
            ("调度员", "派出带灭火器的就近巡逻队", 60),
            ("巡逻队", "疏散人员，切断电源燃气，能控制时扑救", 300),
            ("巡逻队", "清出消防通道，在路口引导消防车", 420),
            ("值班领导", "核对人员是否全部撤出", 600),
        ],
    ),
    (
        "gas",
        "燃气泄漏处置预案",
        [
            ("调度员", "告知现场：关阀、开窗、不动电器、撤到室外", 60),
            ("调度员", "派出带检测仪的应急队，通知消防联络员和燃气公司", 90),
            ("应急队", "检测、警戒、疏散上下楼住户", 600),
        ],
    ),
    (
        "injury",
        "人员受伤或突发疾病处置预案",
        [
            ("调度员", "通知医疗联络员，报清地址和病情", 60),
            ("调度员", "指导现场做急救，直到有人到场", 90),
            ("巡逻队", "带急救包、除颤仪到场，引导救护车", 300),
        ],
    ),
    (
        "self_harm",
        "轻生警情处置预案",
        [
            ("调度员", "不挂断，平静交谈，问清位置", 60),
            ("调度员", "派出就近巡逻队，通知公安联络员和心理专家", 90),
            ("巡逻队", "不鸣笛、不围观，稳住情绪，等专业人员", 300),
        ],
    ),
    (
        "missing",
        "人员走失搜寻预案",
        [
            ("调度员", "记下走失时间、地点、衣着、常去的地方", 120),
            ("调度员", "派巡逻队和志愿者按地段搜寻，通知公安联络员", 300),
            ("值班领导", "一小时未找到：扩大范围", 3600),
        ],
    ),
    (
        "crowd",
        "人群聚集处置预案",
        [
            ("调度员", "派出巡逻队到场了解情况，报人数和诉求", 60),
            ("值班领导", "到场听取诉求，告知解决渠道", 1200),
            ("巡逻队", "维持通道畅通，劝离围观", 600),
        ],
    ),
]


def _id(*words):
    """The same key in every city, so that an installation can be compared with the defaults."""
    return uuid5(NAMESPACE_URL, "linli:dispatch:" + ":".join(map(str, words)))


def fill(apps, schema_editor):
    def model(name):
        return apps.get_model("dispatch", name)

    Capability, Kind = model("Capability"), model("IncidentKind")
    Capability.objects.bulk_create(
        Capability(sort=sort, code=code, name=name, name_en=english)
        for sort, code, name, english in CAPABILITIES
    )
    Kind.objects.bulk_create(
        Kind(
            code=code,
            name=name,
            name_en=english,
            priority=priority,
            category_id=category,
            position=place,
        )
        for place, (code, name, english, priority, category) in enumerate(KINDS, 1)
    )
    Card = model("QuestionCard")
    Card.objects.bulk_create(
        Card(
            id=_id("question", kind, text),
            kind_id=kind,
            text=text,
            text_en=english,
            position=place,
            answers=[
                {"code": code, "name": name, "name_en": name_en, "priority": priority}
                for code, name, name_en, priority in answers
            ],
        )
        for place, (kind, text, english, answers) in enumerate(QUESTIONS, 1)
    )
    Run = model("RunCard")
    Run.objects.bulk_create(
        Run(
            id=_id("run", place),
            kind_id=kind,
            priority=priority,
            unit_kind=unit_kind,
            count=count,
            skills=skills,
            equipment=equipment,
            position=place,
        )
        for place, (kind, priority, unit_kind, count, skills, equipment) in enumerate(RUN_CARDS, 1)
    )
    Plan, Step = model("Plan"), model("PlanStep")
    for kind, title, steps in PLANS:
        plan = Plan.objects.create(id=_id("plan", kind), kind_id=kind, title=title, priority=4)
        Step.objects.bulk_create(
            Step(
                id=_id("step", kind, place),
                plan=plan,
                position=place,
                who=who,
                text=text,
                within=within,
            )
            for place, (who, text, within) in enumerate(steps, 1)
        )
    model("Targets").objects.create(area="")


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0002_scope"), ("cases", "0004_defaults")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
