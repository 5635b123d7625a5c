"""The door of incoming webhooks: another system posts a JSON object with its token."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from linli.accounts.lockout import address_of
from linli.accounts.scope import own_transactions
from linli.intake.actions.set_channel import digest_of
from linli.intake.actions.take_call import take_call
from linli.intake.channel_models import Source
from linli.intake.channels.body import MOST_BYTES, Unusable, flat
from linli.intake.queries.channels import hook_by
from linli.kernel.errors import Refused
from linli.kernel.problem import problem, problem_of
from linli.kernel.rate import take

WINDOW, MOST_CALLS, MOST_STRANGERS = 60, 300, 30


@csrf_exempt
@login_not_required
@own_transactions
@require_POST
def hook(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take one matter in; answers 201 with its number, 200 where it had come before.

    Errors are problems (RFC 9457): 401 token, 413 size, 415 type, 400 JSON, 422 fields, 429 rate.
    """
    source = _source(request, key)
    if isinstance(source, HttpResponse):
        return source
    if answer := _refused_body(request):
        return answer
    try:
        told = flat(request.body)
    except Unusable as wrong:
        return problem(400, wrong.code.replace("_", "-"), _unusable(wrong.code))
    idempotency_key = request.headers.get("Idempotency-Key", "")
    try:
        with translation.override(_language(request)):
            taken = take_call(source, told, request.body, key=idempotency_key, at=timezone.now())
    except Refused as refusal:
        return problem_of(refusal)
    told_back = {"id": str(taken.id), "number": taken.number}
    return JsonResponse(told_back, status=201 if taken.is_new else 200)


def _source(request: HttpRequest, key: UUID) -> Source | HttpResponse:
    scheme, _blank, token = request.headers.get("Authorization", "").partition(" ")
    found = hook_by(key, digest_of(token.strip())) if scheme.lower() == "bearer" else None
    now = timezone.now()
    if found is None:
        known = take("hook-stranger", address_of(request), now, most=MOST_STRANGERS, seconds=WINDOW)
        if not known:
            return _too_many()
        response = problem(401, "not-signed-in", _("A valid token is needed."))
        response["WWW-Authenticate"] = "Bearer"
        return response
    if not take("hook", str(found.pk), now, most=MOST_CALLS, seconds=WINDOW):
        return _too_many()
    return found


def _refused_body(request: HttpRequest) -> HttpResponse | None:
    if request.content_type != "application/json":
        return problem(415, "not-json", _("Send the body as application/json."))
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    if length > MOST_BYTES or len(request.body) > MOST_BYTES:
        return problem(413, "too-large", _("The body may have 256 KB at most."))
    return None


def _too_many() -> HttpResponse:
    response = problem(429, "too-many", _("Too many calls. Wait a minute."))
    response["Retry-After"] = str(WINDOW)
    return response


def _unusable(code: str) -> str:
    return {
        "not_json": _("The body is no JSON."),
        "no_object": _("The body must be one JSON object."),
        "too_many": _("The object has too many members."),
        "too_deep": _("The object is nested too deeply."),
    }[code]


def _language(request: HttpRequest) -> str:
    return translation.get_language_from_request(request)
