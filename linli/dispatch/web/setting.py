"""What a city dispatches by: kinds with their cards, questions and plans; targets; skills."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.accounts.actor import Actor, actor_of
from linli.dispatch.actions.change_kind import change_kind
from linli.dispatch.actions.drop_run_card import drop_run_card
from linli.dispatch.actions.keep_capability import keep_capability
from linli.dispatch.actions.keep_field import keep_field
from linli.dispatch.actions.keep_plan import keep_plan
from linli.dispatch.actions.keep_question import keep_question
from linli.dispatch.actions.keep_run_card import keep_run_card
from linli.dispatch.actions.keep_supply_kind import keep_supply_kind
from linli.dispatch.actions.set_targets import set_targets
from linli.dispatch.choices import Priority, UnitKind
from linli.dispatch.models import (
    Capability,
    Field,
    IncidentKind,
    Plan,
    QuestionCard,
    RunCard,
    SupplyKind,
)
from linli.dispatch.policy import SETTING, may_set_kinds
from linli.dispatch.queries.recommend import capability_names
from linli.dispatch.queries.settings import targets_of
from linli.dispatch.web.setting_forms import (
    CapabilityForm,
    CardForm,
    FieldForm,
    KindForm,
    PlanForm,
    QuestionForm,
    SupplyKindForm,
    TargetsForm,
)
from linli.kernel.errors import NotPermitted, Refused
from linli.kernel.form_errors import show_refusal
from linli.kernel.ids import new_id

type Trail = list[tuple[str, str]]


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the kinds, the targets that hold for the person's area, and skills and equipment."""
    actor = actor_of(request)
    _permit(actor)
    kinds = [
        (kind, kind.run_cards.count(), kind.plans.filter(retired=False).count())
        for kind in IncidentKind.objects.prefetch_related("run_cards", "plans")
    ]
    context = {
        "kinds": kinds,
        "targets": targets_of(_own_area(actor)),
        "capabilities": list(Capability.objects.all()),
        "supply_kinds": list(SupplyKind.objects.all()),
        "fields": list(Field.objects.all()),
        "may_set": may_set_kinds(actor),
    }
    return render(request, "dispatch/settings.html", context)


@require_http_methods(["GET", "POST"])
def kind(request: HttpRequest, code: str) -> HttpResponse:
    """Show a kind with its run cards, questions and plans; change what it is called."""
    actor = actor_of(request)
    _permit(actor)
    one = get_object_or_404(IncidentKind, pk=code)
    form = KindForm(request.POST if request.method == "POST" else None, kind=one)

    def act() -> None:
        change_kind(code, actor=actor, at=timezone.now(), **form.cleaned_data)

    if _done(request, form, act):
        return redirect("dispatch:kind", code)
    names = capability_names()
    context = {
        "kind": one,
        "form": form,
        "trail": _trail(),
        "may_set": may_set_kinds(actor),
        "cards": [(card, _card_words(card, names)) for card in one.run_cards.all()],
        "questions": one.questions.all(),
        "plans": one.plans.prefetch_related("steps"),
    }
    return render(request, "dispatch/kind.html", context, status=422 if form.errors else 200)


def _card_words(card: RunCard, names: dict[str, str]) -> str:
    asked = "、".join(names.get(code, code) for code in [*card.skills, *card.equipment])
    words = _("%(kind)s × %(n)d, from “%(priority)s” on") % {
        "kind": UnitKind(card.unit_kind).label, "n": card.count,
        "priority": Priority(card.priority).label,
    }  # fmt: skip
    return f"{words} · {asked}" if asked else words


def card(request: HttpRequest, code: str) -> HttpResponse:
    """Add a line to a kind's run card."""
    return _card(request, get_object_or_404(IncidentKind, pk=code), None)


