"""Premises and devices from a table: upload, look at what would happen, import."""

import io
import secrets
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import xlsxwriter
from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from linli.accounts.actor import Actor, actor_of
from linli.accounts.sheets import MOST_BYTES, read_table
from linli.areas.coordinates import Datum
from linli.kernel.caching import private
from linli.kernel.crypto import seal, unseal
from linli.kernel.errors import NotFound, Refused
from linli.premises.actions.import_table import import_table, plan_import
from linli.premises.policy import keeps_any, permit_keep
from linli.premises.sheets import COLUMNS, EXAMPLES, NEEDED
from linli.premises.web.asking import home_trail

# How long an upload waits for its import.
KEPT_SECONDS = 3600
TABLES = [("premises", gettext_lazy("premises")), ("devices", gettext_lazy("devices"))]
DATUMS = [
    (Datum.WGS84, gettext_lazy("WGS-84 (satellites, Tianditu)")),
    (Datum.GCJ02, gettext_lazy("GCJ-02 (Amap, Tencent)")),
    (Datum.BD09, gettext_lazy("BD-09 (Baidu)")),
    (Datum.CGCS2000, gettext_lazy("CGCS2000")),
]


class UploadForm(forms.Form):
    """The table, what stands in it, and what its coordinates are in."""

    what = forms.ChoiceField(label=gettext_lazy("The table holds"), choices=TABLES)
    datum = forms.ChoiceField(label=gettext_lazy("Its coordinates are in"), choices=DATUMS)
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


def _keeper(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not keeps_any(actor):
        permit_keep(actor, "")
    return actor


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a table in and lead to what it would do."""
    actor = _keeper(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        what, file = form.cleaned_data["what"], form.cleaned_data["file"]
        try:
            rows = read_table(file.name, file.read(MOST_BYTES + 1), COLUMNS[what], NEEDED[what])
        except Refused as refusal:
            form.add_error("file", str(refusal.reason))
        else:
            key = _keep(actor.user_id, [form.cleaned_data["datum"], rows])
            return redirect("premises:import_preview", what, key)
    context = {"form": form, "trail": home_trail(), "back": reverse("premises:list")}
    status = 422 if request.method == "POST" else 200
    return render(request, "premises/import.html", context, status=status)


@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, what: str, key: str) -> HttpResponse:
    """Show what the table would do, row by row; do it when asked."""
    actor = _keeper(request)
    datum, kept = _kept(actor.user_id, key)
    rows = [(number, row) for number, row in kept]
    if what not in COLUMNS:
        raise NotFound(_("There is no such table."))
    if request.method == "POST":
        done = import_table(what, rows, datum, actor=actor, at=timezone.now())
        cache.delete(_name(actor.user_id, key))
        said = _("%(added)s rows were added, %(same)s were there already, %(wrong)s were left out.")
        words = {"added": done.added, "same": done.unchanged, "wrong": done.wrong}
        messages.success(request, said % words)
        return redirect("premises:list")
    plan = plan_import(what, rows, datum, actor=actor)
    context = {
        "what": what,
        "wrong": [one for one in plan if one.effect == "wrong"],
        "good": [one for one in plan if one.effect == "new"],
        "same": sum(one.effect == "nothing" for one in plan),
        "trail": [*home_trail(), (reverse("premises:import"), _("Import"))],
    }
    return private(render(request, "premises/import_preview.html", context))


@require_GET
def template(request: HttpRequest, what: str) -> HttpResponse:
    """Send an empty table with the headings and one example."""
    _keeper(request)
    if what not in COLUMNS:
        raise NotFound(_("There is no such table."))
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("场所" if what == "premises" else "设备")
        text = book.add_format({"num_format": "@"})
        sheet.set_column(0, len(COLUMNS[what]) - 1, 16, text)
        sheet.write_row(0, 0, [words[0] for words in COLUMNS[what].values()])
        sheet.write_row(1, 0, EXAMPLES[what])
    response = HttpResponse(
        content.getvalue(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = f'attachment; filename="linli-{what}.xlsx"'
    return response


def _keep(user: UUID | None, value: Sequence[Any]) -> str:
    """Keep an upload for its owner, sealed, for an hour; return the key it is found by."""
    key = secrets.token_urlsafe(16)
    cache.set(_name(user, key), seal(list(value), b"premises-rows"), KEPT_SECONDS)
    return key


def _kept(user: UUID | None, key: str) -> tuple[str, list[Any]]:
    sealed = cache.get(_name(user, key))
    if sealed is None:
        raise NotFound(
            _("This is no longer kept."), _("Uploads wait for an hour. Upload the table again.")
        )
    datum, rows = unseal(sealed, b"premises-rows")
    return datum, rows


def _name(user: UUID | None, key: str) -> str:
    return f"premises-rows:{user}:{key[:40]}"
