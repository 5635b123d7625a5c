"""Which roles need a second factor: the page of the city's administrators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.accounts.actions.second_factor_rule import set_second_factor_rules
from linli.accounts.models import SecondFactorRule
from linli.accounts.policy import may_set_rules
from linli.accounts.web.forms import RulesForm
from linli.accounts.web.request import administrator, now
from linli.kernel.errors import NotPermitted


def rules(request: HttpRequest) -> HttpResponse:
    """Show and save the rules."""
    actor = administrator(request)
    if not may_set_rules(actor):
        raise NotPermitted(_("Only an administrator of the whole city sets these rules."))
    at, _day = now()
    held = list(SecondFactorRule.objects.values_list("kind", flat=True))
    form = RulesForm(request.POST if request.method == "POST" else None, initial={"kinds": held})
    if form.is_bound and form.is_valid():
        set_second_factor_rules(form.cleaned_data["kinds"], actor=actor, at=at)
        messages.success(request, _("The rules are saved."))
        return redirect("accounts:people")
    people = reverse("accounts:people")
    context = {"form": form, "back": people, "trail": [(people, _("People"))]}
    status = 422 if form.is_bound else 200
    return render(request, "accounts/rules.html", context, status=status)
