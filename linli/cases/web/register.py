"""New case and its receipt."""

from typing import cast
from uuid import UUID

import qrcode
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from qrcode.image.svg import SvgPathImage

from linli.accounts.actor import actor_of
from linli.cases.actions.assign import assign_case
from linli.cases.actions.register import register_case
from linli.cases.models import Case
from linli.cases.policy import may_register
from linli.cases.queries import case as read
from linli.cases.queries.summary import summary_of
from linli.cases.web.register_forms import IntakeForm, units_at
from linli.kernel.errors import Invalid, NotPermitted, Refused
from linli.kernel.form_errors import show_beside
from linli.kernel.ids import new_id
from linli.kernel.once import claim


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Show the intake form; take the matter in, and send it on when asked."""
    actor, now = actor_of(request), timezone.now()
    if not may_register(actor):
        raise NotPermitted(_("Only people who receive residents can register a case."))
    data = request.POST if request.method == "POST" else None
    form = IntakeForm(data, actor=actor, units=units_at(actor), now=now)
    if data is None:
        return _form(request, form)
    if not form.is_valid():
        return _form(request, form, Invalid(_("Something is missing or wrong: see below.")))
    try:
        case_id = _take_in(request, form)
    except Refused as refusal:
        show_beside(form, refusal)
        return _form(request, form, refusal)
    return HttpResponseRedirect(reverse("cases:receipt", args=[case_id]))


def _take_in(request: HttpRequest, form: IntakeForm) -> UUID:
    """Register, and assign, in one transaction; the same form sent twice gives the first case."""
    actor, now, case_id = actor_of(request), timezone.now(), new_id()
    with transaction.atomic():
        key = f"register:{form.cleaned_data['key']}"
        person = cast("UUID", actor.user_id)
        if first := claim(person, key, b"register", case_id, now):
            messages.info(request, _("This form was sent before: here is the case it made."))
            return first
        case = register_case(form.matter(), actor=actor, at=now, case_id=case_id)
        if request.POST.get("send"):
            unit = form.cleaned_data["unit"]
            case = assign_case(case_id, unit=UUID(unit) if unit else None, actor=actor, at=now)
            said = _("Registered and sent to %(unit)s.") % {"unit": case.holder.name}
        else:
            said = _("Registered; it stays at your desk until you assign it.")
    messages.success(request, said)
    for doubt in {party.doubt() for party in form.parties} - {""}:
        messages.warning(request, doubt)
    return case_id


def _form(request: HttpRequest, form: IntakeForm, refusal: Refused | None = None) -> HttpResponse:
    context = {"form": form, "refusal": refusal}
    status = refusal.status if refusal else 200
    return render(request, "cases/register.html", context, status=status)


@require_GET
def receipt(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show what the resident takes along: number, day, centre, phone. No personal data."""
    found = read.case_for(actor_of(request), case_id)
    context: dict[str, object] = {"case_id": case_id, "may_open": found is not None}
    if found is not None:
        case: Case = found[0]
        desk, at = read.registered_with(case)
        context |= {"number": case.number, "kind": case.get_kind_display(), "at": at}
        context |= {"centre": desk.name, "phone": desk.phone, "address": desk.address}
        context["told"] = read.told_at_the_end(case)
        context["state"] = case.get_state_display()
    else:
        known = summary_of(case_id)
        if known is None:
            raise Http404
        context |= {"number": known.number, "kind": known.kind_label, "at": known.opened_at}
        context |= {"centre": known.unit_name, "phone": known.unit_phone}
        context |= {"address": known.unit_address}
    context["code"] = qr_code(str(context["number"]))
    context["again"] = may_register(actor_of(request))
    return render(request, "cases/receipt.html", context)


def qr_code(text: str) -> SafeString:
    """Return a QR code of ``text`` as inline SVG."""
    image = qrcode.make(text, image_factory=SvgPathImage, box_size=13, border=2)
    drawing: str = image.to_string(encoding="unicode")
    return mark_safe(drawing)  # noqa: S308 - drawn by us from a number
