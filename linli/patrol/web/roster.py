"""The roster of a patrol area: its week, planning and publishing, fairness, wishes and swaps."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.accounts.actor import actor_of
from linli.kernel.errors import Invalid, Refused
from linli.kernel.ids import read_id
from linli.mediation.queries.week import days_of, name_of, week_of
from linli.patrol.actions import swap
from linli.patrol.actions.plan_roster import plan_roster
from linli.patrol.actions.publish_roster import drop_roster, publish_roster
from linli.patrol.models import PatrolArea, Plan
from linli.patrol.policy import permit_open, walks
from linli.patrol.queries.areas import areas_of, pattern_words, skill_words
from linli.patrol.queries.week import WEEK, draft_of, open_swaps, shares, week_rows
from linli.patrol.web.forms import PlanForm, next_monday
from linli.patrol.web.frame import frame, opened
from linli.patrol.words import reason_of

SWAPS: dict[str, Callable[..., Any]] = {
    "agree": swap.agree_swap, "grant": swap.grant_swap, "refuse": swap.refuse_swap,
    "withdraw": swap.withdraw_swap,
}  # fmt: skip


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """List the patrol areas; whoever walks and leads nothing goes to their own page."""
    actor, now = actor_of(request), timezone.now()
    permit_open(actor)
    lines = areas_of(actor, now)
    if len(lines) == 1 and walks(actor):
        led = actor.works_in(lines[0].area.unit_id)
        return redirect("patrol:area", lines[0].area.id) if led else redirect("patrol:me")
    context = {
        "lines": lines,
        "teams": sum(one.teams for one in lines),
        "out": sum(one.out for one in lines),
        "walks": walks(actor),
    }
    return render(request, "patrol/home.html", context)


@require_GET
def week(request: HttpRequest, area_id: UUID) -> HttpResponse:
    """Show the week of ``?week=2026-W11``, without it this one, and the draft if there is one."""
    area = opened(request, area_id)
    return _page(request, area, PlanForm(initial=_proposal()))


def _proposal() -> dict[str, object]:
    return {"starts": next_monday(timezone.localdate()), "days": 7}


def _page(
    request: HttpRequest, area: PatrolArea, form: PlanForm, status: int = 200
) -> HttpResponse:
    today, draft = timezone.localdate(), draft_of(area)
    asked = request.GET.get("week", "")
    monday = week_of(asked, today)
    if not asked and draft is not None:
        monday = draft.starts - timedelta(days=draft.starts.weekday())
    language = get_language() or ""
    first, last = _period(monday, draft)
    context = {
        **frame(request, area, "area"),
        "form": form, "draft": draft, "patterns": pattern_words(language),
        "days": days_of(monday), "rows": week_rows(area, monday, draft), "today": today,
        "before": name_of(monday - WEEK), "after": name_of(monday + WEEK),
        "is_this_week": monday <= today < monday + WEEK,
        "open_needs": _needs(draft, language),
        "shares": shares(area, first, last, draft), "first": first, "last": last,
        "swaps": open_swaps(area),
    }  # fmt: skip
    return render(request, "patrol/area.html", context, status=status)


def _period(monday: date, draft: Plan | None) -> tuple[date, date]:
    """Return the days the figures of fairness are about: the draft's, or four weeks."""
    if draft is not None:
        return draft.starts, draft.ends
    return monday - 3 * WEEK, monday + WEEK - timedelta(days=1)


def _needs(draft: Plan | None, language: str) -> list[tuple[date, str]]:
    if draft is None:
        return []
    patterns, skills = pattern_words(language), skill_words(language)
    return [
        (date.fromisoformat(need["date"]), reason_of(need, patterns, skills))
        for need in draft.open_needs
    ]


@require_POST
def plan(request: HttpRequest, area_id: UUID) -> HttpResponse:
    """Make a draft."""
    area, actor = opened(request, area_id), actor_of(request)
    form = PlanForm(request.POST)
    if form.is_valid():
        try:
            made = plan_roster(area.id, **form.cleaned_data, actor=actor, at=timezone.now())
        except Invalid as refusal:
            for name, sentence in refusal.fields.items():
                form.add_error(name, str(sentence))
        else:
            if made.open_needs:
                messages.warning(request, _("A draft is made, but not every need can be met."))
            else:
                messages.success(request, _("A draft is made; every need is met."))
            return _to_week(area.id, made.starts)
    return _page(request, area, form, 422)


@require_POST
def settle(request: HttpRequest, plan_id: UUID, verb: str) -> HttpResponse:
    """Publish or drop a draft."""
    actor, version = actor_of(request), request.POST.get("version", "")
    found = Plan.objects.filter(pk=plan_id).first()
    seen = int(version) if version.isdigit() else None
    act: Callable[..., Any] = publish_roster if verb == "publish" else drop_roster
    try:
        act(plan_id, actor=actor, at=timezone.now(), seen=seen)
    except Refused as refusal:
        if refusal.status in {403, 404} or found is None:
            raise
        messages.error(request, f"{refusal.reason} {refusal.hint}")
    else:
        published = verb == "publish"
        said = _("The roster is published.") if published else _("The draft is dropped.")
        messages.success(request, said)
    if found is None:
        return redirect("patrol:home")
    return _to_week(found.patrol_area_id, found.starts)


@require_POST
def answer_swap(request: HttpRequest, swap_id: UUID, verb: str) -> HttpResponse:
    """Agree to a swap, grant it, refuse it or take it back."""
    try:
        SWAPS[verb](swap_id, actor=actor_of(request), at=timezone.now())
    except Refused as refusal:
        if refusal.status in {403, 404}:
            raise
        messages.error(request, f"{refusal.reason} {refusal.hint}")
    else:
        messages.success(request, _("It is written down."))
    back = request.POST.get("back", "")
    where = {"area": "patrol:home", "me": "patrol:me"}.get(back)
    if where is None and (area := read_id(back)):
        return redirect("patrol:area", area)
    return redirect(where or "patrol:me")


def _to_week(area_id: UUID, day: date) -> HttpResponseRedirect:
    week_name = name_of(day - timedelta(days=day.weekday()))
    return HttpResponseRedirect(reverse("patrol:area", args=[area_id]) + f"?week={week_name}")
