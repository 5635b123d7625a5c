"""What experts are asked in and what stores keep: the lists a city edits."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from linli.accounts.actor import actor_of
from linli.dispatch.actions.keep_field import keep_field
from linli.dispatch.actions.keep_supply_kind import keep_supply_kind
from linli.dispatch.models import Field, IncidentKind, SupplyKind
from linli.dispatch.web.setting import done, form_page, permit_setting
from linli.kernel.ids import new_id

LARGEST = 1_000_000


class FieldForm(forms.Form):
    """A field of experts, and the incidents whose pages offer it first."""

    name = forms.CharField(label=pgettext_lazy("of a field", "Name"), max_length=40)
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=60, required=False)
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Offered first at"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    position = forms.IntegerField(
        label=gettext_lazy("Place in the list"), min_value=0, max_value=999
    )
    retired = forms.BooleanField(label=gettext_lazy("No longer offered"), required=False)

    def __init__(self, data: Any = None, *, one: Field | None = None) -> None:
        names = ("name", "name_en", "kinds", "position", "retired")
        last = {"position": Field.objects.count()}
        super().__init__(data, initial={n: getattr(one, n) for n in names} if one else last)
        kinds = [(kind.code, kind.label) for kind in IncidentKind.objects.filter(retired=False)]
        self.fields["kinds"].choices = kinds  # type: ignore[attr-defined]


class SupplyKindForm(forms.Form):
    """A kind of supplies."""

    name = forms.CharField(label=pgettext_lazy("of supplies", "Name"), max_length=40)
    name_en = forms.CharField(label=gettext_lazy("English name"), max_length=60, required=False)
    measure = forms.CharField(
        label=gettext_lazy("Counted in"), max_length=10,
        help_text=gettext_lazy("Such as: pieces, boxes, pairs."),
    )  # fmt: skip
    least = forms.IntegerField(
        label=gettext_lazy("A store should have at least"), min_value=0, max_value=LARGEST
    )
    position = forms.IntegerField(
        label=gettext_lazy("Place in the list"), min_value=0, max_value=999
    )
    retired = forms.BooleanField(label=gettext_lazy("No longer offered"), required=False)

    def __init__(self, data: Any = None, *, one: SupplyKind | None = None) -> None:
        names = ("name", "name_en", "measure", "least", "position", "retired")
        last = {"position": SupplyKind.objects.count(), "least": 0}
        super().__init__(data, initial={n: getattr(one, n) for n in names} if one else last)


@require_http_methods(["GET", "POST"])
def field(request: HttpRequest, code: str = "") -> HttpResponse:
    """Add a field of experts, or change one."""
    actor = actor_of(request)
    permit_setting(actor)
    one = get_object_or_404(Field, pk=code) if code else None
    form = FieldForm(request.POST if request.method == "POST" else None, one=one)

    def act() -> None:
        key = code or f"f{new_id().hex[-12:]}"
        keep_field(key, actor=actor, at=timezone.now(), **form.cleaned_data)

    if done(request, form, act):
        return redirect("dispatch:settings")
    return form_page(request, form, _("Field of experts"), None)


@require_http_methods(["GET", "POST"])
def supply_kind(request: HttpRequest, code: str = "") -> HttpResponse:
    """Add a kind of supplies, or change one."""
    actor = actor_of(request)
    permit_setting(actor)
    one = get_object_or_404(SupplyKind, pk=code) if code else None
    form = SupplyKindForm(request.POST if request.method == "POST" else None, one=one)

    def act() -> None:
        key = code or f"s{new_id().hex[-12:]}"
        keep_supply_kind(key, actor=actor, at=timezone.now(), **form.cleaned_data)

    if done(request, form, act):
        return redirect("dispatch:settings")
    return form_page(request, form, _("Kind of supplies"), None)
