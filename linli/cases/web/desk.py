"""A person's whole desk: how many open cases are in hand, and handing them over in one step."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from linli.accounts.actor import actor_of
from linli.accounts.models import User
from linli.accounts.people import choices, colleagues
from linli.areas.models import Unit
from linli.cases.actions.hand_over_desk import desks_of, hand_over_desk, may_hand_over_desk
from linli.kernel.errors import NotFound, Refused
from linli.kernel.working_days import local_date


class DeskForm(forms.Form):
    """To whom, and why."""

    to = forms.TypedChoiceField(
        label=gettext_lazy("Hand over to"), required=False, empty_value=None, coerce=UUID
    )
    note = forms.CharField(
        label=gettext_lazy("Remark"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Stands in the timeline of every case."),
    )


def desk(request: HttpRequest, user_id: UUID, unit_id: UUID) -> HttpResponse:
    """Ask who takes over a person's open cases in a unit, and hand them over."""
    actor = actor_of(request)
    person, unit = User.objects.filter(pk=user_id).first(), Unit.objects.filter(pk=unit_id).first()
    if person is None or unit is None or not may_hand_over_desk(actor, user_id, unit):
        raise NotFound(_("There is no such desk in your areas."))
    at = timezone.now()
    form = DeskForm(request.POST if request.method == "POST" else None)
    field: forms.ChoiceField = form.fields["to"]  # type: ignore[assignment]
    field.choices = choices(
        colleagues(user_id, local_date(at), unit_id), _("back to the unit's queue")
    )
    if form.is_bound and form.is_valid():
        try:
            moved = hand_over_desk(user_id, unit=unit_id, actor=actor, at=at, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            done = ngettext("%(n)s case was handed over.", "%(n)s cases were handed over.", moved)
            messages.success(request, done % {"n": moved})
            own = user_id == actor.user_id
            return redirect("accounts:me") if own else redirect("/")
    context = {
        "form": form,
        "person": person,
        "unit": unit,
        "cases": next((d.cases for d in desks_of(user_id) if d.unit == unit_id), 0),
    }
    status = 422 if form.is_bound else 200
    return render(request, "cases/desk.html", context, status=status)


def person_desk(request: HttpRequest, person: User) -> SafeString:
    """Fill the slot of a person's page: open cases by unit, each desk with its way out."""
    actor = actor_of(request)
    desks = desks_of(person.pk)
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=[d.unit for d in desks])}
    lines = [(d, may_hand_over_desk(actor, person.pk, units[d.unit])) for d in desks]
    return render_to_string("cases/person_desk.html", {"person": person, "desks": lines}, request)
