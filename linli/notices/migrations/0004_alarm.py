"""A kind more: a mediation that may turn violent, told at once."""

from django.db import migrations, models

# Language → subject, what the app says, and what leaves the house: titles stay inside.
TEXTS = {
    "zh-hans": (
        "紧急：纠纷可能激化 {number}",
        "{unit}报告：“{title}”可能激化，请立即联系调解员并派人到场。",
        "{unit}报告纠纷可能激化，请立即联系调解员并派人到场。",
    ),
    "en": (
        "Urgent: a dispute may turn violent, {number}",
        "{unit} reports that “{title}” may turn violent. Call the mediator and send somebody now.",
        "{unit} reports that it may turn violent. Call the mediator and send somebody now.",
    ),
}
NAMES = {"zh-hans": "【邻里】", "en": "[Linli] "}
SIGN_IN = {"zh-hans": "登录后查看：{link}", "en": "Sign in to see it: {link}"}


def write(apps, schema_editor):
    """Save its texts for every channel."""
    text = apps.get_model("notices", "Text")
    kind, rows = "may_turn_violent", []
    for language, (subject, inside, outside) in TEXTS.items():
        named = f"{NAMES[language]}{subject}"
        rows.append((kind, "app", language, subject, inside))
        rows.append((kind, "mail", language, named, f"{outside}\n\n{SIGN_IN[language]}"))
        for channel in ("sms", "robot"):
            rows.append((kind, channel, language, subject, f"{named}。{outside}"))
    text.objects.bulk_create(
        text(
            kind=kind, channel=channel, language=language, subject=subject, body=body,
            first_subject=subject, first_body=body,
        )
        for kind, channel, language, subject, body in rows
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0003_more_kinds"),
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
                    ("folded", "many at once"),
                    ("resident_registered", "resident: registered"),
                    ("resident_question", "resident: a question"),
                    ("resident_resolved", "resident: resolved"),
                    ("resident_closed", "resident: closed"),
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
                    ("folded", "many at once"),
                    ("resident_registered", "resident: registered"),
                    ("resident_question", "resident: a question"),
                    ("resident_resolved", "resident: resolved"),
                    ("resident_closed", "resident: closed"),
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
                    ("folded", "many at once"),
                    ("resident_registered", "resident: registered"),
                    ("resident_question", "resident: a question"),
                    ("resident_resolved", "resident: resolved"),
                    ("resident_closed", "resident: closed"),
                    ("digest", "several in one message"),
                    ("test", "trial of a gateway"),
                ],
                max_length=24,
                verbose_name="notice",
            ),
        ),
    ]
