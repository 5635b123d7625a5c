"""The official forms of the city: ours or its own, and which fields they may use."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import actor_of
from linli.accounts.models import RoleKind
from linli.cases.files import DOCX, LARGEST
from linli.kernel.errors import Invalid, NotPermitted, Refused
from linli.kernel.form_errors import show_beside
from linli.mediation.actions.keep_template import keep_template, withdraw_template
from linli.mediation.choices import PaperKind
from linli.mediation.models import Template
from linli.mediation.papers.fields import FIELDS, LISTS, SPECIAL
from linli.mediation.papers.forms_after import FORMS
from linli.mediation.papers.word_template import word_template
from linli.mediation.web.file_forms import TemplateForm


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show every form, and whether it is ours or the city's own."""
    _keeper(request)
    rows = [
        (PaperKind(kind).label, reverse("mediation:template", args=[kind]), own)
        for kind in FORMS
        for own in (_own().get(kind),)
    ]
    return render(request, "mediation/templates.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """Show a form's template and its fields; keep another (POST)."""
    _keeper(request)
    if kind not in FORMS:
        raise Http404
    posted = request.method == "POST"
    form = TemplateForm(request.POST, request.FILES) if posted else TemplateForm()
    refusal: Refused | None = None
    if posted and form.is_valid():
        upload = form.cleaned_data["document"]
        data = upload.read(LARGEST + 1)
        try:
            keep_template(
                kind, name=upload.name, data=data, actor=actor_of(request), at=timezone.now()
            )
        except Refused as error:
            refusal = error
            if isinstance(error, Invalid):
                show_beside(form, error)
        else:
            messages.success(request, _("The template holds from now on."))
            return HttpResponseRedirect(reverse("mediation:template", args=[kind]))
    context = {
        "kind": kind,
        "title": PaperKind(kind).label,
        "own": _own().get(kind),
        "form": form,
        "fields": [(f"{{{{ {name} }}}}", word) for name, word in FIELDS.items()],
        "special": _special(kind),
        "begins": "{%tr for x in … %}",
        "ends": "{%tr endfor %}",
        "lists": _lists(),
        "trail": [(reverse("mediation:templates"), _("Official forms"))],
    }  # fmt: skip
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "mediation/template.html", context, status=status)


@require_GET
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the template that holds, to begin one's own from; ``?ours=1`` the one that comes along."""
    _keeper(request)
    if kind not in FORMS:
        raise Http404
    own = None if request.GET.get("ours") else _own().get(kind)
    data = bytes(own.document) if own else word_template(kind)
    response = HttpResponse(data, content_type=DOCX)
    name = f"{PaperKind(kind).label}.docx"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


@require_POST
def withdraw(request: HttpRequest, kind: str, template_id: UUID) -> HttpResponse:
    """Go back to the form that comes along."""
    withdraw_template(template_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("The form that comes along holds again."))
    return HttpResponseRedirect(reverse("mediation:template", args=[kind]))


def _keeper(request: HttpRequest) -> None:
    if not actor_of(request).holds(RoleKind.ADMINISTRATOR):
        raise NotPermitted(_("Only an administrator can do this."))


def _own() -> dict[str, Template]:
    rows = Template.objects.filter(withdrawn_at=None).select_related("added_by")
    return {row.kind: row for row in rows.order_by("added_at")}


def _lists() -> list[tuple[str, object, list[tuple[str, object]]]]:
    """Return each loop a template may have: how it begins, what it holds, and its fields."""
    return [
        (
            f"{{%tr for x in {name} %}}",
            word,
            [(f"{{{{ x.{field} }}}}", said) for field, said in fields.items()],
        )
        for name, (word, fields) in LISTS.items()
    ]


def _special(kind: str) -> list[tuple[str, object]]:
    """Return the fields of the one form, such as a session's record."""
    room = {"oral_agreement": "agreement"}.get(kind, kind)
    names = [room, "agreement"] if room == "confirmation" else [room]
    return [
        (f"{{{{ {name}.{one} }}}}", said)
        for name in names
        for one, said in SPECIAL.get(name, {}).items()
    ]