def change_card(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Change or drop a line of a run card."""
    one = get_object_or_404(RunCard.objects.select_related("kind"), pk=card_id)
    return _card(request, one.kind, one)


@require_http_methods(["GET", "POST"])
def _card(request: HttpRequest, of: IncidentKind, one: RunCard | None) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    _permit(actor)
    if one is not None and request.POST.get("drop"):
        drop_run_card(one.id, actor=actor, at=now)
        messages.success(request, _("The line is taken off."))
        return redirect("dispatch:kind", of.code)
    form = CardForm(request.POST if request.method == "POST" else None, card=one)

    def act() -> None:
        key = one.id if one else None
        keep_run_card(of.code, form.card_data(), actor=actor, at=now, card_id=key)

    if _done(request, form, act):
        return redirect("dispatch:kind", of.code)
    return _form_page(request, form, _("Line of the run card"), of, may_drop=one is not None)


def question(request: HttpRequest, code: str) -> HttpResponse:
    """Add a question to a kind."""
    return _question(request, get_object_or_404(IncidentKind, pk=code), None)


def change_question(request: HttpRequest, card_id: UUID) -> HttpResponse:
    """Change a question."""
    one = get_object_or_404(QuestionCard.objects.select_related("kind"), pk=card_id)
    return _question(request, one.kind, one)


@require_http_methods(["GET", "POST"])
def _question(request: HttpRequest, of: IncidentKind, one: QuestionCard | None) -> HttpResponse:
    actor = actor_of(request)
    _permit(actor)
    form = QuestionForm(request.POST if request.method == "POST" else None, card=one)

    def act() -> None:
        given = form.cleaned_data
        keep_question(
            of.code, text=given["text"], text_en=given["text_en"], answers=form.answers(),
            position=given["position"], retired=given["retired"], actor=actor, at=timezone.now(),
            card_id=one.id if one else None,
        )  # fmt: skip

    if _done(request, form, act):
        return redirect("dispatch:kind", of.code)
    return _form_page(request, form, _("Question"), of)


def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Add a plan to a kind."""
    return _plan(request, get_object_or_404(IncidentKind, pk=code), None)


def change_plan(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Change a plan."""
    one = get_object_or_404(
        Plan.objects.select_related("kind").prefetch_related("steps"), pk=plan_id
    )
    return _plan(request, one.kind, one)


@require_http_methods(["GET", "POST"])
def _plan(request: HttpRequest, of: IncidentKind, one: Plan | None) -> HttpResponse:
    actor = actor_of(request)
    _permit(actor)
    form = PlanForm(request.POST if request.method == "POST" else None, plan=one)

    def act() -> None:
        key = one.id if one else None
        keep_plan(of.code, form.plan_data(), actor=actor, at=timezone.now(), plan_id=key)

    if _done(request, form, act):
        return redirect("dispatch:kind", of.code)
    return _form_page(request, form, _("Plan"), of)


@require_http_methods(["GET", "POST"])
def targets(request: HttpRequest) -> HttpResponse:
    """Set the targets of the person's own area and all below it."""
    actor = actor_of(request)
    _permit(actor)
    area = _own_area(actor)
    now_holds = targets_of(area)
    form = TargetsForm(request.POST if request.method == "POST" else None, instance=now_holds)

    def act() -> None:
        set_targets(area, form.cleaned_data, actor=actor, at=timezone.now())

    if _done(request, form, act):
        return redirect("dispatch:settings")
    return _form_page(request, form, _("Targets"), None)


def capability(request: HttpRequest, code: str = "") -> HttpResponse:
    """Add a skill or equipment, or change one."""
    return _listed(
        request, code, model=Capability, form_class=CapabilityForm, keep=keep_capability,
        letter="c", title=_("Skill or equipment"),
    )  # fmt: skip


def field(request: HttpRequest, code: str = "") -> HttpResponse:
    """Add a field of experts, or change one."""
    return _listed(
        request, code, model=Field, form_class=FieldForm, keep=keep_field, letter="f",
        title=_("Field of experts"),
    )  # fmt: skip


def supply_kind(request: HttpRequest, code: str = "") -> HttpResponse:
    """Add a kind of supplies, or change one."""
    return _listed(
        request, code, model=SupplyKind, form_class=SupplyKindForm, keep=keep_supply_kind,
        letter="s", title=_("Kind of supplies"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def _listed(
    request: HttpRequest, code: str, *, model: type[Model], form_class: Callable[..., forms.Form],
    keep: Callable[..., object], letter: str, title: str,
) -> HttpResponse:  # fmt: skip
    """Add to a list that a city edits, or change one of it; keys of new ones begin with ``letter``."""
    actor = actor_of(request)
    _permit(actor)
    one = get_object_or_404(model, pk=code) if code else None
    form = form_class(request.POST if request.method == "POST" else None, one=one)

    def act() -> None:
        key = code or f"{letter}{new_id().hex[-12:]}"
        keep(key, actor=actor, at=timezone.now(), **form.cleaned_data)

    if _done(request, form, act):
        return redirect("dispatch:settings")
    return _form_page(request, form, title, None)


def _done(request: HttpRequest, form: forms.BaseForm, act: Callable[[], None]) -> bool:
    """Do what a sent form asks; say whether it was done."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act()
    except Refused as refusal:
        if refusal.status in (403, 404):
            raise
        show_refusal(form, refusal)  # type: ignore[arg-type]
        return False
    messages.success(request, _("It is kept."))
    return True


def _form_page(
    request: HttpRequest, form: Any, title: str, of: IncidentKind | None, **more: Any
) -> HttpResponse:
    """Answer with the page of one form; ``of`` is the kind it belongs to."""
    back = reverse("dispatch:kind", args=[of.code]) if of else reverse("dispatch:settings")
    context = {"form": form, "title": title, "trail": _trail(of), "back": back, **more}
    status = 422 if form.errors else 200
    return render(request, "dispatch/setting_form.html", context, status=status)


def _trail(of: IncidentKind | None = None) -> Trail:
    trail: Trail = [(reverse("dispatch:settings"), _("What we dispatch by"))]
    return [*trail, (reverse("dispatch:kind", args=[of.code]), of.label)] if of else trail


def _own_area(actor: Actor) -> str:
    held = sorted({role.area for role in actor.roles if role.kind in SETTING}, key=len)
    return held[0] if held else ""


def _permit(actor: Actor) -> None:
    """Raise :class:`NotPermitted` unless the actor sets what is dispatched by."""
    if not actor.holds(*SETTING):
        raise NotPermitted(_("This page is for directors and administrators."))
