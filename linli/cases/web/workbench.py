"""The workbench: what I must do now, in order of deadline."""

from collections.abc import Mapping
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from linli.accounts.actor import actor_of
from linli.accounts.models import RoleKind
from linli.cases.policy import may_register
from linli.cases.queries.workbench import COUNTED, works_on_cases
from linli.cases.queries.workbench import workbench as sections


class Words(NamedTuple):
    """A section's heading, and what its emptiness means."""

    title: str | Promise
    lead: str | Promise


WORDS: Mapping[str, Words] = {
    "designate": Words(_("To designate"), _("Came back three times: you say who handles it.")),
    "extensions": Words(_("More time asked for"), _("Handlers wait for your answer.")),
    "accept": Words(_("Waiting for my unit to accept"), _("The clock of acceptance runs.")),
    "mine": Words(_("My cases"), _("You handle these.")),
    "standing_in": Words(_("For colleagues on leave"), _("You stand in for their handlers.")),
    "returned": Words(_("Came back"), _("Returned to your unit: assign them again or take them.")),
    "helping": Words(_("My unit helps"), _("Another unit leads; write down what you did.")),
    "desk": Words(_("At my desk"), _("Registered and not yet sent on.")),
    "follow_up": Words(_("To follow up"), _("Resolved: ask the people whether it holds.")),
    "told": Words(_("Put before my centre"), _("Overdue below, and still open.")),
    "supervised": Words(_("Under supervision in my area"), _("Overdue, or marked by a director.")),
}


@require_GET
def workbench(request: HttpRequest) -> HttpResponse:
    """Show the sections of the person's roles; those without cases are led to their own page."""
    actor = actor_of(request)
    if not works_on_cases(actor):
        return HttpResponseRedirect(_own_page(request))
    now = timezone.now()
    found = sections(actor, now)
    filled = [(WORDS[section.name], section) for section in found if section.total]
    number = sum(min(section.total, COUNTED) for _words, section in filled)
    more = any(section.is_capped for _words, section in filled)
    context = {
        "sections": filled,
        "number": number,
        "total": f"{number}+" if more else str(number),
        "late": len({row.id for section in found for row in section.rows if row.is_late}),
        "now": now,
        "may_register": may_register(actor),
    }
    part = "cases/workbench.html#sections"
    template = part if request.headers.get("HX-Request") else "cases/workbench.html"
    return render(request, template, context)


def _own_page(request: HttpRequest) -> str:
    """Return where an auditor or an administrator starts the day."""
    actor = actor_of(request)
    wanted = ["accounts:log"] if actor.holds(RoleKind.AUDITOR) else []
    wanted += ["accounts:people"] if actor.holds(RoleKind.ADMINISTRATOR) else []
    for view in (*wanted, "areas:home", "insight:home"):
        try:
            return reverse(view)
        except NoReverseMatch:
            continue
    return reverse("account_login")
