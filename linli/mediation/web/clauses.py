"""The library of clauses: what agreements are put together from, edited by the city."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import actor_of
from linli.cases.queries.categories import categories
from linli.kernel.errors import Refused
from linli.kernel.form_errors import show_refusal
from linli.mediation.actions.retire_clause import offer_clause, retire_clause
from linli.mediation.actions.write_clause import add_clause, change_clause
from linli.mediation.clauses import WORDS, told
from linli.mediation.models import Clause
from linli.mediation.policy import permit_library
from linli.mediation.queries.clauses import library
from linli.mediation.web.clause_forms import ClauseForm, TypeForm


@dataclass(frozen=True, slots=True)
class Line:
    """A clause with its fields in words, and the types it is offered for (none: for all)."""

    clause: Clause
    text: str
    types: list[str]


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the library, ``?category=…`` only what is offered for a type."""
    permit_library(actor_of(request))
    form = TypeForm(request.GET)
    category = form.asked()
    labels = {one.code: one.label for one in categories()}
    context = {
        "lines": _lines(library(category), labels),
        "retired": _lines(library(category, retired=True), labels),
        "form": form,
        "chips": [(labels[category], reverse("mediation:clauses"))] if category else [],
        "trail": _trail()[:1],
    }
    return render(request, "mediation/clauses.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Ask for a new clause, and put it into the library."""
    permit_library(actor_of(request))
    form = ClauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_clause(form.clause(), actor=actor_of(request), at=timezone.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return _done(request, _("The clause is offered from now on."))
    return _form(request, form, _("Add a clause"), None)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, clause_id: UUID) -> HttpResponse:
    """Change what a clause says."""
    permit_library(actor_of(request))
    clause = Clause.objects.filter(pk=clause_id).first()
    if clause is None:
        raise Http404
    form = ClauseForm(request.POST or None, clause=clause)
    if request.method == "POST" and form.is_valid():
        try:
            change_clause(clause.id, form.clause(), actor=actor_of(request), at=timezone.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return _done(request, _("It is written down."))
    return _form(request, form, _("Change the clause"), clause)


@require_POST
def retire(request: HttpRequest, clause_id: UUID) -> HttpResponse:
    """Offer a clause no longer."""
    retire_clause(clause_id, actor=actor_of(request), at=timezone.now())
    return _done(request, _("The clause is no longer offered."))


@require_POST
def offer(request: HttpRequest, clause_id: UUID) -> HttpResponse:
    """Offer a retired clause again."""
    offer_clause(clause_id, actor=actor_of(request), at=timezone.now())
    return _done(request, _("The clause is offered from now on."))


def _lines(clauses: list[Clause], labels: dict[str, str]) -> list[Line]:
    return [
        Line(one, told(one.text), [labels.get(code, code) for code in one.categories])
        for one in clauses
    ]


def _trail() -> list[tuple[str, str]]:
    forms = (reverse("mediation:templates"), _("Official forms"))
    return [forms, (reverse("mediation:clauses"), _("Clause library"))]


def _done(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("mediation:clauses"))


def _form(
    request: HttpRequest, form: ClauseForm, title: str, clause: Clause | None
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "clause": clause,
        "fields": [(f"{{{name}}}", word) for name, word in WORDS.items()],
        "back": reverse("mediation:clauses"),
        "trail": _trail(),
    }
    status = 422 if form.errors else 200
    return render(request, "mediation/clause.html", context, status=status)
