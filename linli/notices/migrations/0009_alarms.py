"""An alarm nobody answers: told at the next desk, and by a phone call, a channel more."""

from django.db import migrations, models

WAITS = {
    "zh-hans": ("无人应答：{alarm}", "{area}的{alarm}无人应答，已转到{unit}，请立即应答。"),
    "en": (
        "Nobody answers: {alarm}",
        "{alarm} in {area}: nobody answers. It rings at {unit} now: please answer.",
    ),
}
# Read out by a voice: short, and said as it is spoken.
CALLS = {
    "alarm_call": {
        "zh-hans": "邻里警情提醒。{area}，{alarm}，无人应答，已转到{unit}。请立即登录应答。",
        "en": "An alarm from Linli. {area}: {alarm}. Nobody has answered. It rings at {unit}. Please sign in and answer.",
    },
    "digest": {
        "zh-hans": "邻里提醒，共 {count} 条。{lines}",
        "en": "{count} notices from Linli. {lines}",
    },
    "test": {
        "zh-hans": "这是邻里的试拨电话，来自 {city}。",
        "en": "This is a trial call from Linli at {city}.",
    },
}
NAMES = {"zh-hans": "【邻里】", "en": "[Linli] "}
SIGN_IN = {"zh-hans": "登录后应答：{link}", "en": "Sign in to answer: {link}"}


