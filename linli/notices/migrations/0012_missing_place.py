"""Hospitals and stations are asked to look out for somebody: nothing about the person is said."""

from django.db import migrations, models

TEXTS = {
    "zh-hans": (
        "请留意走失人员",
        "{unit}正在寻找一名走失人员。如有疑似走失者到您处，请先安顿并致电 {phone}。",
    ),
    "en": (
        "Please look out for a missing person",
        "{unit} is looking for a missing person. If somebody who seems lost comes to you, please let "
        "them rest and call {phone}.",
    ),
}
NAMES = {"zh-hans": "【邻里】", "en": "[Linli] "}


def write(apps, schema_editor):
    """Save their texts."""
    text = apps.get_model("notices", "Text")
    rows = []
    for language, (subject, body) in TEXTS.items():
        rows.append(("app", language, subject, body))
        rows.append(("sms", language, subject, f"{NAMES[language]}{body}"))
    text.objects.bulk_create(
        text(
            kind="missing_place", channel=channel, language=language, subject=subject, body=body,
            first_subject=subject, first_body=body,
        )
        for channel, language, subject, body in rows
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("notices", "0011_patrol")]

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
                    ("missing_place", "hospital or station: somebody is missing"),
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
                    ("missing_place", "hospital or station: somebody is missing"),
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
                    ("missing_place", "hospital or station: somebody is missing"),
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
