"""What comes after an agreement, on the page: judicial confirmation and following up."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from linli.mediation import lifecycle
from linli.mediation.models import Confirmation, FollowUp, Mediation
from linli.mediation.queries.confirmation import may_ask_until

# From so few days on, the time left is shown as a warning.
_SOON = 7


def confirmation(request: HttpRequest, mediation: Mediation) -> SafeString:
    """Return the applications to the court, and how long one may still be made."""
    rows = list(Confirmation.objects.filter(mediation=mediation).order_by("-id"))
    until, today = may_ask_until(mediation), timezone.localdate()
    left = (until - today).days if until else None
    if not rows and (left is None or left < 0):
        return SafeString("")
    refused = bool(rows) and rows[0].state in (lifecycle.NOT_TAKEN, lifecycle.DISMISSED)
    context = {
        "mediation": mediation,
        "rows": rows,
        "until": until if left is not None and left >= 0 else None,
        "left": left,
        "soon": left is not None and 0 <= left <= _SOON,
        "refused": refused and mediation.state in lifecycle.IN_EFFECT,
    }
    return render_to_string("mediation/_confirmation.html", context, request)


def follow_ups(request: HttpRequest, mediation: Mediation) -> SafeString:
    """Return the turns of following up, done and due."""
    rows = list(FollowUp.objects.filter(mediation=mediation).select_related("by").order_by("turn"))
    if not rows:
        return SafeString("")
    context = {"rows": rows, "today": timezone.localdate()}
    return render_to_string("mediation/_follow_up.html", context, request)
