"""People from a table: upload, look at what would happen, import, take the passwords along once."""

import csv
import io
import secrets
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import xlsxwriter
from django import forms
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts.actions.import_people import Made, import_people, plan_import
from linli.accounts.sheets import HEADINGS, MOST_BYTES, read_people
from linli.accounts.web.request import administrator, now
from linli.kernel.caching import private
from linli.kernel.crypto import seal, unseal
from linli.kernel.errors import NotFound, Refused

# How long an upload waits for its import, and passwords to be fetched.
KEPT_SECONDS = 3600
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


def upload(request: HttpRequest) -> HttpResponse:
    """Take a table in and lead to what it would do."""
    actor = administrator(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            rows = read_people(file.name, file.read(MOST_BYTES + 1))
        except Refused as refusal:
            form.add_error("file", str(refusal.reason))
        else:
            return redirect("accounts:import_preview", _keep("rows", actor.user_id, rows))
    status = 422 if request.method == "POST" else 200
    people = reverse("accounts:people")
    context = {"form": form, "back": people, "trail": [(people, _("People"))]}
    return render(request, "accounts/import.html", context, status=status)


def preview(request: HttpRequest, key: str) -> HttpResponse:
    """Show what the table would do, row by row; do it when asked."""
    actor = administrator(request)
    at, _day = now()
    rows = [(number, row) for number, row in _kept("rows", actor.user_id, key)]
    if request.method == "POST":
        outcome = import_people(rows, actor=actor, at=at)
        cache.delete(_name("rows", actor.user_id, key))
        if outcome.people:
            _keep("passwords", actor.user_id, [_plain(made) for made in outcome.people], key)
        context = {"outcome": outcome, "key": key}
        return private(render(request, "accounts/imported.html", context))
    plan = plan_import(rows, actor=actor, at=at)
    counts = dict.fromkeys(("person", "role", "nothing", "wrong"), 0)
    for planned in plan:
        counts[planned.effect] += 1
    context = {
        "wrong": [planned for planned in plan if planned.effect == "wrong"],
        "good": [planned for planned in plan if planned.effect in ("person", "role")],
        "counts": counts,
        "trail": [(reverse("accounts:people"), _("People"))],
    }
    return private(render(request, "accounts/import_preview.html", context))


def passwords(request: HttpRequest, key: str) -> HttpResponse:
    """Send the new accounts' one-time passwords as CSV, once; after that they are gone."""
    actor = administrator(request)
    made = _kept("passwords", actor.user_id, key)
    cache.delete(_name("passwords", actor.user_id, key))
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


def _keep(what: str, user: UUID | None, value: Sequence[Any], key: str = "") -> str:
    """Keep a list for its owner, sealed, for an hour; return the key it is found by."""
    key = key or secrets.token_urlsafe(16)
    cache.set(_name(what, user, key), seal(list(value), what.encode()), KEPT_SECONDS)
    return key


def _kept(what: str, user: UUID | None, key: str) -> list[Any]:
    sealed = cache.get(_name(what, user, key))
    if sealed is None:
        raise NotFound(
            _("This is no longer kept."),
            _("Uploads wait for an hour, passwords are given out once. Upload the table again."),
        )
    found: list[Any] = unseal(sealed, what.encode())
    return found


def _name(what: str, user: UUID | None, key: str) -> str:
    return f"people-{what}:{user}:{key[:40]}"


def _plain(made: Made) -> list[str]:
    return [made.name, made.username, made.password]
