"""The people of a mediation on its page: who takes part, has agreed, acts for whom; join and leave."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from linli.accounts.actor import actor_of
from linli.kernel.errors import Invalid, NotPermitted, Refused
from linli.kernel.form_errors import show_refusal
from linli.mediation import lifecycle
from linli.mediation.actions.consent import record_consent
from linli.mediation.actions.file_mandate import file_mandate
from linli.mediation.actions.join import join_mediation
from linli.mediation.actions.leave import leave_mediation
from linli.mediation.choices import Part
from linli.mediation.models import Mediation
from linli.mediation.policy import of_committee
from linli.mediation.queries.people import Person
from linli.mediation.queries.people import people as read
from linli.mediation.web.forms import ConsentForm
from linli.mediation.web.page import mediation_for, show
from linli.mediation.web.party_forms import JoinForm, LeaveForm, PaperForm, read_scan

# Part → what the link that adds one says.
ADDING = {
    Part.PARTY: pgettext_lazy("add", "a party"),
    Part.AGENT: pgettext_lazy("add", "an agent"),
    Part.GUARDIAN: pgettext_lazy("add", "a guardian"),
    Part.REPRESENTATIVE: pgettext_lazy("add", "a representative of a group"),
    Part.WITNESS: pgettext_lazy("add", "a witness"),
    Part.ATTENDANT: pgettext_lazy("add", "a relative, neighbour or expert"),
}
_DECIDE = (Part.PARTY, Part.REPRESENTATIVE)


def section(request: HttpRequest, mediation: Mediation) -> SafeString:
    """Return who takes part, and whether each has agreed and was told its rights."""
    mine = of_committee(actor_of(request), mediation)
    agrees = mine and mediation.state in lifecycle.WAITING | lifecycle.UNDER_WAY
    changes = mine and mediation.state in lifecycle.OPEN
    shown = [
        {
            "one": one,
            "decides": one.part.part in _DECIDE,
            "consent": _consent(one) if agrees and one.part.part in _DECIDE else None,
            "leave": LeaveForm(
                initial={"left_on": timezone.localdate()}, auto_id=f"leave_{one.part.id}_%s"
            )
            if changes
            else None,
            "papers": [
                (acting, PaperForm(auto_id=f"paper_{acting.id}_%s"))
                if changes and acting.paper is None
                else (acting, None)
                for acting in one.acts_for
            ],
        }
        for one in read(mediation)
    ]
    context = {
        "mediation": mediation,
        "people": shown,
        "adding": [(part.value, str(words)) for part, words in ADDING.items()] if changes else [],
    }
    return render_to_string("mediation/_people.html", context, request)


def _consent(one: Person) -> ConsentForm:
    return ConsentForm(
        initial={
            "consented_on": one.part.consented_on or timezone.localdate(),
            "notified_on": one.part.notified_on,
        },
        auto_id=f"consent_{one.part.id}_%s",
    )


def _back(mediation: Mediation) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("mediation:mediation", args=[mediation.id]) + "#parties")


@require_POST
def consent(request: HttpRequest, mediation_id: UUID, participant_id: UUID) -> HttpResponse:
    """Write down that a party agreed, and was told its rights and duties."""
    mediation = mediation_for(request, mediation_id)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        wrong = Invalid(_("A day is missing or wrong."))
        return show(request, mediation, refusal=wrong, status=422)
    try:
        record_consent(
            mediation.id,
            participant_id,
            actor=actor_of(request),
            at=timezone.now(),
            **form.cleaned_data,
        )
    except Refused as refusal:
        return show(request, mediation, refusal=refusal, status=refusal.status)
    return _back(mediation)


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, mediation_id: UUID, part: str) -> HttpResponse:
    """Ask who takes part as ``part``, and let them."""
    mediation = mediation_for(request, mediation_id)
    if part not in Part.values:
        raise Http404
    actor, now = actor_of(request), timezone.now()
    if not of_committee(actor, mediation):
        raise NotPermitted(_("Only the committee that mediates can do this."))
    form = JoinForm(
        request.POST or None, request.FILES or None, mediation=mediation, part=part, now=now
    )
    if request.method == "POST" and form.is_valid():
        try:
            join_mediation(mediation.id, form.joining(), actor=actor, at=now)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Written down: who takes part."))
            return _back(mediation)
    trail = [(reverse("mediation:mediation", args=[mediation.id]), mediation.case.title)]
    context = {
        "mediation": mediation, "form": form, "trail": trail, "what": ADDING[Part(part)],
    }  # fmt: skip
    return render(request, "mediation/join.html", context, status=422 if form.errors else 200)


@require_POST
def paper(request: HttpRequest, mediation_id: UUID, mandate_id: UUID) -> HttpResponse:
    """Keep the paper of a mandate."""
    mediation = mediation_for(request, mediation_id)
    form = PaperForm(request.POST, request.FILES)
    try:
        if not form.is_valid():
            raise Invalid(_("No file was chosen."))
        scan = read_scan(form.cleaned_data["scan"])
        file_mandate(
            mediation.id, mandate_id, scan=scan, actor=actor_of(request), at=timezone.now()
        )
    except Refused as refusal:
        return show(request, mediation, refusal=refusal, status=refusal.status)
    return _back(mediation)


@require_POST
def leave(request: HttpRequest, mediation_id: UUID, participant_id: UUID) -> HttpResponse:
    """Write down that somebody left."""
    mediation = mediation_for(request, mediation_id)
    form = LeaveForm(request.POST)
    if not form.is_valid():
        wrong = Invalid(_("A day is missing or wrong."))
        return show(request, mediation, refusal=wrong, status=422)
    try:
        leave_mediation(
            mediation.id,
            participant_id,
            left_on=form.cleaned_data["left_on"],
            actor=actor_of(request),
            at=timezone.now(),
        )
    except Refused as refusal:
        return show(request, mediation, refusal=refusal, status=refusal.status)
    return _back(mediation)
