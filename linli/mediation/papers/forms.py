"""The official forms as they come along. A city can put a Word template of its own in place of each.

Their parts are those of the domain's list of papers; the words are ours. Papers are in Chinese
whatever the language of the page.
"""

from linli.mediation.papers.blocks import (
    Block,
    Each,
    FormSheet,
    Grid,
    Heading,
    Row,
    Text,
    When,
    lines,
    pairs,
)

NUMBER = Text("编号：{{ file.number }}", align="right")
SIGN_LINE = "＿＿＿＿＿＿＿＿＿＿"


def _person(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows on one person or organisation, as art. 29 and the application want them."""
    return (
        (f"{{{{ {name}.side }}}}", f"{{{{ {name}.name }}}}", "性别", f"{{{{ {name}.sex }}}}"),
        ("民族", f"{{{{ {name}.ethnicity }}}}", "年龄", f"{{{{ {name}.age }}}}"),
        ("职业或职务", f"{{{{ {name}.occupation }}}}", "联系方式", f"{{{{ {name}.phone }}}}"),
        ("证件号码", f"{{{{ {name}.identity_number }}}}"),
        ("住址或住所", f"{{{{ {name}.address }}}}"),
    )


PARTIES: tuple[Block, ...] = (Each("p in people", (pairs(*_person("p")), Text("", size=6))),)
SIGNED = Each(
    "s in agreement.signers",
    (Text("{{ s.side }}（签名、盖章或者按指印）：{{ s.name }}　　{{ s.on }}"),),
)
SEAL = Text("{{ file.committee }}（印章）", align="right")

COVER = FormSheet(
    (
        *lines(4),
        Text("{{ file.committee }}", align="center", size=20),
        *lines(2),
        Text("人民调解卷宗", align="center", bold=True, size=32),
        *lines(5),
        Grid(
            (3.4, 12.6),
            (
                Row(("卷　　名", "{{ file.title }}")),
                Row(("卷　　号", "{{ file.number }}")),
                Row(("纠纷类型", "{{ case.type }}")),
                Row(("调 解 员", "{{ file.mediators }}")),
                Row(("调解日期", "{{ file.begins }} 至 {{ file.ends }}")),
                Row(("立 卷 人", "{{ file.keeper }}")),
                Row(("立卷日期", "{{ file.made_on }}")),
                Row(("保管期限", "{{ file.term }}")),
                Row(("备　　注", "")),
            ),
        ),
    ),
    bare=True,
)

CONTENTS = FormSheet(
    (
        Heading("卷宗目录"),
        Grid(
            (1.4, 8.4, 3.2, 1.6, 1.6),
            (
                Row(("序号", "文件名称", "日期", "页号", "备注")),
                Row(
                    ("{{ d.no }}", "{{ d.title }}", "{{ d.dated }}", "{{ d.page }}", "{{ d.note }}"),
                    each="d in papers",
                ),
            ),
            head=True,
        ),
    ),
    bare=True,
)  # fmt: skip

APPLICATION = FormSheet(
    (
        Heading("人民调解申请书"),
        *PARTIES,
        Text("纠纷简要情况", bold=True),
        Text("{{ brief }}", indent=True),
        Text("当事人申请事项", bold=True),
        Text("{{ request }}", indent=True),
        When("claimed", (Text("请求金额：{{ claimed }}", indent=True),)),
        Text(
            "申请人已被告知：人民调解不收费用；参加调解全凭自愿，任何一方都可以拒绝或者中途退出。",
            indent=True,
        ),
        When("applied_orally", (Text("本申请由申请人口头提出，由调解委员会记录。", indent=True),)),
        *lines(1),
        Text("申请人（签名、盖章或者按指印）：" + SIGN_LINE, align="right"),
        Text("{{ opened_on }}", align="right"),
    )
)

ACCEPTANCE = FormSheet(
    (
        Heading("人民调解受理登记表"),
        NUMBER,
        pairs(
            ("登记日期", "{{ opened_on }}", "受理日期", "{{ accepted_on }}"),
            ("案件来源", "{{ source }}", "纠纷类型", "{{ case.type }}"),
            ("移送单位", "{{ referrer }}", "移送文号", "{{ referrer_number }}"),
            ("事项编号", "{{ case.number }}", "请求金额", "{{ claimed }}"),
            ("申请人", "{{ applicants }}"),
            ("被申请人", "{{ respondents }}"),
            ("纠纷简要情况", "{{ brief }}"),
            ("申请事项", "{{ request }}"),
            ("处理意见", "{{ decision }}"),
        ),
        *lines(1),
        Text("登记人（签名）：" + SIGN_LINE, align="right"),
        SEAL,
    )
)

NOTICE = FormSheet(
    (
        Heading("人民调解当事人权利义务告知书"),
        Text("{{ parties|map(attribute='name')|join('、') }}："),
        Text(
            "{{ file.committee }}调解你们之间的纠纷，依照《中华人民共和国人民调解法》，"
            "现将调解中的权利和义务告知如下。",
            indent=True,
        ),
        Text("一、当事人的权利（第二十三条）", bold=True),
        Text("1. 选择调解员，或者接受调解委员会指定的调解员；", indent=True),
        Text("2. 接受调解，也可以拒绝调解，或者要求停止调解；", indent=True),
        Text("3. 要求公开调解，或者要求不公开调解；", indent=True),
        Text("4. 说出自己的真实意思，自愿决定是否达成协议。", indent=True),
        Text("二、当事人的义务（第二十四条）", bold=True),
        Text("1. 照实说明纠纷的经过；", indent=True),
        Text("2. 遵守调解现场的秩序，尊重调解员；", indent=True),
        Text("3. 尊重对方行使自己的权利。", indent=True),
        Text("三、其他事项", bold=True),
        Text("1. 人民调解不收取任何费用（第四条）。", indent=True),
        Text(
            "2. 调解协议对双方都有约束力，应当按约定履行（第三十一条）；协议生效之日起三十日内，"
            "双方可以共同向人民法院申请司法确认（第三十三条）。",
            indent=True,
        ),
        Text("3. 调解不成的，可以依法通过仲裁、行政、司法等途径维护权利（第二十六条）。", indent=True),
        *lines(1),
        Each(
            "p in parties",
            (Text("{{ p.side }} {{ p.name }}（签名）：" + SIGN_LINE + "　告知日期：{{ p.notified_on }}"),),
        ),
        SEAL,
    )
)  # fmt: skip

MANDATE = FormSheet(
    (
        Heading("授权委托书"),
        Each(
            "m in mandates",
            (
                pairs(
                    ("委托人", "{{ m.principal }}", "受托人", "{{ m.agent }}"),
                    ("授权种类", "{{ m.kind }}", "授权日期", "{{ m.given_on }}"),
                    ("授权事项", "{{ m.powers }}"),
                ),
                Text("委托人（签名、盖章或者按指印）：" + SIGN_LINE),
                Text("受托人（签名、盖章或者按指印）：" + SIGN_LINE),
                Text("", size=8),
            ),
        ),
        Text("一般授权的代理人不能代为承认、放弃、变更请求，也不能代为达成协议。", indent=True),
    )
)

INQUIRY = FormSheet(
    (
        Heading("人民调解调查记录"),
        pairs(
            ("时　间", "　　年　　月　　日　　时　　分"),
            ("地　点", ""),
            ("参加人", ""),
            ("被调查人", "", "联系方式", ""),
        ),
        Text("记录：", bold=True),
        *lines(20),
        Text("被调查人（签名）：" + SIGN_LINE),
        Text("调查人（签名）：" + SIGN_LINE),
        Text("记录人（签名）：" + SIGN_LINE),
    )
)

SESSION = FormSheet(
    (
        Heading("人民调解记录"),
        Text("第 {{ session.turn }} 次", align="center"),
        pairs(
            ("时　间", "{{ session.time }}"),
            ("地　点", "{{ session.place }}"),
            ("方　式", "{{ session.manner }}"),
            ("当事人", "{{ session.people }}"),
            ("缺　席", "{{ session.absent }}"),
            ("调解员", "{{ session.mediators }}"),
        ),
        Text("调解记录", bold=True),
        Text("{{ session.record }}", indent=True),
        When(
            "session.statement",
            (Text("共同陈述", bold=True), Text("{{ session.statement }}", indent=True)),
        ),
        *lines(1),
        Each(
            "p in session.there", (Text("{{ p }}（签名、盖章或者按指印）：" + SIGN_LINE),)
        ),
        Text("调解员（签名）：" + SIGN_LINE),
        Text("记录人（签名）：" + SIGN_LINE),
        Text("{{ session.day }}", align="right"),
    )
)  # fmt: skip
