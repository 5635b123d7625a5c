"""Parties of a case: add one, open the personal data of one, destroy it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.accounts.actor import actor_of
from linli.cases.actions.parties import add_party, erase_party, reveal_party
from linli.cases.queries import case as read
from linli.cases.web.case import case_context, summary
from linli.cases.web.party_forms import NewPartyForm, ReasonForm
from linli.cases.web.words import person_of
from linli.kernel.caching import private
from linli.kernel.errors import Invalid, NotFound


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask for a person or organisation, and add it to the case."""
    found = read.case_for(actor_of(request), case_id)
    if found is None:
        return summary(request, case_id)
    form = NewPartyForm(request.POST or None, initial={"role": "third"})
    if request.method == "POST" and form.is_valid():
        add_party(case_id, form.party(), actor=actor_of(request), at=timezone.now())
        if doubt := form.doubt():
            messages.warning(request, doubt)
        messages.success(request, _("The party was added."))
        return HttpResponseRedirect(reverse("cases:case", args=[case_id]) + "#parties")
    context = {"case": found[0], "form": form}
    status = 422 if form.errors else 200
    return render(request, "cases/party.html", context, status=status)


@require_POST
def reveal(request: HttpRequest, case_id: UUID, party_id: UUID) -> HttpResponse:
    """Show one party's personal data on this answer only; no browser or proxy keeps it."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("A reason is missing: write why you need the personal data."))
    personal = reveal_party(
        party_id, reason=form.cleaned_data["reason"], actor=actor_of(request), at=timezone.now()
    )
    found = read.case_for(actor_of(request), case_id)
    if found is None:
        raise NotFound(_("There is no such case here."))
    context = case_context(request, *found)
    context["parties"] = [
        person_of(party, personal if party.id == party_id else None)
        for party in read.parties(found[0])
    ]
    context["revealed"] = True
    return private(render(request, "cases/case.html", context))


@require_POST
def erase(request: HttpRequest, case_id: UUID, party_id: UUID) -> HttpResponse:
    """Destroy one party's personal data."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("A reason is missing: write why the personal data goes."))
    erase_party(
        party_id, reason=form.cleaned_data["reason"], actor=actor_of(request), at=timezone.now()
    )
    messages.success(request, _("The personal data was erased; the case and its figures stay."))
    return HttpResponseRedirect(reverse("cases:case", args=[case_id]) + "#parties")