def write(apps, schema_editor):
    """Save their texts."""
    text = apps.get_model("notices", "Text")
    rows = []
    for language, (subject, body) in WAITS.items():
        name = NAMES[language]
        mail = f"{body}\n\n{SIGN_IN[language]}"
        rows.append(("alarm_waits", "app", language, subject, body))
        rows.append(("alarm_waits", "mail", language, f"{name}{subject}", mail))
        ways = ("sms", "robot")
        rows += [("alarm_waits", way, language, subject, f"{name}{body}") for way in ways]
    for kind, texts in CALLS.items():
        rows += [
            (kind, "voice", language, NAMES[language].strip(), body)
            for language, body in texts.items()
        ]
    text.objects.bulk_create(
        text(
            kind=kind, channel=channel, language=language, subject=subject, body=body,
            first_subject=subject, first_body=body,
        )
        for kind, channel, language, subject, body in rows
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0008_dispatch"),
    ]

    operations = [
        migrations.RunPython(write, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="gateway",
            name="sort",
            field=models.CharField(
                choices=[
                    ("mail", "mail server"),
                    ("sms", "SMS service"),
                    ("wecom", "WeCom group robot"),
                    ("dingtalk", "DingTalk group robot"),
                    ("voice", "phone call service"),
                ],
                max_length=10,
                verbose_name="sort",
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="channel",
            field=models.CharField(
                choices=[
                    ("app", "in the app"),
                    ("mail", "e-mail"),
                    ("sms", "SMS"),
                    ("robot", "group robot"),
                    ("voice", "phone call"),
                ],
                max_length=8,
                verbose_name="channel",
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="kind",
            field=models.CharField(
                choices=[
                    ("assigned", "assigned to you or your unit"),
                    ("returned", "returned to your unit"),
                    ("reminded", "near its deadline"),
                    ("supervised", "put under supervision"),
                    ("overdue", "overdue below you"),
                    ("extension_asked", "more time asked for"),
                    ("extension_granted", "more time granted"),
                    ("extension_denied", "more time denied"),
                    ("escalated", "escalated to your centre"),
                    ("assist_asked", "your unit's help asked for"),
                    ("handed_over", "handed over to you"),
                    ("reopened", "reopened"),
                    ("role_ended", "your unit was closed"),
                    ("rule_gone", "a routing rule leads nowhere"),
                    ("may_turn_violent", "a mediation may turn violent"),
                    ("mediation_due", "something is due in a mediation"),
                    ("camera_order", "cameras to be mended"),
                    ("camera_due", "something is due for cameras"),
                    ("premises_due", "something is due for a place"),
                    ("supplies_due", "something is due in a store"),
                    ("unit_sent", "your unit is sent"),
                    ("unit_help", "a unit needs help"),
                    ("unit_declined", "a unit declines"),
                    ("dispatch_late", "an incident is behind its clock"),
                    ("alarm_waits", "nobody answers an alarm"),
                    ("alarm_call", "call about an alarm nobody answers"),
                    ("folded", "many at once"),
                    ("resident_registered", "resident: registered"),
                    ("resident_question", "resident: a question"),
                    ("resident_resolved", "resident: resolved"),
                    ("resident_closed", "resident: closed"),
                    ("party_due", "party: performance is due"),
                    ("digest", "several in one message"),
                    ("test", "trial of a gateway"),
                ],
                max_length=24,
                verbose_name="notice",
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("assigned", "assigned to you or your unit"),
                    ("returned", "returned to your unit"),
                    ("reminded", "near its deadline"),
                    ("supervised", "put under supervision"),
                    ("overdue", "overdue below you"),
                    ("extension_asked", "more time asked for"),
                    ("extension_granted", "more time granted"),
                    ("extension_denied", "more time denied"),
                    ("escalated", "escalated to your centre"),
                    ("assist_asked", "your unit's help asked for"),
                    ("handed_over", "handed over to you"),
                    ("reopened", "reopened"),
                    ("role_ended", "your unit was closed"),
                    ("rule_gone", "a routing rule leads nowhere"),
                    ("may_turn_violent", "a mediation may turn violent"),
                    ("mediation_due", "something is due in a mediation"),
                    ("camera_order", "cameras to be mended"),
                    ("camera_due", "something is due for cameras"),
                    ("premises_due", "something is due for a place"),
                    ("supplies_due", "something is due in a store"),
                    ("unit_sent", "your unit is sent"),
                    ("unit_help", "a unit needs help"),
                    ("unit_declined", "a unit declines"),
                    ("dispatch_late", "an incident is behind its clock"),
                    ("alarm_waits", "nobody answers an alarm"),
                    ("alarm_call", "call about an alarm nobody answers"),
                    ("folded", "many at once"),
                    ("resident_registered", "resident: registered"),
                    ("resident_question", "resident: a question"),
                    ("resident_resolved", "resident: resolved"),
                    ("resident_closed", "resident: closed"),
                    ("party_due", "party: performance is due"),
                    ("digest", "several in one message"),
                    ("test", "trial of a gateway"),
                ],
                max_length=24,
            ),
        ),
        migrations.AlterField(
            model_name="text",
            name="channel",
            field=models.CharField(
                choices=[
                    ("app", "in the app"),
                    ("mail", "e-mail"),
                    ("sms", "SMS"),
                    ("robot", "group robot"),
                    ("voice", "phone call"),
                ],
                max_length=8,
                verbose_name="channel",
            ),
        ),
        migrations.AlterField(
            model_name="text",
            name="kind",
            field=models.CharField(
                choices=[
                    ("assigned", "assigned to you or your unit"),
                    ("returned", "returned to your unit"),
                    ("reminded", "near its deadline"),
                    ("supervised", "put under supervision"),
                    ("overdue", "overdue below you"),
                    ("extension_asked", "more time asked for"),
                    ("extension_granted", "more time granted"),
                    ("extension_denied", "more time denied"),
                    ("escalated", "escalated to your centre"),
                    ("assist_asked", "your unit's help asked for"),
                    ("handed_over", "handed over to you"),
                    ("reopened", "reopened"),
                    ("role_ended", "your unit was closed"),
                    ("rule_gone", "a routing rule leads nowhere"),
                    ("may_turn_violent", "a mediation may turn violent"),
                    ("mediation_due", "something is due in a mediation"),
                    ("camera_order", "cameras to be mended"),
                    ("camera_due", "something is due for cameras"),
                    ("premises_due", "something is due for a place"),
                    ("supplies_due", "something is due in a store"),
                    ("unit_sent", "your unit is sent"),
                    ("unit_help", "a unit needs help"),
                    ("unit_declined", "a unit declines"),
                    ("dispatch_late", "an incident is behind its clock"),
                    ("alarm_waits", "nobody answers an alarm"),
                    ("alarm_call", "call about an alarm nobody answers"),
                    ("folded", "many at once"),
                    ("resident_registered", "resident: registered"),
                    ("resident_question", "resident: a question"),
                    ("resident_resolved", "resident: resolved"),
                    ("resident_closed", "resident: closed"),
                    ("party_due", "party: performance is due"),
                    ("digest", "several in one message"),
                    ("test", "trial of a gateway"),
                ],
                max_length=24,
                verbose_name="notice",
            ),
        ),
    ]
