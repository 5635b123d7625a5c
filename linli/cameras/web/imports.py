"""Bringing cameras in: a table with a look at its rows first, and a search in the network."""

import io
from uuid import UUID

import xlsxwriter
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import actor_of
from linli.accounts.sheets import MOST_BYTES
from linli.areas.coordinates import Datum
from linli.cameras.actions.bring_in import start_import, take_table
from linli.cameras.actions.discover import ask_device, ask_network
from linli.cameras.models import CameraImport, Discovery
from linli.cameras.policy import may_keep_some, may_set_up, permit
from linli.cameras.sheet import EXAMPLE, HEADINGS, NEEDED
from linli.kernel.errors import Invalid, NotFound, Refused
from linli.kernel.form_errors import attempt

DATUMS = [
    (Datum.WGS84.value, gettext_lazy("WGS-84 (satellites, Tianditu)")),
    (Datum.GCJ02.value, gettext_lazy("GCJ-02 (Amap, Tencent)")),
    (Datum.BD09.value, gettext_lazy("BD-09 (Baidu)")),
    (Datum.CGCS2000.value, gettext_lazy("CGCS2000")),
]
SHOWN = 20


class UploadForm(forms.Form):
    """A table and what its coordinates are in."""

    file = forms.FileField(
        label=gettext_lazy("Table (.xlsx or .csv)"),
        widget=forms.FileInput(
            {
                "accept": ".xlsx,.csv",
                "data-island": "upload",
                "data-max-bytes": str(MOST_BYTES),
                "data-types": ".xlsx,.csv",
            }
        ),
    )
    datum = forms.ChoiceField(label=gettext_lazy("Its coordinates are in"), choices=DATUMS)


@require_http_methods(["GET", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """Take a table in, and show those brought before."""
    actor, now = actor_of(request), timezone.now()
    permit(may_keep_some(actor))
    form = UploadForm(request.POST or None, request.FILES or None)
    made: list[UUID] = []

    def act() -> str:
        file = form.cleaned_data["file"]
        datum = Datum(form.cleaned_data["datum"])
        data = file.read(MOST_BYTES + 1)
        made.append(take_table(file.name, data, datum=datum, actor=actor, at=now).id)
        return _("The table is being read.")

    if request.method == "POST" and attempt(form, act):
        return redirect("cameras:import", made[0])
    rows = CameraImport.objects.filter(by=actor.user_id).defer("data").order_by("-created_at")
    context = {"form": form, "rows": list(rows[:SHOWN]), "may_set_up": may_set_up(actor)}
    return render(request, "cameras/imports.html", context, status=422 if form.is_bound else 200)


@require_GET
def one(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Show what would come in and which rows are wrong; while the worker works, how far it is."""
    actor = actor_of(request)
    permit(may_keep_some(actor))
    found = CameraImport.objects.filter(pk=import_id, by=actor.user_id).defer("data")
    row = found.first()
    if row is None:
        raise NotFound(_("There is no such import here."))
    working = row.state in ("examining", "running")
    if getattr(request, "htmx", False) and working:
        return render(request, "cameras/_import_job.html", {"row": row})
    context = {
        "row": row,
        "working": working,
        "faults": list(row.faults.order_by("row")),
        "right": row.fresh + row.known,
    }
    response = render(request, "cameras/import.html", context)
    if getattr(request, "htmx", False):
        response["HX-Refresh"] = "true"
    return response


@require_POST
def start(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Bring in what is right."""
    start_import(import_id, actor=actor_of(request), at=timezone.now())
    return redirect("cameras:import", import_id)


@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """Give the empty table with its headings and one example."""
    permit(may_keep_some(actor_of(request)))
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("摄像头")
        head = book.add_format({"bold": True})
        for place, (name, words) in enumerate(HEADINGS.items()):
            sheet.write_string(0, place, words[0] + ("*" if name in NEEDED else ""), head)
            sheet.write_string(1, place, EXAMPLE[place])
        sheet.set_column(0, len(HEADINGS), 16)
        sheet.freeze_panes(1, 0)
    response = HttpResponse(
        file.getvalue(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = 'attachment; filename="cameras.xlsx"'
    return response


class DeviceForm(forms.Form):
    """A device and how to sign in to it."""

    address = forms.CharField(widget=forms.HiddenInput, max_length=500)
    user = forms.CharField(
        label=gettext_lazy("User"), max_length=60, required=False,
        widget=forms.TextInput({"autocomplete": "off", "data-personal": ""}),
    )  # fmt: skip
    password = forms.CharField(
        label=gettext_lazy("Password"), max_length=120, required=False,
        widget=forms.PasswordInput({"autocomplete": "new-password", "data-personal": ""}),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def discovery(request: HttpRequest) -> HttpResponse:
    """Ask the network for ONVIF devices, and show who answered."""
    actor = actor_of(request)
    permit(may_set_up(actor))
    if request.method == "POST":
        try:
            ask_network(actor=actor, at=timezone.now())
        except Invalid as refusal:
            messages.warning(request, str(refusal.reason))
        return redirect("cameras:discovery")
    row = Discovery.objects.filter(by=actor.user_id).order_by("-asked_at").first()
    return render(request, "cameras/discovery.html", {"row": row, "device_form": DeviceForm()})


@require_POST
def device(request: HttpRequest) -> HttpResponse:
    """Ask one device what it is and which streams it has."""
    permit(may_set_up(actor_of(request)))
    form = DeviceForm(request.POST)
    if not form.is_valid():
        return redirect("cameras:discovery")
    context = {"address": form.cleaned_data["address"]}
    try:
        facts, profiles = ask_device(**form.cleaned_data)
    except Refused as refusal:
        context["failed"] = str(refusal.reason)
        return render(request, "cameras/device.html", context, status=422)
    return render(request, "cameras/device.html", context | {"facts": facts, "profiles": profiles})
