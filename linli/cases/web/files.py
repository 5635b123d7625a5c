"""Files of a case: upload, download under the case's scope, take out."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from linli.accounts.actor import actor_of
from linli.cases.actions.attach import attach_case
from linli.cases.actions.detach import detach_case
from linli.cases.files import LARGEST, PHOTOS, SEALED, path_of
from linli.cases.models import Attachment
from linli.cases.web.party_forms import ReasonForm
from linli.kernel.errors import Invalid, NotFound

MOST_AT_ONCE = 10


def _back(case_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("cases:case", args=[case_id]) + "#files")


@require_POST
def attach(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Keep the files that may be kept, and say of each other one why not."""
    chosen = request.FILES.getlist("files")
    if not chosen:
        raise Invalid(_("No file was chosen."))
    kept = 0
    for upload in chosen[:MOST_AT_ONCE]:
        # One byte more than allowed is enough to know that it is too large.
        data = upload.read(LARGEST + 1)
        name = upload.name or ""
        try:
            attach_case(case_id, name=name, data=data, actor=actor_of(request), at=timezone.now())
            kept += 1
        except Invalid as refusal:
            messages.error(request, f"{name}: {refusal.reason}")
    if len(chosen) > MOST_AT_ONCE:
        messages.warning(request, _("Ten files at a time: please send the others again."))
    if kept:
        said = ngettext("%(count)s file was added.", "%(count)s files were added.", kept)
        messages.success(request, said % {"count": kept})
    return _back(case_id)


@require_GET
def download(request: HttpRequest, case_id: UUID, file_id: UUID) -> FileResponse:
    """Send a file's bytes; row security has already decided whether there is such a row."""
    row = Attachment.objects.filter(pk=file_id, case=case_id, removed_at=None).first()
    if row is None or row.content_type == SEALED:
        raise NotFound(_("There is no such file here."))
    try:
        content = path_of(row.sha256).open("rb")
    except FileNotFoundError:
        raise NotFound(_("The file is missing on disk. Tell your administrator.")) from None
    # Photos open in the browser; everything else is handed to the computer, never run on our site.
    response = FileResponse(
        content,
        as_attachment=row.content_type not in PHOTOS,
        filename=row.name,
        content_type=row.content_type,
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def detach(request: HttpRequest, case_id: UUID, file_id: UUID) -> HttpResponse:
    """Take a file out of the case."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Invalid(_("A reason is missing: write why the file is taken out."))
    reason = form.cleaned_data["reason"]
    detach_case(file_id, reason=reason, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The file was taken out of the case."))
    return _back(case_id)
