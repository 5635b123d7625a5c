"""Tips inside the house: taking one in for somebody, and the unit's reading and answering."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import actor_of
from linli.accounts.models import RoleKind
from linli.areas.places import area_names
from linli.kernel.caching import private
from linli.kernel.errors import Refused
from linli.kernel.form_errors import show_refusal
from linli.tips.actions.give import give_tip
from linli.tips.actions.work import (
    answer_tip,
    finish_tip,
    note_tip,
    open_tip,
    pass_on_tip,
    reopen_tip,
)
from linli.tips.choices import TipState
from linli.tips.policy import permit_taking_in
from linli.tips.queries import LISTED, reads_tips, tip_for, tips_of
from linli.tips.web.forms import CaseForm, TipForm, WriteForm


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the tips of the actor's units: when and of what kind, no texts."""
    actor = actor_of(request)
    keeps_house = actor.holds(RoleKind.ADMINISTRATOR)
    if not keeps_house:
        permit_taking_in(actor)
    context = {
        "tips": tips_of(actor)[:LISTED],
        "reads": reads_tips(actor),
        "keeps_house": keeps_house,
    }
    return private(render(request, "tips/home.html", context))


@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Write a tip down for somebody; the desk can't read it afterwards."""
    actor = actor_of(request)
    permit_taking_in(actor)
    form = TipForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            code = give_tip(form.tip(), actor=actor, at=timezone.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return private(render(request, "tips/taken.html", {"code": code}))
    status = 422 if form.is_bound else 200
    return private(render(request, "tips/take_in.html", {"form": form}, status=status))


@require_GET
def tip(request: HttpRequest, tip_id: UUID) -> HttpResponse:
    """Open a tip; every opening is written down."""
    return _show(request, tip_id)


def _show(request: HttpRequest, tip_id: UUID, **forms: Any) -> HttpResponse:
    opened = open_tip(tip_id, actor=actor_of(request), at=timezone.now())
    area = opened.area
    context = {
        "opened": opened,
        "tip": opened.tip,
        "place": area_names([area]).get(area, area),
        "openings": opened.tip.openings.select_related("by")[:20],
        "is_done": opened.tip.state == TipState.DONE,
        "answer": forms.get("answer") or WriteForm(auto_id="answer_%s"),
        "note": forms.get("note") or WriteForm(auto_id="note_%s"),
        "case": forms.get("case") or CaseForm(initial={"area": area}, auto_id="case_%s"),
        "wrong": next(iter(forms), ""),
    }
    return private(render(request, "tips/tip.html", context, status=422 if forms else 200))


def _writing(name: str, act: Callable[..., None], said: Callable[[], str]) -> Any:
    @require_POST
    def view(request: HttpRequest, tip_id: UUID) -> HttpResponse:
        form = WriteForm(request.POST, auto_id=f"{name}_%s")
        if form.is_valid():
            try:
                act(tip_id, actor=actor_of(request), at=timezone.now(), **form.cleaned_data)
            except Refused as refusal:
                show_refusal(form, refusal)
            else:
                messages.success(request, said())
                return redirect("tips:tip", tip_id)
        return _show(request, tip_id, **{name: form})

    return view


answer = _writing("answer", answer_tip, lambda: _("The giver reads it with the receipt."))
note = _writing("note", note_tip, lambda: _("Noted."))


@require_POST
def finish(request: HttpRequest, tip_id: UUID) -> HttpResponse:
    """Mark a tip done."""
    done = finish_tip(tip_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("Done. It is destroyed on %(day)s.") % {"day": done.erase_on})
    return redirect("tips:home")


@require_POST
def reopen(request: HttpRequest, tip_id: UUID) -> HttpResponse:
    """Take a tip up again."""
    reopen_tip(tip_id, actor=actor_of(request), at=timezone.now())
    return redirect("tips:tip", tip_id)


@require_POST
def pass_on(request: HttpRequest, tip_id: UUID) -> HttpResponse:
    """Make a case of it, in words of the unit's own."""
    actor = actor_of(request)
    tip_for(actor, tip_id)
    form = CaseForm(request.POST, auto_id="case_%s")
    if form.is_valid():
        try:
            number = pass_on_tip(tip_id, form.new_case(), actor=actor, at=timezone.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            said = _("Registered as case %(number)s, without a word of the giver.")
            messages.success(request, said % {"number": number})
            return redirect("tips:tip", tip_id)
    return _show(request, tip_id, case=form)
