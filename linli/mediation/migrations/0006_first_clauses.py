"""The first clauses of the library; the city edits them. Only where it has none yet.

An article is cited where it says what the clause says; the words are Chinese, as agreements are.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CODE, ACT = "《中华人民共和国民法典》", "《中华人民共和国人民调解法》"
MONEY = ["contract", "business", "damages", "consumer", "traffic", "wages", "labour"]
NEAR = ["neighbour", "homestead", "property"]

# Title, text, types (none: all), in the order in which an agreement says them.
CLAUSES: list[tuple[str, str, list[str]]] = [
    ("一次性付款", "{debtor}应于{due_on}前向{creditor}一次性支付{amount}。", []),
    (
        "分期付款",
        "{debtor}分{count}期向{creditor}支付，共计{total}：{instalments}。任何一期逾期未付或者未足额支付的，"
        "{creditor}有权要求{debtor}立即支付全部剩余款项。",
        [],
    ),
    (
        "返还借款",
        f"{{debtor}}应于{{due_on}}前向{{creditor}}返还借款{{amount}}。双方知悉：依照{CODE}第六百七十五条，借款人应当"
        f"按照约定的期限返还借款；依照该法第六百七十六条，逾期返还的，应当按照约定或者国家有关规定支付逾期利息。",
        ["contract", "business", "other_dispute"],
    ),
    (
        "损坏物修复",
        f"{{debtor}}应于{{due_on}}前完成下列修复，费用由{{debtor}}承担：{{act}}。（依据：{CODE}第二百三十七条）",
        [*NEAR, "damages", "other_dispute"],
    ),
    (
        "停止妨害",
        f"{{debtor}}应于{{due_on}}前排除对{{creditor}}的妨害：{{act}}；此后不再有同样的行为。"
        f"（依据：{CODE}第二百三十六条）",
        [*NEAR, "environment"],
    ),
    (
        "相邻通行",
        f"双方按照有利生产、方便生活、团结互助、公平合理的原则处理相邻关系（{CODE}第二百八十八条）。{{debtor}}为"
        f"{{creditor}}的通行提供必要的便利（该法第二百九十一条），并于{{due_on}}前做到：{{act}}。",
        [*NEAR, "land"],
    ),
    (
        "返还物品",
        f"{{debtor}}确认无权继续占有下列物品，应于{{due_on}}前返还{{creditor}}：{{act}}。（依据：{CODE}第二百三十五条）",
        [],
    ),
    (
        "赡养父母",
        f"{{debtor}}履行成年子女对父母赡养、扶助和保护的义务（{CODE}第二十六条第二款），向{{creditor}}给付赡养费：{{instalments}}。"
        "{debtor}应当经常看望或者问候{creditor}，{creditor}生病时承担照料。",
        ["family"],
    ),
    (
        "赔礼道歉",
        f"{{debtor}}应于{{due_on}}前当面向{{creditor}}赔礼道歉，{{creditor}}表示接受。（依据：{CODE}第一百七十九条第一款第十一项）",
        [],
    ),
    (
        "费用负担",
        f"人民调解不收取任何费用（{ACT}第四条）。双方为本纠纷已经支出的其他费用，由各自承担。",
        [],
    ),
    (
        "再无其他争议",
        "本协议全部履行后，双方就本纠纷再无其他争议，任何一方不再向对方提出其他要求。",
        [],
    ),
    (
        "通知方式",
        "双方以在人民调解委员会登记的电话和地址接收与本协议有关的通知；电话或者地址变更的，应当在三日内告知"
        "人民调解委员会和对方。",
        [],
    ),
    (
        "调委会见证履行",
        f"付款和交付在人民调解委员会见证下进行，由收取的一方出具收据。人民调解委员会对本协议的履行情况进行监督"
        f"（{ACT}第三十一条）。",
        MONEY,
    ),
    (
        "申请司法确认",
        f"双方认为有必要的，可以自本协议生效之日起三十日内共同向人民法院申请司法确认（{ACT}第三十三条）。",
        [],
    ),
]


def write(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Save the clauses, ten apart, so that others fit between them."""
    clause = apps.get_model("mediation", "Clause")
    if clause.objects.exists():
        return
    clause.objects.bulk_create(
        clause(title=title, text=text, categories=sorted(types), position=10 * place)
        for place, (title, text, types) in enumerate(CLAUSES, 1)
    )


class Migration(migrations.Migration):
    dependencies = [("mediation", "0005_answer_paper")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
