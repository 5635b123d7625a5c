"""Two kinds more: cameras to be mended, and what is due for cameras, told to their units."""

from django.db import migrations, models

ORDER = {
    "zh-hans": (
        "摄像头{task}：{count} 路",
        "{unit}有 {count} 路摄像头{task}（{camera}），请在 {due} 前修好。",
    ),
    "en": (
        "{count} cameras: {task}",
        "{unit} has {count} cameras with this fault: {task} ({camera}). To be mended by {due}.",
    ),
}
DUE = {
    "zh-hans": ("{task}：{count} 项", "{unit}有 {count} 项{task}，最早日期为 {due}。"),
    "en": ("{task}: {count}", "{unit}: {task}, {count} in all, the first on {due}."),
}
NAMES = {"zh-hans": "【邻里】", "en": "[Linli] "}
SIGN_IN = {"zh-hans": "登录后查看：{link}", "en": "Sign in to see it: {link}"}


def write(apps, schema_editor):
    """Save their texts."""
    text = apps.get_model("notices", "Text")
    rows = []
    for kind, said in (("camera_order", ORDER), ("camera_due", DUE)):
        for language, (subject, body) in said.items():
            named = NAMES[language]
            rows.append((kind, "app", language, subject, body))
            mail = f"{body}\n\n{SIGN_IN[language]}"
            rows.append((kind, "mail", language, f"{named}{subject}", mail))
            rows += [(kind, way, language, subject, f"{named}{body}") for way in ("sms", "robot")]
    text.objects.bulk_create(
        text(
            kind=kind, channel=channel, language=language, subject=subject, body=body,
            first_subject=subject, first_body=body,
        )
        for kind, channel, language, subject, body in rows
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("notices", "0005_mediation_due")]

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
