"""Kinds, channels, states and fields in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KIND_WORDS: list[tuple[str, str | Promise]] = [
    ("assigned", _("assigned to you or your unit")),
    ("returned", _("returned to your unit")),
    ("reminded", _("near its deadline")),
    ("supervised", _("put under supervision")),
    ("overdue", _("overdue below you")),
    ("extension_asked", _("more time asked for")),
    ("extension_granted", _("more time granted")),
    ("extension_denied", _("more time denied")),
    ("escalated", _("escalated to your centre")),
    ("assist_asked", _("your unit's help asked for")),
    ("handed_over", _("handed over to you")),
    ("reopened", _("reopened")),
    ("role_ended", _("your unit was closed")),
    ("rule_gone", _("a routing rule leads nowhere")),
    ("may_turn_violent", _("a mediation may turn violent")),
    ("mediation_due", _("something is due in a mediation")),
    ("camera_order", _("cameras to be mended")),
    ("camera_due", _("something is due for cameras")),
    ("premises_due", _("something is due for a place")),
    ("supplies_due", _("something is due in a store")),
    ("unit_sent", _("your unit is sent")),
    ("unit_help", _("a unit needs help")),
    ("unit_declined", _("a unit declines")),
    ("dispatch_late", _("an incident is behind its clock")),
    ("alarm_waits", _("nobody answers an alarm")),
    ("alarm_call", _("call about an alarm nobody answers")),
    ("missing_near", _("somebody is missing near you")),
    ("roster_published", _("a patrol roster is published")),
    ("swap_asked", _("a swap waits for your answer")),
    ("swap_answered", _("a swap is answered")),
    ("missing_place", _("hospital or station: somebody is missing")),
    ("folded", _("many at once")),
    ("resident_registered", _("resident: registered")),
    ("resident_question", _("resident: a question")),
    ("resident_resolved", _("resident: resolved")),
    ("resident_closed", _("resident: closed")),
    ("party_due", _("party: performance is due")),
    ("digest", _("several in one message")),
    ("test", _("trial of a gateway")),
]


def kinds() -> list[tuple[str, str | Promise]]:
    """Return the kinds for a column: asked and not copied, so that a new one alters no table."""
    return KIND_WORDS


CHANNEL_WORDS = [
    ("app", _("in the app")),
    ("mail", pgettext_lazy("channel", "e-mail")),
    ("sms", _("SMS")),
    ("robot", _("group robot")),
    ("voice", _("phone call")),
]
GATEWAY_WORDS = [
    ("mail", _("mail server")),
    ("sms", _("SMS service")),
    ("wecom", _("WeCom group robot")),
    ("dingtalk", _("DingTalk group robot")),
    ("voice", _("phone call service")),
]
STATE_WORDS = [
    ("queued", pgettext_lazy("message", "waiting")),
    ("sending", pgettext_lazy("message", "being sent")),
    ("sent", pgettext_lazy("message", "sent")),
    ("outbox", pgettext_lazy("message", "in the outbox")),
    ("unsure", pgettext_lazy("message", "not known whether it arrived")),
    ("failed", pgettext_lazy("message", "failed")),
]
FIELD_WORDS = {
    "number": _("number of the case"),
    "title": _("title of the case"),
    "kind": _("kind of case"),
    "unit": _("unit the case is with"),
    "due": _("deadline"),
    "link": _("address of the page"),
    "task": _("what is due"),
    "camera": _("name of a camera"),
    "place": _("name of the place or the store"),
    "incident": _("kind of incident"),
    "scene": _("place of the incident"),
    "alarm": _("what alarm it is"),
    "area": _("where it is"),
    "days": _("working days asked for"),
    "period": _("which days"),
    "answer": _("what was answered"),
    "routing_rule": _("number of the routing rule"),
    "count": _("how many"),
    "what": _("what kind of notice"),
    "lines": _("one line a notice"),
    "phone": _("telephone of the unit"),
    "city": _("name of this installation"),
}
