"""Who gets in: everybody signs in first, then does what their account still owes."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from requests import RequestException

from linli.accounts.models import User
from linli.kernel.problem import problem

API = "/api/"
# Open to somebody who has not done their duty yet: the duty itself, and the way out.
MEANWHILE = frozenset(
    {
        "account_change_password",
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_download_recovery_codes",
        "mfa_reauthenticate",
        "mfa_view_recovery_codes",
        "set_language",
        "healthz",
    }
)


class SignInMiddleware(LoginRequiredMiddleware):
    """Leads everybody who is not signed in to the sign-in page and back to where they were.

    The API answers for itself, since it takes tokens. A request of htmx follows the redirection as
    any other; the page's script sees where it ended and goes there.
    """

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Let the request pass or redirect it."""
        if request.path.startswith(API):
            return None
        return super().process_view(request, view, args, kwargs)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say so when the identity provider can't be reached; allauth lets that through."""
        if isinstance(error, RequestException):
            return render(request, "socialaccount/authentication_error.html", status=503)
        return None

    def handle_no_permission(
        self, request: HttpRequest, view: Callable[..., Any]
    ) -> HttpResponseRedirect:
        """Redirect to sign-in; what a form would have sent is come back to by its page."""
        path = request.get_full_path()
        if request.method not in ("GET", "HEAD"):
            path = _page_before(request)
        return redirect_to_login(path, resolve_url(self.get_login_url(view)))


class DutiesMiddleware:
    """Before anything else: a password of one's own, and the second factor a role asks for.

    Both are known from the statement that loads the user, so a rule that is added today holds from
    the next request on, and costs no query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Lead the person to what is due, or let the request pass."""
        user = request.user
        if not isinstance(user, User):
            return None
        if user.must_change_password and user.has_usable_password():
            due = "account_change_password"
        elif user.lacks_second_factor:
            due = "mfa_activate_totp"
        else:
            return None
        match = request.resolver_match
        if match is not None and match.view_name in MEANWHILE:
            return None
        if request.path.startswith(API):
            hint = _("Sign in on the pages once and do what is asked there.")
            return problem(403, "duty", _("Your account is not ready yet."), hint=hint)
        target = reverse(due)
        if request.method == "GET":
            target += "?" + urlencode({"next": request.get_full_path()})
        return redirect(target)


def _page_before(request: HttpRequest) -> str:
    """Return the path of the page a form stood on, or the start page."""
    parts = urlsplit(request.META.get("HTTP_REFERER", ""))
    same = url_has_allowed_host_and_scheme(parts.geturl(), {request.get_host()})
    if not same or not parts.path:
        return str(settings.LOGIN_REDIRECT_URL)
    return f"{parts.path}?{parts.query}" if parts.query else str(parts.path)
