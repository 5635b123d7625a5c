"""The teams of a patrol area: who is in them, what they can, and what the shifts need."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import actor_of
from linli.accounts.models import User
from linli.accounts.queries import roles_on
from linli.kernel.errors import NotFound, Refused
from linli.kernel.form_errors import attempt, show_refusal
from linli.patrol.actions.enrol import describe_member, enrol_member, release_member
from linli.patrol.actions.found import found_team
from linli.patrol.actions.set_needs import set_need
from linli.patrol.models import Beat, Member, PatrolArea, ShiftNeed, Team
from linli.patrol.policy import WALKERS, keeps, leads_team, reads_tracks
from linli.patrol.queries.areas import pattern_words, skill_words
from linli.patrol.queries.people import members_of, teams_of
from linli.patrol.queries.shifts import walked_by
from linli.patrol.web.forms import MemberForm, NeedForm, SkillsForm, TeamForm
from linli.patrol.web.frame import frame, opened


@require_GET
def listing(request: HttpRequest, area_id: UUID) -> HttpResponse:
    """Show teams, their members, the needs of shifts, and the police rooms of the area."""
    return _page(request, opened(request, area_id), {})


def _page(
    request: HttpRequest, area: PatrolArea, forms: dict[str, Any], status: int = 200
) -> HttpResponse:
    language, teams = get_language() or "", teams_of(area)
    people: dict[UUID, list[Any]] = {team.id: [] for team in teams}
    for person in members_of(teams):
        people[person.team].append(person)
    patterns, skills = pattern_words(language), skill_words(language)
    context = {
        **frame(request, area, "teams"),
        "teams": [(team, people[team.id]) for team in teams],
        "people": sum(len(some) for some in people.values()),
        "needs": _needs(area, patterns, skills),
        "need_form": _need_form(None, patterns, skills),
        "team_form": TeamForm(),
        "keeps": keeps(actor_of(request), area.area_id),
        "beats": Beat.objects.filter(patrol_area=area).order_by("kind", "name"),
    } | forms
    return render(request, "patrol/teams.html", context, status=status)


def _need_form(data: Any, patterns: dict[str, str], skills: dict[str, str]) -> NeedForm:
    weekdays = [(str(number), str(word)) for number, word in WEEKDAYS.items()]
    return NeedForm(data, list(patterns.items()), list(skills.items()), weekdays)


def _needs(
    area: PatrolArea, patterns: dict[str, str], skills: dict[str, str]
) -> list[tuple[str, str, int, list[str]]]:
    rows = ShiftNeed.objects.filter(patrol_area=area).order_by("pattern__begins", "weekday")
    return [
        (
            patterns[need.pattern_id],
            str(WEEKDAYS[need.weekday]) if need.weekday is not None else _("every day"),
            need.teams,
            [skills.get(code, code) for code in need.skills],
        )
        for need in rows
    ]


@require_POST
def need(request: HttpRequest, area_id: UUID) -> HttpResponse:
    """Set what a kind of shift needs."""
    area, actor = opened(request, area_id), actor_of(request)
    language = get_language() or ""
    form = _need_form(request.POST, pattern_words(language), skill_words(language))

    def act() -> str:
        set_need(area.id, **form.asked(), actor=actor, at=timezone.now())
        return _("It is written down.")

    if said := attempt(form, act):
        messages.success(request, said)
        return redirect("patrol:teams", area.id)
    return _page(request, area, {"need_form": form}, 422)


@require_POST
def add(request: HttpRequest, area_id: UUID) -> HttpResponse:
    """Set a team up."""
    area, actor = opened(request, area_id), actor_of(request)
    form = TeamForm(request.POST)

    def act() -> str:
        found_team(area.id, form.team(), actor=actor, at=timezone.now())
        return _("The team is set up.")

    if said := attempt(form, act):
        messages.success(request, said)
        return redirect("patrol:teams", area.id)
    return _page(request, area, {"team_form": form}, 422)


@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, area_id: UUID, team_id: UUID) -> HttpResponse:
    """Show a team's members and let its leader take somebody in."""
    area, actor = opened(request, area_id), actor_of(request)
    found = Team.objects.filter(pk=team_id, patrol_area=area).select_related("unit").first()
    if found is None:
        raise NotFound(_("There is no such team here."))
    found.patrol_area = area
    skills = list(skill_words(get_language() or "").items())
    form = MemberForm(request.POST or None, _candidates(found), skills)
    if request.method == "POST" and form.is_valid():
        try:
            enrol_member(
                found.id, UUID(form.cleaned_data["user"]), skills=form.cleaned_data["skills"],
                actor=actor, at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The member is in the team."))
            return redirect("patrol:team", area.id, found.id)
    words = dict(skills)
    members = Member.objects.filter(team=found, left_on=None).select_related("user")
    context = {
        **frame(request, area, "teams"),
        "team": found, "form": form, "may": leads_team(actor, found),
        "walked": walked_by(found, timezone.now()) if reads_tracks(actor, found) else None,
        "members": [
            (one, [words.get(code, code) for code in one.skills])
            for one in members.order_by("user__name", "id")
        ],
    }  # fmt: skip
    return render(request, "patrol/team.html", context, status=422 if form.errors else 200)


def _candidates(team: Team) -> list[tuple[str, str]]:
    """Return the people with a role in the team's unit who walk with nobody yet."""
    holders = roles_on(timezone.localdate()).filter(unit=team.unit_id, kind__in=WALKERS)
    taken = Member.objects.filter(left_on=None).values("user")
    rows = User.objects.filter(pk__in=holders.values("user"), is_active=True).exclude(pk__in=taken)
    return [(str(one.pk), one.name) for one in rows.order_by("name")]


@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, area_id: UUID, member_id: UUID) -> HttpResponse:
    """Say what a member can, or let them leave the team (``leave`` in the form)."""
    area, actor = opened(request, area_id), actor_of(request)
    found = Member.objects.filter(pk=member_id, team__patrol_area=area, left_on=None).first()
    if found is None:
        raise NotFound(_("There is no such member here."))
    skills = list(skill_words(get_language() or "").items())
    form = SkillsForm(request.POST or None, skills, found.skills)
    if request.method == "POST":
        try:
            if "leave" in request.POST:
                release_member(found.id, actor=actor, at=timezone.now())
            elif form.is_valid():
                chosen = form.cleaned_data["skills"]
                describe_member(found.id, skills=chosen, actor=actor, at=timezone.now())
        except Refused as refusal:
            if refusal.status == 403:
                raise
            messages.error(request, f"{refusal.reason} {refusal.hint}")
        else:
            messages.success(request, _("It is written down."))
        return redirect("patrol:team", area.id, found.team_id)
    context = {**frame(request, area, "teams"), "member": found, "form": form}
    return render(request, "patrol/member.html", context)
