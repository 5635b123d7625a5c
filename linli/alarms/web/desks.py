"""Where alarms ring: the desks of one's areas, and messages of devices nobody knows."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from linli.accounts.actor import actor_of
from linli.alarms.actions.set_desk import LONGEST, SHORTEST, set_desk
from linli.alarms.policy import keeping_areas, may_connect, permit_keep_desks_anywhere
from linli.alarms.queries.desks import kept_desks
from linli.kernel.errors import Invalid
from linli.kernel.form_errors import show_refusal


class DeskForm(forms.Form):
    """The desk of one area."""

    area = forms.ChoiceField(label=pgettext_lazy("alarm desk", "Centre"))
    is_on = forms.BooleanField(label=gettext_lazy("rings here"), required=False, initial=True)
    seconds = forms.IntegerField(
        label=gettext_lazy("seconds until the next desk"), min_value=SHORTEST, max_value=LONGEST,
        initial=30,
    )  # fmt: skip
    phone = forms.CharField(
        label=gettext_lazy("phone"), max_length=30, required=False,
        help_text=gettext_lazy("Called when nobody at the desk answers."),
    )  # fmt: skip

    def __init__(self, *given: Any, areas: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["area"].choices = areas  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """Show the desks of the actor's areas with a form that sets one."""
    actor = actor_of(request)
    permit_keep_desks_anywhere(actor)
    desks = kept_desks(keeping_areas(actor), timezone.localdate())
    areas = [(desk.area, desk.path) for desk in desks]
    form = DeskForm(request.POST if request.method == "POST" else None, areas=areas)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                set_desk(**form.cleaned_data, actor=actor, at=timezone.now())
            except Invalid as refusal:
                show_refusal(form, refusal)
            else:
                messages.success(request, _("The desk is set."))
                return redirect("alarms:desks")
    context = {"form": form, "desks": desks, "may_connect": may_connect(actor)}
    return render(request, "alarms/desks.html", context, status=status)
