"""What viewing puts on the page of a case: the cameras at its place, and who looked."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from linli.accounts.actor import actor_of
from linli.cameras.queries.viewing import grants_of, matching, rules, viewing_roles
from linli.cameras.viewing import around
from linli.cases import lifecycle as of_case
from linli.cases.choices import Kind
from linli.cases.models import Case


def case(request: HttpRequest, *, case: Case) -> SafeString:
    """Return the way to the video of an incident, for those who may ask for it."""
    actor = actor_of(request)
    if case.kind != Kind.INCIDENT or not viewing_roles(actor, case.area_id):
        return SafeString("")
    grants = grants_of(case, actor)[:5]
    where = around(case)
    found = len(matching(actor, where, rules())) if where and not grants else 0
    if not grants and (case.state not in of_case.OPEN or not found):
        return SafeString("")
    context = {
        "case": case, "grants": grants, "matching": found, "user": request.user,
        "at": timezone.now(),
    }  # fmt: skip
    return render_to_string("cameras/video_card.html", context, request)
