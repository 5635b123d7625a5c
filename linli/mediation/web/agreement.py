"""The agreement on the page: its text, who has signed, and the form it is written with."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.accounts.actor import actor_of
from linli.kernel.errors import Invalid, Refused
from linli.mediation import lifecycle
from linli.mediation.actions.agree import agree_mediation
from linli.mediation.actions.amend import amend_mediation
from linli.mediation.actions.step import check_state
from linli.mediation.choices import AgreementState
from linli.mediation.models import Agreement, Mediation
from linli.mediation.policy import RULES, may_print, permit
from linli.mediation.queries.agreement import clause_texts, masked_dues, signatures
from linli.mediation.web.agreement_forms import AgreementForm
from linli.mediation.web.page import mediation_for
from linli.mediation.web.words import label_of

_SHOWN = (AgreementState.DRAFT, AgreementState.EFFECTIVE, AgreementState.SUPERSEDED)


def section(request: HttpRequest, mediation: Mediation) -> SafeString:
    """Return the texts of the agreement, the newest first; those nobody signed are left out."""
    found = Agreement.objects.filter(mediation=mediation, state__in=_SHOWN).order_by("-turn")
    texts = [_text(agreement) for agreement in found]
    if not texts:
        return SafeString("")
    may = {verb for verb in ("agree", "sign", "redraft", "amend") if _may(request, verb, mediation)}
    prints = may_print(actor_of(request), mediation)
    context = {"mediation": mediation, "texts": texts, "may": may, "prints": prints}
    return render_to_string("mediation/_agreement.html", context, request)


def _text(agreement: Agreement) -> dict[str, object]:
    dues = masked_dues(agreement)
    return {
        "agreement": agreement,
        "paper": "agreement" if agreement.form == "written" else "oral_agreement",
        "clauses": clause_texts(agreement, dues),
        "dues": dues,
        "signatures": signatures(agreement) if agreement.form == "written" else [],
        "signing": agreement.state == AgreementState.DRAFT,
        "former": agreement.state == AgreementState.SUPERSEDED,
    }


def _may(request: HttpRequest, verb: str, mediation: Mediation) -> bool:
    return lifecycle.legal(verb, mediation.state) and RULES[verb][0](actor_of(request), mediation)


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, mediation_id: UUID, verb: str) -> HttpResponse:
    """Show the form of an agreement or its amendment, add rows to it, or write the text down."""
    mediation = mediation_for(request, mediation_id)
    if verb not in ("agree", "amend"):
        raise Http404
    form = AgreementForm(request.POST or None, mediation, timezone.now())
    if request.method == "GET":
        try:
            check_state(verb, mediation)
            permit(verb, actor_of(request), mediation)
        except Refused as refusal:
            return _show(request, verb, form, refusal)
        return _show(request, verb, form)
    if wanted := request.POST.get("more"):
        form.with_more(wanted)
        return _show(request, verb, form)
    if not form.is_valid():
        return _show(request, verb, form, Invalid(_("Something is missing or wrong: see below.")))
    try:
        _write(request, verb, form)
    except Refused as refusal:
        return _show(request, verb, form, refusal)
    messages.success(request, _("Done: %(verb)s.") % {"verb": label_of(verb)})
    page = reverse("mediation:mediation", args=[mediation.id])
    return HttpResponseRedirect(page + "#agreement")


def _write(request: HttpRequest, verb: str, form: AgreementForm) -> None:
    told = form.text.cleaned_data
    given = {"actor": actor_of(request), "at": form.now, "seen": told["version"]}
    if verb == "agree":
        agree_mediation(form.mediation.id, form.draft(), outcome=told["outcome"], **given)
    else:
        amend_mediation(form.mediation.id, form.draft(), **given)


def _show(
    request: HttpRequest, verb: str, form: AgreementForm, refusal: Refused | None = None
) -> HttpResponse:
    wrong = dict(refusal.fields) if isinstance(refusal, Invalid) else {}
    for name in [name for name in wrong if name in form.text.fields]:
        form.text.add_error(name, str(wrong.pop(name)))
    trail = [(reverse("mediation:mediation", args=[form.mediation.id]), form.mediation.case.title)]
    context = {
        "form": form,
        "verb": verb,
        "title": label_of(verb),
        "trail": trail,
        "refusal": refusal,
        "wrong": wrong,
        "mediation": form.mediation,
    }
    status = refusal.status if refusal else 200
    return render(request, "mediation/agreement_form.html", context, status=status)
