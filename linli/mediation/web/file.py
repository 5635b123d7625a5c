"""The file on its page: its papers in order, what is missing, scans put in, and what is printed."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import actor_of
from linli.cases.actions.attach import attach_case
from linli.cases.files import DOCX, LARGEST, PDF
from linli.kernel.errors import Invalid, Refused
from linli.kernel.form_errors import show_beside
from linli.mediation import lifecycle
from linli.mediation.actions.add_paper import add_paper, remove_paper
from linli.mediation.actions.destroy_file import destroy_file
from linli.mediation.actions.print_file import print_file, print_paper
from linli.mediation.choices import PaperKind
from linli.mediation.models import Archive, Mediation
from linli.mediation.papers.forms_after import FORMS
from linli.mediation.policy import may_destroy, may_print
from linli.mediation.queries.file import SCANS_ONLY, Entry, entries, missing, sealed
from linli.mediation.web.file_forms import PaperForm
from linli.mediation.web.page import mediation_for


def section(request: HttpRequest, mediation: Mediation) -> SafeString:
    """Return what the file lacks, and the way to it."""
    if not may_print(actor_of(request), mediation):
        return SafeString("")
    is_sealed = sealed(mediation)
    context = {
        "mediation": mediation,
        "count": len(entries(mediation)),
        "missing": [] if is_sealed else missing(mediation),
        "archive": _archive(mediation),
    }
    return render_to_string("mediation/_file.html", context, request)


@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, mediation_id: UUID) -> HttpResponse:
    """Show the file, and put a scan into it (POST)."""
    mediation, actor, now = _own(request, mediation_id), actor_of(request), timezone.now()
    if request.method == "GET":
        form = PaperForm(None, mediation=mediation, now=now)
        for name in ("kind", "about"):
            form.initial[name] = request.GET.get(name, "")
        return _page(request, mediation, form)
    form = PaperForm(request.POST, request.FILES, mediation=mediation, now=now)
    if not form.is_valid():
        return _page(request, mediation, form, status=422)
    told = form.cleaned_data
    try:
        if upload := told.get("upload"):
            data = upload.read(LARGEST + 1)
            row = attach_case(mediation.case_id, name=upload.name, data=data, actor=actor, at=now)
            attachment = row.id
        else:
            attachment = UUID(told["attachment"])
        add_paper(
            mediation.id, kind=told["kind"], attachment=attachment, dated=told["dated"],
            title=told["title"], about=form.about_key(), actor=actor, at=now,
        )  # fmt: skip
    except Refused as refusal:
        if isinstance(refusal, Invalid):
            show_beside(form, refusal)
        return _page(request, mediation, form, refusal=refusal, status=refusal.status)
    messages.success(request, _("The paper is in the file."))
    return _back(mediation.id)


@require_POST
def remove(request: HttpRequest, mediation_id: UUID, paper_id: UUID) -> HttpResponse:
    """Take a scan out of the file."""
    _own(request, mediation_id)
    remove_paper(paper_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The paper was taken out; the case keeps it."))
    return _back(mediation_id)


@require_GET
def paper(request: HttpRequest, mediation_id: UUID, kind: str, ending: str) -> HttpResponse:
    """Send one form, filled, as Word or PDF."""
    mediation = _own(request, mediation_id)
    if kind not in FORMS or ending not in ("docx", "pdf"):
        raise Http404
    about = request.GET.get("about", "")
    data = print_paper(
        mediation.id, kind, about=_key(about), as_pdf=ending == "pdf",
        actor=actor_of(request), at=timezone.now(),
    )  # fmt: skip
    name = f"{PaperKind(kind).label} {mediation.case.number}.{ending}"
    return _sent(data, name, PDF if ending == "pdf" else DOCX)


@require_GET
def whole(request: HttpRequest, mediation_id: UUID) -> HttpResponse:
    """Send the whole file as PDF."""
    mediation = _own(request, mediation_id)
    data = print_file(mediation.id, actor=actor_of(request), at=timezone.now())
    return _sent(data, f"{mediation.number or mediation.case.number}.pdf", PDF)


@require_POST
def destroy(request: HttpRequest, mediation_id: UUID) -> HttpResponse:
    """Propose the destruction of a file whose term has ended, or carry it out as a second person."""
    mediation = mediation_for(request, mediation_id)
    row = destroy_file(mediation.id, actor=actor_of(request), at=timezone.now())
    done = _("The file was destroyed.")
    waits = _("Written down. A second person has to carry it out.")
    messages.success(request, done if row.destroyed_at else waits)
    return HttpResponseRedirect(reverse("mediation:mediation", args=[mediation.id]))


def _own(request: HttpRequest, mediation_id: UUID) -> Mediation:
    """Return a mediation whose file the person may open; others don't learn that there is one."""
    mediation = mediation_for(request, mediation_id)
    if not may_print(actor_of(request), mediation):
        raise Http404
    return mediation


def _page(
    request: HttpRequest,
    mediation: Mediation,
    form: PaperForm,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    is_sealed = sealed(mediation)
    archive = _archive(mediation)
    context = {
        "mediation": mediation,
        "case": mediation.case,
        "rows": [_row(entry) for entry in entries(mediation)],
        "blank": [(kind.value, kind.label) for kind in _further(mediation)],
        "missing": [] if is_sealed else missing(mediation),
        "form": None if is_sealed else form,
        "archive": archive,
        "may_destroy": archive is not None and _may_destroy(request, mediation, archive),
        "refusal": refusal,
        "trail": [
            (reverse("mediation:list"), _("Mediation")),
            (reverse("mediation:mediation", args=[mediation.id]), mediation.case.title),
        ],
    }
    return render(request, "mediation/file.html", context, status=status)


def _further(mediation: Mediation) -> list[PaperKind]:
    """Return the forms that are no paper of the file yet: to be filled in by hand, or signed."""
    further = [PaperKind.INQUIRY, PaperKind.MANDATE]
    if mediation.state in lifecycle.IN_EFFECT:
        # Printed for both parties to sign before the court is asked.
        further.append(PaperKind.CONFIRMATION)
    return [*further, PaperKind.COVER, PaperKind.BACK_COVER]


def _row(entry: Entry) -> dict[str, object]:
    made, scanned = entry.pieces
    return {
        "entry": entry,
        "prints": entry.is_made and entry.kind not in SCANS_ONLY,
        "made": made,
        "scanned": scanned,
        "about": entry.about or "",
    }


def _archive(mediation: Mediation) -> Archive | None:
    return Archive.objects.filter(mediation=mediation).select_related("keeper").first()


def _may_destroy(request: HttpRequest, mediation: Mediation, archive: Archive) -> bool:
    ended = archive.keep_until is not None and archive.keep_until < timezone.localdate()
    open_ = archive.destroyed_at is None and ended
    return open_ and may_destroy(actor_of(request), mediation)


def _back(mediation_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("mediation:file", args=[mediation_id]))


def _key(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None


def _sent(data: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
