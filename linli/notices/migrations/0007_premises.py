"""Two kinds more: what is due for a place, and what is due in a store of supplies."""

from django.db import migrations, models


PREMISES = {
    "zh-hans": ("{task}已到期：{due}", "{place}的{task}已于 {due} 到期，请尽快办理。"),
    "en": ("{task} overdue: {due}", "{place}: {task} was due on {due}. Please see to it."),
}
SUPPLIES = {
    "zh-hans": ("{task}：{due}", "{place}有 {count} 项物资{task}，日期为 {due}。"),
    "en": ("{task}: {due}", "{place}: {task}, {count} kinds of supplies, on {due}."),
}
NAMES = {"zh-hans": "【邻里】", "en": "[Linli] "}
SIGN_IN = {"zh-hans": "登录后查看：{link}", "en": "Sign in to see it: {link}"}


def write(apps, schema_editor):
    """Save their texts."""
    text = apps.get_model("notices", "Text")
    rows = []
    for kind, texts in (("premises_due", PREMISES), ("supplies_due", SUPPLIES)):
        for language, (subject, body) in texts.items():
            name = NAMES[language]
            mail = f"{body}\n\n{SIGN_IN[language]}"
            rows.append((kind, "app", language, subject, body))
            rows.append((kind, "mail", language, f"{name}{subject}", mail))
            rows += [(kind, way, language, subject, f"{name}{body}") for way in ("sms", "robot")]
    text.objects.bulk_create(
        text(
            kind=kind, channel=channel, language=language, subject=subject, body=body,
            first_subject=subject, first_body=body,
        )
        for kind, channel, language, subject, body in rows
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0006_cameras"),
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
