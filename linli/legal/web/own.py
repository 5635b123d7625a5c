"""Administration of the library: the city's own statutes and sayings."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.errors import Invalid
from linli.kernel.working_days import local_date
from linli.legal import queries
from linli.legal.actions.add_statute import FaultyStatute, add_statute
from linli.legal.actions.load_folder import load_folder
from linli.legal.actions.remove_statute import remove_statute
from linli.legal.actions.sayings import add_saying, remove_saying
from linli.legal.policy import permit_edit
from linli.legal.web.forms import SayingForm, StatuteForm
from linli.legal.web.pages import reader_of
from linli.legal.words import FORCE


def _tabs(name: str) -> list[tuple[str, str, str, bool]]:
    return [
        (reverse(f"legal:{view}"), str(label), "", view == name)
        for view, label in (("own", _("Own statutes")), ("sayings", _("Sayings")))
    ]


def _trail() -> list[tuple[str, str]]:
    return [(reverse("legal:home"), _("Statutes"))]


@require_http_methods(["GET", "POST"])
def statutes(request: HttpRequest) -> HttpResponse:
    """Show the city's own statutes, and take one in."""
    actor = reader_of(request)
    permit_edit(actor)
    now = timezone.now()
    form = StatuteForm(request.POST or None, request.FILES or None)
    faults: list[Any] = []
    if form.is_bound and form.is_valid():
        try:
            statute = add_statute(form.cleaned_data["file"], actor=actor, at=now)
        except FaultyStatute as wrong:
            faults = wrong.faults
            form.add_error("file", _("The file cannot be read as a statute: see the lines below."))
        except Invalid as wrong:
            form.add_error("file", str(wrong.reason))
        else:
            messages.success(request, _("In the library: %(title)s") % {"title": statute.title})
            return redirect("legal:own")
    today = local_date(now)
    rows = []
    for statute in queries.own_statutes():
        law = queries.law_by_key(str(statute.id))
        rows.append((statute, law, FORCE[law.force(today)] if law else None))
    context = {
        "form": form,
        "faults": faults,
        "rows": rows,
        "page_tabs": _tabs("own"),
        "trail": _trail(),
    }
    return render(request, "legal/own.html", context, status=422 if form.errors else 200)


@require_POST
def read_folder(request: HttpRequest) -> HttpResponse:
    """Read the folder of statutes now."""
    loaded = load_folder(actor=reader_of(request), at=timezone.now())
    changed = len(loaded.added) + len(loaded.removed)
    messages.success(
        request,
        ngettext("%(count)d change from the folder.", "%(count)d changes from the folder.", changed)
        % {"count": changed},
    )
    for file, line, reason in loaded.faults[:10]:
        told = {"file": file, "line": line, "reason": reason}
        messages.error(request, _("%(file)s, line %(line)d: %(reason)s") % told)
    return redirect("legal:own")


@require_POST
def remove(request: HttpRequest, statute_id: UUID) -> HttpResponse:
    """Take a statute out."""
    remove_statute(statute_id, actor=reader_of(request), at=timezone.now())
    messages.success(request, _("The statute is no longer in the library."))
    return redirect("legal:own")


@require_http_methods(["GET", "POST"])
def sayings(request: HttpRequest) -> HttpResponse:
    """Show the city's own sayings, and take one in."""
    actor = reader_of(request)
    permit_edit(actor)
    form = SayingForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            add_saying(**form.cleaned_data, actor=actor, at=timezone.now())
        except Invalid as wrong:
            for name, sentence in (wrong.fields or {"say": wrong.reason}).items():
                form.add_error(name, str(sentence))
        else:
            messages.success(request, _("The search understands it from now on."))
            return redirect("legal:sayings")
    context = {
        "form": form,
        "rows": queries.own_sayings(),
        "page_tabs": _tabs("sayings"),
        "trail": _trail(),
    }
    return render(request, "legal/sayings.html", context, status=422 if form.errors else 200)


@require_POST
def forget(request: HttpRequest, saying_id: UUID) -> HttpResponse:
    """Take a saying back."""
    remove_saying(saying_id, actor=reader_of(request), at=timezone.now())
    messages.success(request, _("The saying is gone."))
    return redirect("legal:sayings")
