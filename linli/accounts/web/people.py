"""The list of people, and making an account."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.accounts.actions.create_person import create_person
from linli.accounts.models import RoleKind
from linli.accounts.people import Filters, count, people
from linli.accounts.places import places
from linli.accounts.policy import may_set_rules
from linli.accounts.web.forms import CreatePersonForm, FilterForm
from linli.accounts.web.request import administrator, now
from linli.kernel.caching import private
from linli.kernel.errors import Refused


def home(request: HttpRequest) -> HttpResponse:
    """Show the people of the administrator's areas, by name."""
    actor = administrator(request)
    _at, day = now()
    form = FilterForm(request.GET)
    form.is_valid()
    given = {name: value for name, value in form.cleaned_data.items() if value}
    filters = Filters(**given)
    before, after = request.GET.get("before", ""), request.GET.get("after", "")
    context = {
        "form": form,
        "page": people(actor, filters, day, before=before, after=after),
        "total": count(actor, filters, day),
        "chips": _chips(request.GET, given),
        "may_set_rules": may_set_rules(actor),
    }
    return render(request, "accounts/people.html", context)


def _chips(query: QueryDict, given: dict[str, Any]) -> list[tuple[str, str]]:
    chips: list[tuple[str, str]] = []
    for name, value in given.items():
        if (name, value) == ("state", "active"):
            continue
        rest = query.copy()
        for gone in (name, "before", "after"):
            rest.pop(gone, None)
        chips.append((_chip(name, value), f"?{rest.urlencode()}"))
    return chips


def _chip(name: str, value: str) -> str:
    if name == "kind":
        return str(RoleKind(value).label)
    if name == "area":
        return places().area_names([value]).get(value) or value
    if name == "state":
        return _("closed accounts") if value == "closed" else _("all accounts")
    return value


def create(request: HttpRequest) -> HttpResponse:
    """Make an account; its one-time password is shown this once."""
    actor = administrator(request)
    at, day = now()
    form = CreatePersonForm(request.POST or None, actor=actor, user=None, day=day)
    if request.method == "POST" and form.is_valid():
        try:
            user, password = create_person(form.person(), form.role(), actor=actor, at=at)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return once(request, user.name, user.username, password, user.pk)
    status = 422 if form.is_bound else 200
    return render(request, "accounts/create.html", {"form": form}, status=status)


def once(
    request: HttpRequest, name: str, username: str, password: str, user_id: object
) -> HttpResponse:
    """Show a one-time password: on this page and never again."""
    context = {
        "name": name,
        "username": username,
        "password": password,
        "person_url": reverse("accounts:person", args=[user_id]),
    }
    return private(render(request, "accounts/password_once.html", context))


def units(request: HttpRequest) -> HttpResponse:
    """Answer with the field "works in" for the area chosen in a form."""
    actor = administrator(request)
    _at, day = now()
    form = CreatePersonForm(request.GET, actor=actor, user=None, day=day)
    form.errors.clear()
    return render(request, "accounts/unit_field.html", {"form": form})
