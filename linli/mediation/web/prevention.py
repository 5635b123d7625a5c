"""The page of prevention work: what the committees did, and a line for the own one's day."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from linli.accounts.actor import Actor, actor_of
from linli.kernel.days import day_field
from linli.kernel.errors import Refused
from linli.kernel.form_errors import show_refusal
from linli.kernel.working_days import local_date
from linli.mediation.actions.record_prevention import Work, record_prevention
from linli.mediation.queries.prevention import own_committees, work_of
from linli.mediation.web.forms import choose
from linli.mediation.web.statistics import asked


class PreventionForm(forms.Form):
    """What one's committee did on a day."""

    committee = forms.ChoiceField(label=gettext_lazy("Committee"))
    day = day_field(gettext_lazy("Day of the work"))
    inspections = forms.IntegerField(
        label=gettext_lazy("Inspections made"), min_value=0, max_value=9999, initial=0
    )
    found = forms.IntegerField(
        label=gettext_lazy("Disputes found"), min_value=0, max_value=9999, initial=0
    )
    prevented = forms.IntegerField(
        label=gettext_lazy("Disputes prevented"), min_value=0, max_value=9999, initial=0
    )

    def __init__(self, data: Any, actor: Actor) -> None:
        super().__init__(data)
        own = list(own_committees(actor).values_list("id", "name"))
        self.is_for_nobody = not own
        choose(self, "committee", [(str(key), name) for key, name in own])
        self.fields["day"].initial = local_date(timezone.now())


@require_http_methods(["GET", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """Show prevention work of ``?area=…&since=…&until=…``, and take a day in."""
    actor = actor_of(request)
    path, chosen = asked(request, actor)
    form = PreventionForm(request.POST or None, actor)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        committee, day = told.pop("committee"), told.pop("day")
        try:
            record_prevention(committee, day, Work(**told), actor=actor, at=timezone.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("It is written down."))
            return HttpResponseRedirect(reverse("mediation:prevention"))
    cursor = request.GET.get("after", "")
    rows, after = work_of(actor, path[-1].code, chosen.chosen, after=cursor)
    context = {
        "area": path[-1],
        "form": None if form.is_for_nobody else form,
        "rows": rows,
        "after": after,
        "shown": chosen.chosen,
        "filters": chosen,
        "chips": chosen.chips(path[-1].code),
        "trail": [(reverse("mediation:statistics"), _("Mediation statistics"))],
    }
    return render(request, "mediation/prevention.html", context, status=422 if form.errors else 200)
