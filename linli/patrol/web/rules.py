"""The rules of rest that every roster keeps to: read by all who walk and lead, changed by keepers."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from linli.accounts.actor import actor_of
from linli.kernel.form_errors import attempt
from linli.patrol.actions.set_needs import RULES, set_rules
from linli.patrol.models import RosterRules
from linli.patrol.policy import keeps_rules, permit_open

LABELS = {
    "rest_hours": gettext_lazy("Hours of rest between two shifts, at least"),
    "nights": gettext_lazy("Nights in a row, at most"),
    "free_days": gettext_lazy("Free days in any seven, at least"),
    "week_hours": gettext_lazy("Hours a week, at most"),
}


class RulesForm(forms.Form):
    """A number for each rule, within what the law allows."""

    def __init__(self, data: object, rules: RosterRules) -> None:
        super().__init__(data, initial={name: getattr(rules, name) for name in RULES})  # type: ignore[arg-type]
        for name, (least, most) in RULES.items():
            self.fields[name] = forms.IntegerField(
                label=LABELS[name], min_value=least, max_value=most
            )


@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """Show the rules of rest, and to an administrator the form that changes them."""
    actor = actor_of(request)
    permit_open(actor)
    found = RosterRules.objects.get(pk=1)
    form = RulesForm(request.POST if request.method == "POST" else None, found)

    def act() -> str:
        set_rules(**form.cleaned_data, actor=actor, at=timezone.now())
        return _("The rules are changed. Rosters made from now on keep to them.")

    if request.method == "POST" and (said := attempt(form, act)):
        messages.success(request, said)
        return redirect("patrol:rules")
    context = {
        "form": form if keeps_rules(actor) else None,
        "rows": [(LABELS[name], getattr(found, name)) for name in RULES],
        "trail": [(reverse("patrol:home"), _("Patrol"))],
    }
    return render(request, "patrol/rules.html", context, status=422 if form.errors else 200)
