"""Four kinds more, of dispatch: a unit is sent, needs help, declines; an incident is late."""

from django.db import migrations, models

# Kind, Chinese and English: what it says, and what it says within the house.
SAID = {
    "unit_sent": (
        ("{unit}：请出动", "{incident}，{scene}。请打开手机页面回复。"),
        ("{unit}: you are sent", "{incident}, {scene}. Please answer on the phone page."),
    ),
    "unit_help": (
        ("{unit}请求支援", "{incident}，{scene}。"),
        ("{unit} needs help", "{incident}, {scene}."),
    ),
    "unit_declined": (
        ("{unit}未接受任务，请另派", "{incident}，{scene}。"),
        ("{unit} declines: please send another", "{incident}, {scene}."),
    ),
    "dispatch_late": (
        ("超时：{task}", "{incident}，{scene}。"),
        ("Time is up: {task}", "{incident}, {scene}."),
    ),
}
OUTSIDE = {
    "zh-hans": "【邻里】{0}：{{incident}}。{{link}}",
    "en": "Linli: {0}: {{incident}}. {{link}}",
}
LONG = {
    "zh-hans": "{0}。\n\n警情：{{incident}}\n\n登录后查看：{{link}}",
    "en": "{0}.\n\nIncident: {{incident}}\n\nSign in to see it: {{link}}",
}


def write(apps, schema_editor):
    """Save their texts."""
    text = apps.get_model("notices", "Text")
    rows = []
    for kind, both in SAID.items():
        for language, (subject, body) in zip(("zh-hans", "en"), both, strict=True):
            rows.append((kind, "app", language, subject, body))
            rows.append((kind, "mail", language, subject, LONG[language].format(subject)))
            outside = OUTSIDE[language].format(subject)
            rows += [(kind, way, language, subject, outside) for way in ("sms", "robot")]
    text.objects.bulk_create(
        text(
            kind=kind, channel=channel, language=language, subject=subject, body=body,
            first_subject=subject, first_body=body,
        )
        for kind, channel, language, subject, body in rows
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0007_premises"),
    ]

    operations = [
        migrations.RunPython(write, migrations.RunPython.noop),
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
