"""A person's page, and every verb about them: one table of verbs, one view."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.accounts.actions.deactivate import deactivate_person
from linli.accounts.actions.end_role import end_role
from linli.accounts.actions.grant_role import grant_role
from linli.accounts.actions.reactivate import reactivate_person
from linli.accounts.actions.reset_password import reset_password
from linli.accounts.actions.reset_second_factor import reset_second_factor
from linli.accounts.actions.unlock import unlock_person
from linli.accounts.actor import Actor
from linli.accounts.history import account_history
from linli.accounts.models import User
from linli.accounts.people import RoleLine, history_of, is_locked_out
from linli.accounts.policy import may_administer, may_administer_person, people_of
from linli.accounts.queries import has_second_factor, must_use_second_factor
from linli.accounts.web import forms
from linli.accounts.web.people import once
from linli.accounts.web.request import administrator, now
from linli.kernel.errors import NotFound, Refused

type Words = str | Promise


@dataclass(frozen=True, slots=True)
class Verb:
    """How a verb is done on a page. ``act`` returns a one-time password, or nothing."""

    title: Words
    lead: Words
    done: Words
    form: type[forms.ActionForm]
    act: Callable[[User, forms.ActionForm, Actor, datetime], str | None]
    danger: bool = False


def _grant(user: User, form: forms.ActionForm, actor: Actor, at: datetime) -> None:
    role = cast("forms.GrantRoleForm", form).role()
    grant_role(user.pk, role, actor=actor, at=at)


def _deactivate(user: User, form: forms.ActionForm, actor: Actor, at: datetime) -> None:
    deactivate_person(user.pk, actor=actor, at=at, **form.cleaned_data)


def _reactivate(user: User, form: forms.ActionForm, actor: Actor, at: datetime) -> str:
    return reactivate_person(user.pk, actor=actor, at=at)[1]


def _reset_password(user: User, form: forms.ActionForm, actor: Actor, at: datetime) -> str:
    return reset_password(user.pk, actor=actor, at=at)[1]


def _unlock(user: User, form: forms.ActionForm, actor: Actor, at: datetime) -> None:
    unlock_person(user.pk, actor=actor, at=at)


def _reset_second_factor(user: User, form: forms.ActionForm, actor: Actor, at: datetime) -> None:
    reset_second_factor(user.pk, actor=actor, at=at, **form.cleaned_data)


VERBS: dict[str, Verb] = {
    "grant_role": Verb(
        gettext_lazy("Grant a role"),
        gettext_lazy("A person can hold several roles, in several areas."),
        gettext_lazy("The role was granted."),
        forms.GrantRoleForm,
        _grant,
    ),
    "reset_password": Verb(
        gettext_lazy("Reset the password"),
        gettext_lazy("The old password stops working and open sessions end."),
        "",
        forms.ConfirmForm,
        _reset_password,
    ),
    "unlock": Verb(
        gettext_lazy("Unlock"),
        gettext_lazy("After wrong passwords: the person can try again at once."),
        gettext_lazy("The account is unlocked."),
        forms.ConfirmForm,
        _unlock,
    ),
    "reset_second_factor": Verb(
        gettext_lazy("Reset the second factor"),
        gettext_lazy("Make sure who is asking: after this, a password alone is enough to sign in."),
        gettext_lazy("The second factor was removed."),
        forms.ReasonForm,
        _reset_second_factor,
        danger=True,
    ),
    "deactivate": Verb(
        gettext_lazy("Close the account"),
        gettext_lazy("For somebody who leaves: sessions and API tokens end, roles end today."),
        gettext_lazy("The account is closed; open cases were handed on."),
        forms.DeactivateForm,
        _deactivate,
        danger=True,
    ),
    "reactivate": Verb(
        gettext_lazy("Open the account again"),
        gettext_lazy("For somebody who comes back. Roles are granted anew."),
        "",
        forms.ConfirmForm,
        _reactivate,
    ),
}


def person(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Show a person: account, roles with their history, what was done to the account."""
    actor = administrator(request)
    _at, day = now()
    user = _find(user_id, actor)
    roles = history_of(user)
    changeable = may_administer_person(actor, user, day)
    context = {
        "person": user,
        "current": [r for r in roles if r.starts <= day and (r.ends is None or r.ends >= day)],
        "coming": [r for r in roles if r.starts > day],
        "past": [r for r in roles if r.ends is not None and r.ends < day],
        "may_change": changeable,
        "endable": {r.id for r in roles if changeable and may_administer(actor, r.area)},
        "locked_out": is_locked_out(user),
        "second_factor": has_second_factor(user.pk),
        "second_factor_due": must_use_second_factor(user.pk, day),
        "history": account_history(user, [r.id for r in roles]),
        "leaves": forms.leaves_told(user, day),
        "trail": [(reverse("accounts:people"), _("People"))],
    }
    return render(request, "accounts/person.html", context)


def verb(request: HttpRequest, user_id: UUID, verb: str) -> HttpResponse:
    """Ask before a verb, do it, and go back to the person."""
    actor = administrator(request)
    at, day = now()
    user = _find(user_id, actor)
    page = VERBS.get(verb)
    if page is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = page.form(data, actor=actor, user=user, day=day)
    if form.is_bound and form.is_valid():
        try:
            password = page.act(user, form, actor, at)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            if password:
                return once(request, user.name, user.username, password, user.pk)
            messages.success(request, str(page.done))
            return redirect("accounts:person", user.pk)
    return _asked(request, user, form, title=page.title, lead=page.lead, danger=page.danger)


def finish_role(request: HttpRequest, user_id: UUID, role_id: UUID) -> HttpResponse:
    """Ask for a role's last day and end it."""
    actor = administrator(request)
    at, day = now()
    user = _find(user_id, actor)
    role = _role(user, role_id)
    data = request.POST if request.method == "POST" else None
    form = forms.EndRoleForm(data, actor=actor, user=user, day=day, role=role)
    if form.is_bound and form.is_valid():
        try:
            end_role(role.id, actor=actor, at=at, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The role ends with that day."))
            return redirect("accounts:person", user.pk)
    title = _("End the role: %(role)s, %(place)s") % {"role": role.label, "place": role.place}
    return _asked(request, user, form, title=title, danger=True)


def _asked(
    request: HttpRequest,
    user: User,
    form: forms.ActionForm,
    *,
    title: Words,
    lead: Words = "",
    danger: bool,
) -> HttpResponse:
    context = {
        "person": user,
        "form": form,
        "title": title,
        "lead": lead,
        "danger": danger,
        "is_role": isinstance(form, forms.RoleFields),
        "asks_successor": "successor" in form.fields,
        "person_url": reverse("accounts:person", args=[user.pk]),
        "trail": [
            (reverse("accounts:people"), _("People")),
            (reverse("accounts:person", args=[user.pk]), user.name),
        ],
    }
    status = 422 if form.is_bound else 200
    return render(request, "accounts/verb.html", context, status=status)


def _find(user_id: UUID, actor: Actor) -> User:
    user = User.objects.filter(people_of(actor), pk=user_id).first()
    if user is None:
        raise NotFound(_("There is no such person in your areas."))
    return user


def _role(user: User, role_id: UUID) -> RoleLine:
    for role in history_of(user):
        if role.id == role_id:
            return role
    raise NotFound(_("There is no such role."))
