"""One's own account: who I am here, leaves, API tokens."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.accounts.actions.cancel_leave import cancel_leave
from linli.accounts.actions.create_token import create_token
from linli.accounts.actions.plan_leave import plan_leave
from linli.accounts.actions.revoke_token import revoke_token
from linli.accounts.actor import actor_of
from linli.accounts.models import ApiToken, User
from linli.accounts.people import history_of
from linli.accounts.policy import may_plan_leave
from linli.accounts.queries import has_second_factor, standing_in_for, units_on
from linli.accounts.web.forms import LeaveForm, TokenForm, leaves_told
from linli.accounts.web.request import me, now
from linli.kernel.caching import private
from linli.kernel.errors import NotFound, Refused


def home(request: HttpRequest) -> HttpResponse:
    """Show the person's own account."""
    user, actor = me(request), actor_of(request)
    at, day = now()
    roles = [r for r in history_of(user) if r.starts <= day and (r.ends is None or r.ends >= day)]
    context = {
        "person": user,
        "current": roles,
        "second_factor": has_second_factor(user.pk),
        "leaves": leaves_told(user, day),
        "standing_in": standing_in_for(actor, day),
        "tokens": ApiToken.objects.filter(user=user.pk, revoked_at=None).order_by("-created_at"),
        "now": at,
    }
    return render(request, "accounts/me.html", context)


def new_token(request: HttpRequest) -> HttpResponse:
    """Make a token; its text is shown this once."""
    actor = actor_of(request)
    at, day = now()
    form = TokenForm(request.POST or None, actor=actor, user=me(request), day=day)
    if form.is_bound and form.is_valid():
        try:
            token, raw = create_token(actor=actor, at=at, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return private(
                render(request, "accounts/token_once.html", {"token": token, "raw": raw})
            )
    status = 422 if form.is_bound else 200
    return render(request, "accounts/token.html", {"form": form}, status=status)


@require_POST
def end_token(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """Revoke one of the person's own tokens."""
    at, _day = now()
    token = revoke_token(token_id, actor=actor_of(request), at=at)
    messages.success(request, _("“%(name)s” no longer works.") % {"name": token.name})
    return redirect("accounts:me")


def leave(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Plan a leave: one's own, or that of somebody of the director's unit."""
    actor = actor_of(request)
    at, day = now()
    user = User.objects.filter(pk=user_id).first()
    if user is None or not may_plan_leave(actor, user_id, units_on(user_id, day)):
        raise NotFound(_("There is no such person in your unit."))
    form = LeaveForm(request.POST or None, actor=actor, user=user, day=day)
    if form.is_bound and form.is_valid():
        try:
            plan_leave(user_id, actor=actor, at=at, **form.cleaned_data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The leave is planned."))
            return redirect("accounts:me" if user_id == actor.user_id else "/")
    status = 422 if form.is_bound else 200
    context = {"form": form, "person": user, "own": user_id == actor.user_id}
    return render(request, "accounts/leave.html", context, status=status)


@require_POST
def end_leave(request: HttpRequest, leave_id: UUID) -> HttpResponse:
    """Take a leave back."""
    at, _day = now()
    cancel_leave(leave_id, actor=actor_of(request), at=at)
    messages.success(request, _("The leave was taken back."))
    return redirect("accounts:me")
