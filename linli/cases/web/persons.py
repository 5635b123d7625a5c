"""Find a person by name, phone or identity number."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.accounts.actor import actor_of
from linli.cases.actions.find_person import TooManySearches, find_person
from linli.cases.policy import may_search_persons
from linli.cases.web.words import person_of
from linli.kernel.errors import Invalid, NotPermitted, Refused

FIELDS = [
    ("name", gettext_lazy("Name")),
    ("phone", gettext_lazy("Phone")),
    ("identity_number", gettext_lazy("Identity number")),
]


class PersonForm(forms.Form):
    """Who is looked for, and why."""

    field = forms.ChoiceField(
        label=gettext_lazy("Look for"), choices=FIELDS, initial="name", widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=gettext_lazy("Whole name or number"),
        max_length=60,
        help_text=gettext_lazy("It must be the whole of it; parts of a name find nobody."),
        widget=forms.TextInput({"data-personal": "", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why you look this person up"),
        max_length=500,
        help_text=gettext_lazy("It is recorded with your name, such as: resident at the window."),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Ask who and why; then show the cases that name the person, with everything masked."""
    actor = actor_of(request)
    if not may_search_persons(actor):
        raise NotPermitted(_("Only desks look people up."))
    form = PersonForm(request.POST or None)
    if not form.is_bound:
        return render(request, "cases/find_person.html", {"form": form})
    refusal: Refused | None = None
    found = None
    if form.is_valid():
        try:
            found = find_person(**form.cleaned_data, actor=actor, at=timezone.now())
        except Invalid as wrong:
            refusal = wrong
            for name, sentence in wrong.fields.items():
                form.add_error(name, str(sentence))
        except TooManySearches as many:
            refusal = many
    rows = [(party.case, person_of(party)) for party in found] if found is not None else None
    context = {"form": form, "rows": rows, "refusal": refusal}
    status = 200 if found is not None else refusal.status if refusal else 422
    return render(request, "cases/find_person.html", context, status=status)
