"""The city's kinds of premises: the list, one with its required devices and its check list."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.accounts.actor import Actor, actor_of
from linli.cases.models import Category
from linli.kernel.errors import NotFound, Refused
from linli.kernel.form_errors import show_refusal
from linli.premises.actions import kinds as actions
from linli.premises.actions.kinds import LONGEST_TURN, KindData
from linli.premises.choices import DeviceKind, Spot
from linli.premises.models import CheckItem, PremisesKind
from linli.premises.policy import permit_kinds
from linli.premises.web.asking import ask, home_trail
from linli.premises.web.forms import choose


def _days(label: Any, initial: int, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, initial=initial, min_value=0, max_value=LONGEST_TURN, help_text=help_text
    )


class KindForm(forms.Form):
    """A kind and its turns."""

    code = forms.RegexField(r"^[a-z][a-z0-9_]{0,29}$", label=pgettext_lazy("premises", "Code"))
    name = forms.CharField(label=pgettext_lazy("premises", "Name"), max_length=40)
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=60, required=False)
    position = forms.IntegerField(
        label=gettext_lazy("Place in the list"), min_value=0, max_value=9999, initial=50
    )
    inspection_days = _days(gettext_lazy("Days between inspections"), 90)
    test_days = _days(gettext_lazy("Days between alarm tests"), 31)
    drill_days = _days(
        gettext_lazy("Days between drills"), 0, gettext_lazy("0: there are no such turns.")
    )
    retired = forms.BooleanField(label=gettext_lazy("No longer offered"), required=False)

    def __init__(self, data: Any = None, *, kind: PremisesKind | None = None) -> None:
        super().__init__(data)
        if kind is not None:
            del self.fields["code"]
            self.initial = {name: getattr(kind, name) for name in self.fields}

    def kind(self) -> KindData:
        """Return what was typed."""
        return KindData(**{k: v for k, v in self.cleaned_data.items() if k != "code"})


class NeedForm(forms.Form):
    """A device each place must have."""

    device_kind = forms.ChoiceField(label=gettext_lazy("Device"), choices=DeviceKind)
    spot = forms.ChoiceField(
        label=gettext_lazy("Where in the place"), required=False,
        choices=[("", gettext_lazy("anywhere")), *Spot.choices],
    )  # fmt: skip
    connected = forms.BooleanField(
        label=gettext_lazy("It must be connected"), required=False, initial=True
    )


class ItemForm(forms.Form):
    """A line of the check list."""

    text = forms.CharField(label=gettext_lazy("What to look at"), max_length=120)
    text_en = forms.CharField(
        label=gettext_lazy("What to look at, in English"), max_length=160, required=False
    )
    category = forms.ChoiceField(label=gettext_lazy("Category of hazard"))
    mend_days = forms.IntegerField(
        label=gettext_lazy("Days to mend it"), initial=7, min_value=0, max_value=LONGEST_TURN
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        hazards = Category.objects.filter(kind="hazard", retired=False)
        choose(self, "category", [(one.code, one.label) for one in hazards])


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Show the kinds."""
    permit_kinds(actor_of(request))
    context = {"kinds": PremisesKind.objects.all(), "trail": home_trail()}
    return render(request, "premises/kinds.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Ask for a new kind."""
    actor = actor_of(request)
    permit_kinds(actor)
    form = KindForm(request.POST or None)

    def act() -> tuple[str, str]:
        code = form.cleaned_data["code"]
        actions.keep_kind(code, form.kind(), actor=actor, at=timezone.now())
        return _("It is written down."), reverse("premises:kind", args=[code])

    return ask(request, form, act, title=_("New kind of premises"), trail=_trail())


@require_http_methods(["GET", "POST"])
def kind(request: HttpRequest, code: str) -> HttpResponse:
    """Show a kind with its three forms; do what the one that was sent asks."""
    actor = actor_of(request)
    permit_kinds(actor)
    found = PremisesKind.objects.filter(pk=code).first()
    if found is None:
        raise NotFound(_("There is no such kind."))
    sent = request.POST.get("form", "") if request.method == "POST" else ""
    data = request.POST
    shown: dict[str, forms.Form] = {
        "kind": KindForm(data if sent == "kind" else None, kind=found),
        "need": NeedForm(data if sent == "need" else None),
        "item": ItemForm(data if sent == "item" else None),
    }
    if sent in shown and shown[sent].is_valid():
        try:
            _do(sent, shown[sent], code, actor)
        except Refused as refusal:
            show_refusal(shown[sent], refusal)
        else:
            messages.success(request, _("It is written down."))
            return HttpResponseRedirect(reverse("premises:kind", args=[code]))
    context = {
        "kind": found,
        "forms": shown,
        "needs": found.needs.order_by("device_kind", "spot"),
        "items": CheckItem.objects.filter(kind=found, retired=False),
        "in_use": actions.in_use(code),
        "trail": _trail(),
    }
    wrong = any(form.errors for form in shown.values())
    return render(request, "premises/kind.html", context, status=422 if wrong else 200)


def _do(sent: str, form: forms.Form, code: str, actor: Actor) -> None:
    at = timezone.now()
    if isinstance(form, KindForm):
        actions.keep_kind(code, form.kind(), actor=actor, at=at)
    elif sent == "need":
        actions.need_device(code, **form.cleaned_data, actor=actor, at=at)
    else:
        actions.add_item(code, **form.cleaned_data, actor=actor, at=at)


@require_POST
def drop_need(request: HttpRequest, code: str, need_id: UUID) -> HttpResponse:
    """Ask for a device no longer."""
    actions.drop_need(need_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("It is written down."))
    return HttpResponseRedirect(reverse("premises:kind", args=[code]))


@require_POST
def retire_item(request: HttpRequest, code: str, item_id: UUID) -> HttpResponse:
    """Take a line off the check list."""
    actions.retire_item(item_id, actor=actor_of(request), at=timezone.now())
    messages.success(request, _("It is written down."))
    return HttpResponseRedirect(reverse("premises:kind", args=[code]))


def _trail() -> list[tuple[str, str]]:
    return [*home_trail(), (reverse("premises:kinds"), _("Kinds of premises"))]
