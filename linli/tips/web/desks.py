"""Who reads which tips: set by administrators, who can't read any."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.accounts.actor import actor_of
from linli.accounts.models import RoleKind
from linli.accounts.policy import administered, covers
from linli.areas.models import Unit
from linli.areas.places import area_names
from linli.kernel.errors import NotPermitted, Refused
from linli.kernel.form_errors import show_refusal
from linli.tips.actions.desks import drop_tip_desk, set_tip_desk
from linli.tips.models import TipDesk
from linli.tips.policy import desks_of
from linli.tips.web.forms import DeskForm

# Tips go to departments and centres of the city and its counties and towns, not to villages.
_DEEPEST = 9


@require_http_methods(["GET", "POST"])
def desks(request: HttpRequest) -> HttpResponse:
    """Show which unit reads which tips; set one."""
    actor = actor_of(request)
    if not actor.holds(RoleKind.ADMINISTRATOR):
        raise NotPermitted(_("Only administrators say who reads tips."))
    within = Unit.objects.filter(covers(administered(actor), "area_id"), closed_on=None)
    units = [
        one
        for one in within.exclude(kind="grid").select_related("area").order_by("area", "name")[:800]
        if len(one.area_id) <= _DEEPEST
    ]
    form = DeskForm(request.POST or None, units=units)
    if form.is_bound and form.is_valid():
        try:
            set_tip_desk(**form.cleaned_data, actor=actor, at=timezone.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Tips given from now on go there."))
            return redirect("tips:desks")
    rows = list(TipDesk.objects.filter(desks_of(actor)).select_related("unit__area"))
    places = area_names(row.area for row in rows)
    context = {
        "form": form,
        "rows": [(row, places.get(row.area, row.area)) for row in sorted(rows, key=_order)],
    }
    return render(request, "tips/desks.html", context, status=422 if form.is_bound else 200)


def _order(row: TipDesk) -> tuple[str, str]:
    return row.kind, row.area


@require_POST
def drop(request: HttpRequest, desk_id: UUID) -> HttpResponse:
    """Take no more such tips there."""
    drop_tip_desk(desk_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("No more such tips go there."))
    return redirect("tips:desks")
