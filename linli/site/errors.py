"""What a person, or a program, is told when a request cannot be answered.

The pages are drawn without the shell: what failed may be the very thing the shell needs.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def _answer(request: HttpRequest, status: int, title: str, advice: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        problem = {"type": "about:blank", "title": title, "status": status, "detail": advice}
        return JsonResponse(problem, status=status, content_type="application/problem+json")
    page = render_to_string("site/error.html", {"status": status, "title": title, "advice": advice})
    return HttpResponse(page, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400: the request could not be understood."""
    advice = _("Go back, check what you entered and send it again.")
    return _answer(request, 400, _("The request could not be understood"), advice)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 with the reason, where a policy gave one."""
    reason = str(exception) if isinstance(exception, PermissionDenied) and exception.args else ""
    advice = reason or _("If your work needs it, ask an administrator of your centre for the role.")
    return _answer(request, 403, _("You may not see or do this"), advice)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form whose token is missing or old."""
    advice = _("The page was open too long. Go back, reload it and send the form again.")
    return _answer(request, 403, _("The form has expired"), advice)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404; also given for what lies outside the person's areas."""
    advice = _("It may have been moved, or it is outside your areas. Check the address or number.")
    return _answer(request, 404, _("There is nothing here"), advice)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer 500: our fault."""
    advice = _("Nothing was saved. Try again in a minute; if it stays, tell your administrator.")
    return _answer(request, 500, _("Something went wrong on our side"), advice)
