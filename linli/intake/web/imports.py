"""The pages of imports: upload, look and correct once, follow, repair."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import Actor, actor_of
from linli.areas.places import area_names
from linli.cases.choices import Channel, Kind
from linli.cases.queries.categories import categories
from linli.intake import lifecycle
from linli.intake.actions.choose import choose_layout, save_mapping
from linli.intake.actions.examine import examine_batch
from linli.intake.actions.start import defer_look, drop_import, start_import, stop_import
from linli.intake.actions.step import gazetteer_for, look_of
from linli.intake.actions.take_file import take_file
from linli.intake.layout import Layout, builtin
from linli.intake.models import Batch, Mapping
from linli.intake.policy import may_import, reach_of
from linli.intake.queries.imports import batch_for, batches, refusals_of, try_out
from linli.intake.sheets.safety import MOST_BYTES
from linli.intake.web import repair
from linli.intake.web.import_forms import UploadForm, column_rows, field_options, layout_from
from linli.kernel.caching import private
from linli.kernel.errors import NotPermitted, Refused

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Smaller files are looked at while their owner waits.
AT_ONCE = 2 * 1024 * 1024
_SHOWN_REFUSALS, _SHOWN_ROWS = 200, 6


def _actor(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not may_import(actor):
        raise NotPermitted(_("Only desks of a centre import cases."))
    return actor


@require_http_methods(["GET", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """Show the imports of the desk, and take a file in."""
    actor = _actor(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        at = timezone.now()
        try:
            batch = take_file(file.name, file.read(MOST_BYTES + 1), actor=actor, at=at)
            if batch.size <= AT_ONCE:
                examine_batch(batch.id, actor=actor, at=at)
            else:
                defer_look(batch.id)
        except Refused as refusal:
            form.add_error("file", str(refusal.reason))
        else:
            return redirect("intake:import", batch.id)
    context = {
        "form": form,
        "batches": batches(actor),
        "mappings": [
            *Mapping.objects.values_list("name", "source"),
            *((one.name, one.layout.source) for one in builtin()),
        ],
    }
    status = 422 if request.method == "POST" else 200
    return private(render(request, "intake/imports.html", context, status=status))


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show an import as it stands: being read, to be corrected, running, or ended."""
    actor = _actor(request)
    batch = batch_for(actor, batch_id)
    if batch.state == lifecycle.READY:
        return _mapping(request, actor, batch)
    context: dict[str, Any] = {"batch": batch, "trail": _trail(), **_progress_of(batch)}
    if batch.state in (lifecycle.DONE, lifecycle.STOPPED):
        context["refused"] = list(refusals_of(batch, _SHOWN_REFUSALS))
        context["can_go_on"] = batch.state == lifecycle.STOPPED and bool(batch.plan and batch.look)
    return private(render(request, "intake/import.html", context))


def _mapping(request: HttpRequest, actor: Actor, batch: Batch) -> HttpResponse:
    look, layout = look_of(batch), Layout.of(batch.plan["layout"])
    gazetteer = gazetteer_for(actor)
    wrong: Refused | None = None
    options = {"send": True, "read": True, **batch.plan.get("options", {})}
    if request.method == "POST":
        options = {"send": "send" in request.POST, "read": "read" in request.POST}
        layout = layout_from(request.POST, look, layout, gazetteer)
        try:
            with transaction.atomic():
                _take_over(request, actor, batch, layout, options)
        except Refused as refusal:
            wrong = refusal
        else:
            return redirect("intake:import", batch.id)
    at = timezone.now()
    trial = try_out(look, layout, actor=actor, at=at, read=options["read"])
    named = {row.code: row.label for row in categories()}
    context = {
        "batch": batch, "look": look, "layout": layout, "options": options, "wrong": wrong,
        "trail": _trail(), "rows": column_rows(look, layout, gazetteer), "fields": field_options(),
        "trial": trial, "kinds": Kind.choices, "channels": Channel.choices,
        "areas": sorted(area_names(reach_of(actor)).items()),
        "first": [
            (row, Kind(row.kind).label, named.get(row.category or "", ""))
            for row in trial.good[:_SHOWN_ROWS]
        ],
        "refused": trial.refused[:_SHOWN_ROWS],
    }  # fmt: skip
    return private(
        render(request, "intake/import_mapping.html", context, status=422 if wrong else 200)
    )


def _take_over(
    request: HttpRequest, actor: Actor, batch: Batch, layout: Layout, options: dict[str, bool]
) -> None:
    """Keep what was corrected, under a name if one was given, and start when asked."""
    at = timezone.now()
    choose_layout(batch.id, layout, actor=actor, at=at, options=options)
    if name := request.POST.get("mapping", "").strip():
        save_mapping(batch.id, name, actor=actor, at=at)
    if request.POST.get("do") == "import":
        start_import(batch.id, actor=actor, at=at)


@require_GET
def progress(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Answer the bar that asks how far it is; at the end the whole page is fetched."""
    batch = batch_for(_actor(request), batch_id)
    if batch.state not in lifecycle.UNDER_WAY:
        response = HttpResponse()
        response["HX-Redirect"] = reverse("intake:import", args=[batch.id])
        return response
    context = {"batch": batch, **_progress_of(batch)}
    return private(render(request, "intake/import_progress.html", context))


@require_POST
def sheet(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Look at another sheet of the workbook."""
    wanted = request.POST.get("sheet", "")
    examine_batch(batch_id, actor=_actor(request), at=timezone.now(), sheet=wanted)
    return redirect("intake:import", batch_id)


@require_POST
def go_on(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Go on with an import that was stopped."""
    start_import(batch_id, actor=_actor(request), at=timezone.now())
    return redirect("intake:import", batch_id)


@require_POST
def stop(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Stop an import between two rows."""
    stop_import(batch_id, actor=_actor(request), at=timezone.now())
    return redirect("intake:import", batch_id)


@require_POST
def drop(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Give an import up."""
    drop_import(batch_id, actor=_actor(request), at=timezone.now())
    return redirect("intake:imports")


@require_GET
def refused(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Send the refused rows as a workbook to repair."""
    batch = batch_for(_actor(request), batch_id)
    response = HttpResponse(repair.workbook(refusals_of(batch)), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="linli-repair-{batch.id}.xlsx"'
    return private(response)


def _trail() -> list[tuple[str, str]]:
    return [(reverse("intake:imports"), _("Import cases"))]


def _progress_of(batch: Batch) -> dict[str, Any]:
    done = batch.added + batch.known + batch.refused
    label = _("The file is being read") if batch.state == lifecycle.UPLOADED else batch.file_name
    waiting = batch.state in (lifecycle.UPLOADED, lifecycle.WAITING)
    return {
        "job_label": label,
        "job_url": reverse("intake:import_progress", args=[batch.id]),
        "done": done,
        "total": 0 if waiting else batch.total,
    }
