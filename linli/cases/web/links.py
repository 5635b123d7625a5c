"""Links between cases, made by number."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts.actor import actor_of
from linli.cases.actions.link import link_case, unlink_case
from linli.cases.queries.case import by_number
from linli.kernel.errors import Invalid


def _back(case_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("cases:case", args=[case_id]) + "#links")


@require_POST
def link(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Link the case with the one whose number was typed."""
    actor = actor_of(request)
    other = by_number(actor, request.POST.get("number", ""))
    if other is None:
        raise Invalid(_("There is no such number in your areas. Compare it with the receipt."))
    link_case(case_id, other=other.id, actor=actor, at=timezone.now())
    messages.success(request, _("The cases are linked."))
    return _back(case_id)


@require_POST
def unlink(request: HttpRequest, case_id: UUID, link_id: int) -> HttpResponse:
    """Take the link away."""
    unlink_case(case_id, link=link_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The link was taken away."))
    return _back(case_id)
