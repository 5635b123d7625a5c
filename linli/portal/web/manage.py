"""The administrator's side: pages of plain text, the rules of the door, keys for Open311."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from linli.accounts.actor import Actor, actor_of
from linli.kernel.caching import private
from linli.kernel.errors import NotPermitted
from linli.portal.actions.keep_house import edit_page, give_key, revoke_key, set_terms
from linli.portal.models import ClientKey, InfoPage, Posting, Terms
from linli.portal.policy import may_keep_house
from linli.portal.queries import house

_LONGEST_PAGE = 20_000


def _text(label: Any) -> forms.CharField:
    area = forms.Textarea({"rows": 8})
    return forms.CharField(label=label, required=False, max_length=_LONGEST_PAGE, widget=area)


class PageForm(forms.Form):
    """A page of plain text."""

    title = forms.CharField(label=pgettext_lazy("page", "Title"), max_length=60)
    title_en = forms.CharField(label=gettext_lazy("English title"), max_length=80, required=False)
    body = _text(gettext_lazy("Text (a blank line begins a paragraph)"))
    body_en = _text(gettext_lazy("English text"))
    position = forms.IntegerField(label=gettext_lazy("Position"), min_value=0, max_value=999)
    shown = forms.BooleanField(label=gettext_lazy("Shown to residents"), required=False)


class NewPageForm(PageForm):
    """A page, with the address it gets."""

    slug = forms.SlugField(
        label=gettext_lazy("Address"),
        max_length=40,
        help_text=gettext_lazy("Small letters, digits and hyphens, such as heating-costs."),
    )
    field_order = ("slug",)

    def clean_slug(self) -> str:
        """Refuse an address that is taken."""
        slug: str = self.cleaned_data["slug"]
        if InfoPage.objects.filter(pk=slug).exists():
            raise forms.ValidationError(_("There is a page of this address already."))
        return slug


class TermsForm(forms.Form):
    """The rules of the residents' door."""

    is_open = forms.BooleanField(label=gettext_lazy("The residents' door is open"), required=False)
    reopening_days = forms.IntegerField(
        label=gettext_lazy("Days in which residents can ask for a reopening"),
        min_value=1,
        max_value=365,
    )
    decision_days = forms.IntegerField(
        label=gettext_lazy("Working days to decide on it"), min_value=1, max_value=30
    )
    most_in_ten_minutes = forms.IntegerField(
        label=gettext_lazy("Reports in ten minutes after which sending becomes harder for all"),
        min_value=10,
        max_value=100_000,
    )
    hours = forms.CharField(label=gettext_lazy("Opening hours"), max_length=120, required=False)
    hours_en = forms.CharField(
        label=gettext_lazy("Opening hours in English"), max_length=120, required=False
    )
    posting = forms.ChoiceField(
        label=gettext_lazy("Who may send reports over Open311"), choices=Posting.choices
    )


def administrator(request: HttpRequest) -> Actor:
    """Return the actor; raises :class:`NotPermitted` for all others."""
    actor = actor_of(request)
    if not may_keep_house(actor):
        raise NotPermitted(_("Only an administrator of the city can do this."))
    return actor


@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """Show and set the rules; list the pages and keys."""
    actor = administrator(request)
    terms = house.terms()
    initial = {name: getattr(terms, name) for name in TermsForm.base_fields}
    form = TermsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        set_terms(form.cleaned_data, actor=actor, at=timezone.now())
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("portal:rules"))
    return _rules_page(request, form)


def _rules_page(request: HttpRequest, form: TermsForm, **more: Any) -> HttpResponse:
    context = {
        "form": form,
        "pages": InfoPage.objects.all(),
        "keys": ClientKey.objects.order_by("-made_at"),
        **more,
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "portal/rules.html", context, status=status)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Write a page, or a new one."""
    actor = administrator(request)
    row = get_object_or_404(InfoPage, pk=slug) if slug else None
    names = list(PageForm.base_fields)
    initial = {n: getattr(row, n) for n in names} if row else {"shown": True, "position": 10}
    made: type[PageForm] = PageForm if row else NewPageForm
    form = made(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in names}
        edit_page(slug or form.cleaned_data["slug"], fields, actor=actor, at=timezone.now())
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("portal:rules"))
    context = {"form": form, "row": row}
    status = 422 if form.is_bound else 200
    return render(request, "portal/edit_page.html", context, status=status)


@require_POST
def new_key(request: HttpRequest) -> HttpResponse:
    """Make a key and show it once."""
    actor = administrator(request)
    name = request.POST.get("name", "").strip()[:60]
    if not name:
        messages.error(request, _("Say whose key it is."))
        return HttpResponseRedirect(reverse("portal:rules"))
    key = give_key(name, actor=actor, at=timezone.now())
    terms: Terms = house.terms()
    initial = {field: getattr(terms, field) for field in TermsForm.base_fields}
    return private(_rules_page(request, TermsForm(initial=initial), key=key))


@require_POST
def end_key(request: HttpRequest, key_id: UUID) -> HttpResponse:
    """Make a key worthless."""
    revoke_key(key_id, actor=administrator(request), at=timezone.now())
    messages.success(request, _("The key opens nothing any more."))
    return HttpResponseRedirect(reverse("portal:rules"))
