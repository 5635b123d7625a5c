"""The texts a city begins with and may edit, its habits, and who may read which rows."""

from django.db import migrations

from linli.kernel.row_security import USER, secure

KEEPER = f"""EXISTS (SELECT FROM accounts_role r WHERE r.user_id = {USER}
  AND r.kind = 'administrator' AND length(r.area) <= 4
  AND r.starts <= current_date + 1 AND (r.ends IS NULL OR r.ends >= current_date - 1))"""

# Kind → Chinese, English. What it says first; the number and what helps to act follow.
CASES = {
    "assigned": ("事项已分派，请接收", "A case was assigned to you: please accept it"),
    "returned": ("事项被退回，请重新分派", "A case was returned: please assign it again"),
    "reminded": ("事项临近办理时限", "A case is near its deadline"),
    "supervised": ("事项已被督办，请尽快办理", "A case is under supervision: please act soon"),
    "overdue": ("下级事项已超期，请过问", "A case below you is overdue: please look into it"),
    "extension_asked": (
        "有事项申请延期 {days} 个工作日，请审批",
        "{days} more working days asked for: please decide",
    ),
    "extension_granted": (
        "延期申请已批准：{days} 个工作日",
        "More time granted: {days} working days",
    ),
    "extension_denied": ("延期申请未获批准", "More time was denied"),
    "escalated": ("下级事项已上报，请接收", "A case was escalated to you: please accept it"),
    "assist_asked": ("请协助办理一件事项", "Your help with a case is asked for"),
    "handed_over": ("一件事项已交接给您", "A case was handed over to you"),
    "reopened": ("事项已重启，请继续办理", "A case was reopened: please go on with it"),
}
RESIDENTS = {
    "resident_registered": (
        "您反映的事项已登记", "Your matter is registered",
        "您反映的事项已登记，编号 {number}，现由{unit}办理。", "Your matter has the number {number} and is with {unit}.",
    ),
    "resident_question": (
        "办理人员有问题想请您补充", "The handler has a question for you",
        "关于事项 {number}，{unit}的办理人员有问题想请您补充说明。", "About your matter {number}: the handler at {unit} has a question for you.",
    ),
    "resident_resolved": (
        "您反映的事项已办结", "Your matter is resolved",
        "事项 {number} 已由{unit}办结。若问题没有解决，您可以申请重新办理。", "Your matter {number} was resolved by {unit}. If it is not solved, you can ask for it to be reopened.",
    ),
    "resident_closed": (
        "您反映的事项已结案", "Your matter is closed",
        "事项 {number} 已结案，感谢您的反映，欢迎评价。", "Your matter {number} is closed. Thank you; please tell us how it went.",
    ),
}  # fmt: skip


def staff_texts():
    """Give (kind, channel, language, subject, body) for what goes to colleagues."""
    for kind, (zh, en) in CASES.items():
        yield kind, "app", "zh-hans", zh, "{number} {title}"
        yield kind, "app", "en", en, "{number} {title}"
        yield (
            kind,
            "mail",
            "zh-hans",
            f"【邻里】{zh}（{{number}}）",
            (
                f"{zh}。\n\n编号：{{number}}\n类别：{{kind}}\n承办单位：{{unit}}\n办理时限：{{due}}\n\n登录后查看：{{link}}"
            ),
        )
        yield (
            kind,
            "mail",
            "en",
            f"[Linli] {en} ({{number}})",
            (
                f"{en}.\n\nNumber: {{number}}\nKind: {{kind}}\nWith: {{unit}}\nDue: {{due}}\n\nSign in to see it: {{link}}"
            ),
        )
        for channel in ("sms", "robot"):
            yield kind, channel, "zh-hans", zh, f"【邻里】{zh}。{{number}}，时限 {{due}}。"
            yield kind, channel, "en", en, f"Linli: {en}. {{number}}, due {{due}}."


def other_texts():
    """Give the same for residents, and for what is made of several."""
    for kind, (zh, en, zh_body, en_body) in RESIDENTS.items():
        yield (
            kind,
            "mail",
            "zh-hans",
            f"{zh}（{{number}}）",
            f"{zh_body}\n\n查看进展：{{link}}\n咨询电话：{{phone}}",
        )
        yield (
            kind,
            "mail",
            "en",
            f"{en} ({{number}})",
            f"{en_body}\n\nSee how it goes: {{link}}\nTelephone: {{phone}}",
        )
        yield kind, "sms", "zh-hans", zh, f"【综治中心】{zh_body}{{link}}"
        yield kind, "sms", "en", en, f"{en_body} {{link}}"
    yield "folded", "app", "zh-hans", "{count} 件事项：{what}", ""
    yield "folded", "app", "en", "{count} cases: {what}", ""
    yield (
        "folded",
        "mail",
        "zh-hans",
        "【邻里】{count} 件事项：{what}",
        "{count} 件事项：{what}。\n\n登录后查看：{link}",
    )
    yield (
        "folded",
        "mail",
        "en",
        "[Linli] {count} cases: {what}",
        "{count} cases: {what}.\n\nSign in to see them: {link}",
    )
    yield (
        "digest",
        "mail",
        "zh-hans",
        "【邻里】{count} 条通知",
        "以下是您的 {count} 条通知：\n\n{lines}\n\n登录后查看：{link}",
    )
    yield (
        "digest",
        "mail",
        "en",
        "[Linli] {count} notices",
        "Your {count} notices:\n\n{lines}\n\nSign in to see them: {link}",
    )
    for channel in ("sms", "robot"):
        yield "folded", channel, "zh-hans", "{count} 件事项", "【邻里】{count} 件事项：{what}。"
        yield "folded", channel, "en", "{count} cases", "Linli: {count} cases: {what}."
        yield "digest", channel, "zh-hans", "{count} 条通知", "【邻里】{count} 条通知：\n{lines}"
        yield "digest", channel, "en", "{count} notices", "Linli: {count} notices:\n{lines}"
    for channel in ("mail", "sms", "robot"):
        yield (
            "test",
            channel,
            "zh-hans",
            "【邻里】测试",
            "这是{city}发出的一条测试消息，收到即表示通道可用。",
        )
        yield (
            "test",
            channel,
            "en",
            "[Linli] trial",
            "A trial from {city}: the channel works if you read this.",
        )


def write(apps, schema_editor):
    """Save the texts, the city's habits and the stream's head."""
    text = apps.get_model("notices", "Text")
    text.objects.bulk_create(
        text(
            kind=kind,
            channel=channel,
            language=language,
            subject=subject,
            body=body,
            first_subject=subject,
            first_body=body,
        )
        for kind, channel, language, subject, body in [*staff_texts(), *other_texts()]
    )
    apps.get_model("notices", "Habits").objects.create()
    apps.get_model("notices", "StreamHead").objects.create()


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_initial"),
        ("accounts", "0004_remark"),
        ("kernel", "0001_initial"),
    ]
    operations = [
        migrations.RunPython(write, migrations.RunPython.noop),
        secure("notices_notice", f"user_id = {USER}"),
        secure("notices_message", KEEPER),
        # Written by everybody, read by the stream's process alone.
        secure("notices_streamevent", "false"),
    ]
