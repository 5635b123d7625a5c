"""People from a table: upload, look at what would happen, import, take the passwords along once."""

import csv
import io
from typing import Any
from uuid import UUID

import xlsxwriter
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from linli.accounts.actions.give_passwords import give_passwords
from linli.accounts.actions.import_people import plan_import
from linli.accounts.actions.run_people import UNDER_WAY
from linli.accounts.actions.start_people import start_people
from linli.accounts.actions.take_people import take_people
from linli.accounts.actor import Actor
from linli.accounts.models import ImportState, PeopleImport
from linli.accounts.sheets import HEADINGS, MOST_BYTES, read_people
from linli.accounts.web.request import administrator, now
from linli.kernel.caching import private
from linli.kernel.crypto import unseal
from linli.kernel.errors import NotFound, Refused

EXAMPLE = ["张三", "zhang.san", "0935-0000000", "", "网格员", "620302003002", "", "2026-01-01", ""]


class UploadForm(forms.Form):
    """The table."""

    file = forms.FileField(
        label=gettext_lazy("Table (.xlsx or .csv)"),
        widget=forms.FileInput(
            attrs={
                "accept": ".xlsx,.csv",
                "data-island": "upload",
                "data-max-bytes": str(MOST_BYTES),
                "data-types": ".xlsx,.csv",
            }
        ),
    )


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a table in and lead to what it would do; show one's own imports that are still kept."""
    actor = administrator(request)
    at, _day = now()
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            rows = read_people(file.name, file.read(MOST_BYTES + 1))
        except Refused as refusal:
            form.add_error("file", str(refusal.reason))
        else:
            kept = take_people(rows, actor=actor, at=at)
            return redirect("accounts:import_preview", kept.id)
    status = 422 if request.method == "POST" else 200
    people = reverse("accounts:people")
    context = {
        "form": form,
        "back": people,
        "trail": [(people, _("People"))],
        "imports": _own(actor).defer("rows"),
    }
    return private(render(request, "accounts/import.html", context, status=status))


@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Show what the table would do, row by row; have it done when asked; show how far it is."""
    actor = administrator(request)
    at, _day = now()
    if request.method == "POST":
        start_people(import_id, actor=actor, at=at)
        return redirect("accounts:import_preview", import_id)
    found = _one(actor, import_id)
    if found.state != ImportState.READY:
        context = {"found": found, "trail": _trail(), **_progress_of(found)}
        return private(render(request, "accounts/imported.html", context))
    rows = [(number, row) for number, row in unseal(found.rows, found.id.bytes)]
    plan = plan_import(rows, actor=actor, at=at)
    counts = dict.fromkeys(("person", "role", "nothing", "wrong"), 0)
    for planned in plan:
        counts[planned.effect] += 1
    context = {
        "wrong": [planned for planned in plan if planned.effect == "wrong"],
        "good": [planned for planned in plan if planned.effect in ("person", "role")],
        "counts": counts,
        "trail": _trail(),
    }
    return private(render(request, "accounts/import_preview.html", context))


@require_GET
def progress(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Answer the bar that asks how far it is; at the end the whole page is fetched."""
    found = _one(administrator(request), import_id)
    if found.state not in UNDER_WAY:
        response = HttpResponse()
        response["HX-Redirect"] = reverse("accounts:import_preview", args=[found.id])
        return response
    return private(render(request, "accounts/import_progress.html", _progress_of(found)))


@require_GET
def passwords(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Send the new accounts' one-time passwords as CSV, once; after that they are gone."""
    made = give_passwords(import_id, actor=administrator(request))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["姓名", "用户名", "一次性密码"])
    writer.writerows(made)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="linli-passwords.csv"'
    return private(response)


def template(request: HttpRequest) -> HttpResponse:
    """Send an empty table with the headings and one example."""
    administrator(request)
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("人员")
        text = book.add_format({"num_format": "@"})
        sheet.set_column(0, len(HEADINGS) - 1, 16, text)
        sheet.write_row(0, 0, [words[0] for words in HEADINGS.values()])
        sheet.write_row(1, 0, EXAMPLE)
    response = HttpResponse(
        content.getvalue(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = 'attachment; filename="linli-people.xlsx"'
    return response


def _own(actor: Actor) -> QuerySet[PeopleImport]:
    return PeopleImport.objects.filter(by=actor.user_id).order_by("-touched_at")


def _one(actor: Actor, import_id: UUID) -> PeopleImport:
    found = _own(actor).filter(pk=import_id).first()
    if found is None:
        raise NotFound(
            _("This is no longer kept."),
            _("Uploads wait for a day, passwords are given out once. Upload the table again."),
        )
    return found


def _trail() -> list[tuple[str, str]]:
    return [
        (reverse("accounts:people"), _("People")),
        (reverse("accounts:import"), _("Import people")),
    ]


def _progress_of(found: PeopleImport) -> dict[str, Any]:
    return {
        "job_label": _("Import people"),
        "job_url": reverse("accounts:import_progress", args=[found.id]),
        "under_way": found.state in UNDER_WAY,
        "done": found.position,
        "total": 0 if found.state == ImportState.WAITING else found.total,
    }
