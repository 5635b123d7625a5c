"""The pages and questions a city begins with; it changes the pages under “Residents”."""

from django.db import migrations

PAGES = [
    (
        "centre",
        "综治中心能办什么",
        "What the centre does for you",
        "building-community",
        "综治中心是百姓反映问题、化解矛盾的地方。邻里纠纷、家庭矛盾、物业问题、欠薪欠款、环境卫生、公共设施损坏、安全隐患，都可以来说。\n\n"
        "您不必弄清楚该找哪个部门：中心统一受理，再交给能办的单位，并告诉您谁在办、办到哪一步。\n\n"
        "来中心、打电话或者在网上登记，办法都一样，都不收费。请尽量说清楚时间、地点和您希望怎样解决；有照片更好。\n\n"
        "有生命危险、正在发生的违法犯罪或者火灾，请马上拨打 110、119 或 120，不要在网上等待。",
        "The governance centre is where people bring problems and disputes: quarrels between neighbours or in the family, property management, unpaid wages or debts, dirt and noise, damaged public facilities, dangers.\n\n"
        "You need not know which department is responsible: the centre takes everything in, passes it to whoever can solve it, and tells you who has it and how far it is.\n\n"
        "It makes no difference whether you come, call or write here, and it costs nothing. Please say when and where it happened and what you would like to be done; a photo helps.\n\n"
        "If life is in danger, a crime is being committed or something burns, call 110, 119 or 120 at once; do not wait here.",
    ),
    (
        "mediation",
        "人民调解怎么进行",
        "How mediation works",
        "users",
        "人民调解不收费。调解员不偏向任何一方，帮助大家把话说开，找到都能接受的办法。\n\n"
        "参加调解是自愿的：您可以不接受调解，也可以随时要求停止，不影响您去仲裁或者起诉。\n\n"
        "谈成了，可以写成调解协议书，双方签字后生效；也可以口头约定，由调解员记录下来。\n\n"
        "协议生效后三十日内，双方可以一起向法院申请司法确认；确认有效的协议，一方不履行时，另一方可以向法院申请强制执行。\n\n"
        "谈不成，调解员会告诉您还有哪些途径：仲裁、行政处理或者向法院起诉。",
        "Mediation by the people's mediators is free. The mediator takes no side and helps everybody to find what both can accept.\n\n"
        "It is voluntary: you may refuse it or stop it at any time, and you keep the right to go to arbitration or to court.\n\n"
        "What is agreed can be written down; it takes effect when both sides have signed. It can also be agreed by word, and the mediator records it.\n\n"
        "Within thirty days after it took effect both sides together may ask the court to confirm it. A confirmed agreement can be enforced by the court.\n\n"
        "If no agreement is found, the mediator tells you the other ways: arbitration, an administrative decision, or the court.",
    ),
    (
        "legal-aid",
        "法律援助",
        "Legal aid",
        "scale",
        "经济困难、请不起律师的人，可以申请法律援助，由律师免费提供帮助。讨薪、工伤、赡养、抚养、家庭暴力等事项都可以申请。\n\n"
        "向县区法律援助中心提出申请，也可以请综治中心的法律顾问帮您写。带上身份证件、经济困难的说明和与案情有关的材料。\n\n"
        "法律援助机构应当在七日内作出决定；决定给予援助的，三日内指派人员。对不予援助的决定不服，可以向司法行政部门提出异议，五日内答复。\n\n"
        "只想问一问，可以拨打 12348 公共法律服务热线。",
        "Whoever cannot afford a lawyer may ask for legal aid: a lawyer helps free of charge. It covers unpaid wages, injuries at work, maintenance, violence in the family and more.\n\n"
        "Apply at the legal aid centre of your county, or let the legal counsellor of your governance centre help you to write it. Bring your identity document, something that shows your means, and the papers of the matter.\n\n"
        "It is decided within seven days; if it is granted, somebody is appointed within three. If it is refused you may object to the justice bureau, which answers within five days.\n\n"
        "If you only have a question, call 12348.",
    ),
    (
        "where-to-turn",
        "急事和其他途径",
        "Urgent help and other ways",
        "phone",
        "110：报警求助。\n\n119：火灾和抢险救援。\n\n120：急救。\n\n12345：政务服务便民热线。\n\n12348：公共法律服务热线。\n\n12333：人力资源和社会保障热线，拖欠工资可以投诉。\n\n12338：妇女维权热线。\n\n12355：青少年服务热线。\n\n"
        "对中心的处理结果不满意，可以在本页要求重新办理，也可以到上一级综治中心或者信访部门反映。",
        "110: police.\n\n119: fire and rescue.\n\n120: ambulance.\n\n12345: government service line.\n\n12348: legal service line.\n\n12333: labour and social security; complaints about unpaid wages.\n\n12338: women's rights.\n\n12355: young people.\n\n"
        "If you are not content with what the centre did, you can ask here for your report to be reopened, or turn to the centre above or to the petitions office.",
    ),
    (
        "your-data",
        "您的信息怎样使用",
        "What happens to your data",
        "lock",
        "不留姓名和联系方式也可以反映问题。\n\n"
        "您留下的姓名和电话只用来办理这件事：加密保存，只有办理人员说明理由后才能查看，每次查看都有记录。您同意后，我们会在有进展时通知您；随时可以取消。\n\n"
        "照片里的拍摄地点信息会自动删除。\n\n"
        "只有您同意、并经工作人员审核，诉求和隐患才会公开，而且不含姓名、电话和准确地址。矛盾纠纷从不公开。\n\n"
        "为了防止恶意刷屏，我们短时间保存经过加密处理的网络地址，一天后无法还原。",
        "You can report something without giving your name or how to reach you.\n\n"
        "A name and phone you leave are used for this matter only. They are encrypted, are opened by those who work on it after giving a reason, and every opening is recorded. If you agree we tell you when something happens; you can end that at any time.\n\n"
        "The place where a photo was taken is removed from it.\n\n"
        "Requests and dangers are made public only if you agree and a member of staff has looked at them, and without names, phones and exact addresses. Disputes are never made public.\n\n"
        "Against floods of false reports we keep a scrambled form of the network address for a short time; after a day it cannot be traced back.",
    ),
]
QUESTIONS = [
    ("since", "request", "singlevaluelist", False, 1, "多久了", "For how long?",
     [["today", "今天刚发生", "since today"], ["week", "几天了", "some days"], ["longer", "一周以上", "more than a week"]]),
    ("nearby", "hazard", "multivaluelist", False, 1, "附近有什么", "What is near?",
     [["school", "学校或幼儿园", "a school or kindergarten"], ["old", "老人常经过", "older people pass by"], ["road", "车流大的路", "a busy road"]]),
    ("hurt", "hazard", "singlevaluelist", False, 2, "有人受伤吗", "Was anybody hurt?",
     [["no", "没有", "no"], ["slightly", "轻伤", "slightly"], ["unknown", "不清楚", "not known"]]),
]  # fmt: skip


def fill(apps, schema_editor):
    InfoPage = apps.get_model("portal", "InfoPage")
    for position, (slug, title, title_en, icon, body, body_en) in enumerate(PAGES, 1):
        InfoPage.objects.create(
            slug=slug, title=title, title_en=title_en, body=body, body_en=body_en, icon=icon,
            position=position,
        )  # fmt: skip
    Question = apps.get_model("portal", "Question")
    for code, kind, datatype, required, position, text, text_en, values in QUESTIONS:
        Question.objects.create(
            code=code, kind=kind, datatype=datatype, required=required, position=position,
            text=text, text_en=text_en, values=values,
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_scope")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
