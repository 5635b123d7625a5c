"""The pages of mediation committees: the list, one of them with its people, and its forms."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.accounts.actor import actor_of
from linli.accounts.models import RoleKind
from linli.cases.queries.categories import categories
from linli.kernel.errors import NotPermitted, Refused
from linli.kernel.form_errors import show_refusal
from linli.mediation.actions.change_committee import change_committee
from linli.mediation.actions.describe_mediator import describe_mediator
from linli.mediation.actions.found import found_committee
from linli.mediation.models import Committee, Mediator
from linli.mediation.policy import may_count, may_describe, may_keep
from linli.mediation.queries.committees import known_to, members_of, year_of
from linli.mediation.queries.committees import listing as read
from linli.mediation.queries.seating import members
from linli.mediation.web.committee_forms import (
    CommitteeForm,
    FilterForm,
    FoundForm,
    MediatorForm,
)

type Trail = list[tuple[str, str]]


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the committees of the city."""
    actor, form = actor_of(request), FilterForm(request.GET)
    asked = form.asked()
    rows, after = read(actor, timezone.localdate(), after=request.GET.get("after", ""), **asked)
    context = {
        "rows": rows,
        "after": after,
        "form": form,
        "filtered": any(asked.values()),
        "keeps": actor.holds(RoleKind.ADMINISTRATOR),
    }
    return render(request, "mediation/committees.html", context)


@require_GET
def committee(request: HttpRequest, committee_id: UUID) -> HttpResponse:
    """Show one committee: what is written about it, its people and, to its own, what it has in hand."""
    found, actor, today = _known(request, committee_id), actor_of(request), timezone.localdate()
    counted = may_count(actor, found)
    context = {
        "committee": found,
        "specialities": _labels(found.specialities),
        "members": [
            (one, _labels(one.about.specialities) if one.about else [])
            for one in members_of(found, today, counted=counted)
        ],
        "year": year_of(found, today) if counted else None,
        "this_year": today.year,
        "in_hand_url": _in_hand(found, "all" if actor.areas else "committee"),
        "keeps": may_keep(actor, found.unit.area_id),
        "describes": may_describe(actor, found),
        "trail": _trail(),
    }
    return render(request, "mediation/committee.html", context)


@require_http_methods(["GET", "POST"])
def found(request: HttpRequest) -> HttpResponse:
    """Ask for a new committee, and set it up."""
    actor = actor_of(request)
    if not actor.holds(RoleKind.ADMINISTRATOR):
        raise NotPermitted(_("Only an administrator can set a committee up."))
    form = FoundForm(request.POST or None)
    form.fields["area"].initial = request.GET.get("area", "")
    if request.method == "POST" and form.is_valid():
        try:
            made = found_committee(
                form.cleaned_data["area"], form.committee(), actor=actor, at=timezone.now()
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return _done(request, made, _("The committee is set up; give people a role in it."))
    return _form(request, form, _("Set up a committee"), _trail(), reverse("mediation:committees"))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, committee_id: UUID) -> HttpResponse:
    """Change what is written about a committee."""
    about, actor = _known(request, committee_id), actor_of(request)
    if not may_keep(actor, about.unit.area_id):
        raise NotPermitted(_("Only an administrator of the area can do this."))
    form = CommitteeForm(request.POST or None, committee=about)
    if request.method == "POST" and form.is_valid():
        try:
            change_committee(about.id, form.committee(), actor=actor, at=timezone.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return _done(request, about, _("It is written down."))
    return _form(request, form, _("Change the committee"), _trail(about), _page(about))


@require_http_methods(["GET", "POST"])
def mediator(request: HttpRequest, committee_id: UUID, user_id: UUID) -> HttpResponse:
    """Say what is known of one of the committee's people."""
    about, actor, today = _known(request, committee_id), actor_of(request), timezone.localdate()
    person = members(about.unit_id, today).filter(pk=user_id).first()
    if person is None:
        raise Http404
    if not may_describe(actor, about):
        raise NotPermitted(_("Only the director or an administrator of the area can do this."))
    form = MediatorForm(request.POST or None, about=Mediator.objects.filter(pk=user_id).first())
    if request.method == "POST" and form.is_valid():
        try:
            describe_mediator(about.id, user_id, form.mediator(), actor=actor, at=timezone.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return _done(request, about, _("It is written down."))
    return _form(request, form, person.name, _trail(about), _page(about))


def _known(request: HttpRequest, committee_id: UUID) -> Committee:
    """Return a committee of the person's city, or answer 404."""
    there = known_to(actor_of(request)).select_related("unit__area")
    one = there.filter(pk=committee_id).first()
    if one is None:
        raise Http404
    return one


def _in_hand(about: Committee, view: str) -> str:
    return f"{reverse('mediation:list')}?view={view}&committee={about.id}"


def _page(about: Committee) -> str:
    return reverse("mediation:committee", args=[about.id])


def _trail(about: Committee | None = None) -> Trail:
    trail = [(reverse("mediation:committees"), _("Mediation committees"))]
    return [*trail, (_page(about), about.name)] if about else trail


def _labels(codes: list[str]) -> list[str]:
    known = {one.code: one.label for one in categories()}
    return [known.get(code, code) for code in codes]


def _done(request: HttpRequest, about: Committee, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(_page(about))


def _form(request: HttpRequest, form: Any, title: str, trail: Trail, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "trail": trail, "back": back}
    status = 422 if form.errors else 200
    return render(request, "mediation/committee_form.html", context, status=status)
