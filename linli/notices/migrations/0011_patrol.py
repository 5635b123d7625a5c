"""Three kinds more, of patrols: a roster is published, a swap is asked for, and answered."""

from django.db import migrations, models

# Kind, Chinese and English: subject, and what it says.
SAID = {
    "roster_published": (
        ("{area}排班表已发布：{period}", "{area}{period}的排班表已发布，请查看您的班次。"),
        (
            "Roster published: {area}, {period}",
            "The roster of {area} for {period} is published. Please look at your shifts.",
        ),
    ),
    "swap_asked": (
        ("换班申请待您答复：{period}", "{area}有一份换班申请等您答复（{period}）。"),
        (
            "A swap waits for your answer: {period}",
            "In {area} a swap waits for your answer ({period}).",
        ),
    ),
    "swap_answered": (
        ("换班{period}：{answer}", "{area}换班申请（{period}）：{answer}。"),
        ("Swap of {period}: {answer}", "In {area}, swap of {period}: {answer}."),
    ),
}
NAMES = {"zh-hans": "【邻里】", "en": "[Linli] "}
SIGN_IN = {"zh-hans": "登录后查看：{link}", "en": "Sign in to see it: {link}"}


def write(apps, schema_editor):
    """Save their texts."""
    text = apps.get_model("notices", "Text")
    rows = []
    for kind, both in SAID.items():
        for language, (subject, body) in zip(("zh-hans", "en"), both, strict=True):
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
        ("notices", "0010_missing"),
    ]

    operations = [
        migrations.RunPython(write, migrations.RunPython.noop),
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
                    ("missing_near", "somebody is missing near you"),
                    ("roster_published", "a patrol roster is published"),
                    ("swap_asked", "a swap waits for your answer"),
                    ("swap_answered", "a swap is answered"),
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
                    ("alarm_waits", "nobody answers an alarm"),
                    ("alarm_call", "call about an alarm nobody answers"),
                    ("missing_near", "somebody is missing near you"),
                    ("roster_published", "a patrol roster is published"),
                    ("swap_asked", "a swap waits for your answer"),
                    ("swap_answered", "a swap is answered"),
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
                    ("missing_near", "somebody is missing near you"),
                    ("roster_published", "a patrol roster is published"),
                    ("swap_asked", "a swap waits for your answer"),
                    ("swap_answered", "a swap is answered"),
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
