"""The official forms from the agreement on: agreement, performance, following up, court, closing."""

from linli.mediation.papers.blocks import (
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
from linli.mediation.papers.forms import (
    ACCEPTANCE,
    APPLICATION,
    CONTENTS,
    COVER,
    INQUIRY,
    MANDATE,
    NOTICE,
    NUMBER,
    PARTIES,
    SEAL,
    SESSION,
    SIGN_LINE,
    SIGNED,
)

_CLAUSES = Each("c in agreement.clauses", (Text("{{ loop.index }}. {{ c }}", indent=True),))

AGREEMENT = FormSheet(
    (
        Heading("人民调解协议书"),
        NUMBER,
        *PARTIES,
        Text("纠纷主要事实、争议事项", bold=True),
        Text("{{ agreement.facts }}", indent=True),
        When(
            "agreement.claims",
            (Text("各方的请求和责任", bold=True), Text("{{ agreement.claims }}", indent=True)),
        ),
        Text("经调解，双方自愿达成协议如下", bold=True),
        _CLAUSES,
        When(
            "agreement.manner",
            (
                Text("履行的方式、地点、期限", bold=True),
                Text("{{ agreement.manner }}", indent=True),
            ),
        ),
        When(
            "agreement.replaces", (Text("本协议替代 {{ agreement.replaces }} 的协议。", indent=True),)
        ),
        Text(
            "本协议自各方签名、盖章或者按指印，调解员签名并加盖调解委员会印章之日起生效。"
            "当事人各执一份，调解委员会留存一份。",
            indent=True,
        ),
        *lines(1),
        SIGNED,
        Text("调解员（签名）：{{ agreement.mediators }}"),
        Text("记录人（签名）：" + SIGN_LINE),
        SEAL,
        Text("{{ agreement.day }}", align="right"),
    )
)  # fmt: skip

ORAL_AGREEMENT = FormSheet(
    (
        Heading("人民调解口头协议登记表"),
        NUMBER,
        *PARTIES,
        Text("纠纷主要事实、争议事项", bold=True),
        Text("{{ agreement.facts }}", indent=True),
        Text("口头协议的内容", bold=True),
        _CLAUSES,
        When(
            "agreement.manner",
            (
                Text("履行的方式、地点、期限", bold=True),
                Text("{{ agreement.manner }}", indent=True),
            ),
        ),
        Text(
            "双方认为不需要制作协议书。口头协议自达成之日起生效（《人民调解法》第二十八条、第三十条）。",
            indent=True,
        ),
        *lines(1),
        Text("调解员（签名）：{{ agreement.mediators }}"),
        SEAL,
        Text("{{ agreement.day }}", align="right"),
    )
)

RECEIPT = FormSheet(
    (
        Heading("人民调解协议履行情况记录"),
        NUMBER,
        Text("应履行的内容", bold=True),
        Grid(
            (3.8, 5.2, 2.9, 4.1),
            (
                Row(("履行期限", "内容", "金额", "情况")),
                Row(
                    ("{{ d.due_on }}", "{{ d.what }}", "{{ d.amount }}", "{{ d.state }}"),
                    each="d in owed",
                ),
            ),
            head=True,
        ),
        Text("", size=8),
        Text("履行的登记", bold=True),
        Grid(
            (3.8, 5.2, 2.9, 4.1),
            (
                Row(("日期", "内容", "金额", "登记人")),
                Row(
                    ("{{ d.on }}", "{{ d.what }}", "{{ d.amount }}", "{{ d.by }}"),
                    each="d in paid",
                ),
            ),
            head=True,
        ),
        *lines(1),
        Text("调解员（签名）：" + SIGN_LINE, align="right"),
    )
)

FOLLOW_UP = FormSheet(
    (
        Heading("人民调解回访记录"),
        NUMBER,
        pairs(("纠　纷", "{{ case.title }}"), ("当事人", "{{ applicants }}；{{ respondents }}")),
        Text("", size=8),
        Each(
            "f in follow_ups",
            (
                pairs(
                    ("第几次", "{{ f.turn }}", "回访日期", "{{ f.on }}"),
                    ("方　式", "{{ f.way }}", "回访人", "{{ f.by }}"),
                    ("满意度", "{{ f.satisfaction }}", "是否反复", "{{ f.recurred }}"),
                    ("回访情况", "{{ f.text }}"),
                ),
                Text("", size=8),
            ),
        ),
    )
)

CONFIRMATION = FormSheet(
    (
        Heading("司法确认申请书"),
        *PARTIES,
        Text("请求事项", bold=True),
        Text(
            "请求确认申请人双方于{{ agreement.day }}经{{ file.committee }}主持达成的"
            "{{ file.number }}人民调解协议有效。",
            indent=True,
        ),
        Text("事实和理由", bold=True),
        Text("{{ agreement.facts }}", indent=True),
        _CLAUSES,
        Text(
            "申请人达成协议出于自愿，没有恶意串通、规避法律，也没有损害国家利益、社会公共利益和他人的"
            "合法权益；如有不实，愿意承担由此产生的责任。",
            indent=True,
        ),
        Text("此致"),
        Text("{{ confirmation.court }}"),
        *lines(1),
        Each(
            "p in parties",
            (Text("申请人 {{ p.name }}（签名、盖章或者按指印）：" + SIGN_LINE, align="right"),),
        ),
        Text("{{ confirmation.asked_on }}", align="right"),
        When(
            "confirmation.outcome",
            (
                Text("法院的处理", bold=True),
                pairs(
                    ("案　号", "{{ confirmation.number }}", "结　果", "{{ confirmation.outcome }}"),
                    ("日　期", "{{ confirmation.decided_on }}", "理　由", "{{ confirmation.reason }}"),
                ),
            ),
        ),
    )
)  # fmt: skip

ANSWER = FormSheet(
    (
        Heading("移送案件答复函"),
        NUMBER,
        Text("{{ referrer }}："),
        Text(
            "贵单位{{ referred_on }}移送的纠纷（文号：{{ referrer_number }}），我委已依法办理，现将情况"
            "答复如下。",
            indent=True,
        ),
        Text("{{ answer }}", indent=True),
        Text("办理结果：{{ result }}", indent=True),
        *lines(2),
        SEAL,
        Text("{{ answered_on }}", align="right"),
    )
)

FILE_NOTE = FormSheet(
    (
        Heading("卷宗情况说明"),
        Text("本卷为{{ case.title }}的调解卷宗，卷号 {{ file.number }}。", indent=True),
        Text("调解结果：{{ result }}", indent=True),
        When("routes", (Text("已告知当事人的其他途径：{{ routes }}", indent=True),)),
        Text("本卷共有文件 {{ papers|length }} 件。", indent=True),
        *lines(2),
        Text("立卷人（签名）：{{ file.keeper }}", align="right"),
        Text("{{ file.made_on }}", align="right"),
    )
)

BACK_COVER = FormSheet(
    (
        *lines(10),
        Heading("卷宗备考"),
        pairs(
            ("卷　号", "{{ file.number }}"),
            ("页　数", "本卷正文共 {{ pages }} 页", "立卷日期", "{{ file.made_on }}"),
            ("立卷人", "{{ file.keeper }}", "检查人", ""),
            ("保管期限", "{{ file.term }}"),
            ("说　明", ""),
        ),
    ),
    bare=True,
)

# Kind of paper → its form; identity papers and evidence are scans and have none.
FORMS: dict[str, FormSheet] = {
    "cover": COVER,
    "contents": CONTENTS,
    "application": APPLICATION,
    "acceptance": ACCEPTANCE,
    "notice": NOTICE,
    "mandate": MANDATE,
    "inquiry": INQUIRY,
    "session": SESSION,
    "agreement": AGREEMENT,
    "oral_agreement": ORAL_AGREEMENT,
    "receipt": RECEIPT,
    "follow_up": FOLLOW_UP,
    "confirmation": CONFIRMATION,
    "answer": ANSWER,
    "file_note": FILE_NOTE,
    "back_cover": BACK_COVER,
}
