"""Problem details for HTTP APIs (RFC 9457)."""

from collections.abc import Mapping
from typing import Any

import orjson
from django.http import HttpResponse

from linli.kernel.errors import Invalid, Refused, Text

CONTENT_TYPE = "application/problem+json"


def problem(
    status: int,
    code: str,
    title: Text,
    *,
    hint: Text = "",
    fields: Mapping[str, Text] | None = None,
) -> HttpResponse:
    """Return a problem: what went wrong, in the caller's language, and what to do next."""
    body: dict[str, Any] = {
        "type": f"urn:linli:problem:{code}",
        "title": str(title),
        "status": status,
    }
    if hint:
        body["detail"] = str(hint)
    if fields:
        body["fields"] = {name: str(text) for name, text in fields.items()}
    return HttpResponse(orjson.dumps(body), content_type=CONTENT_TYPE, status=status)


def problem_of(refusal: Refused) -> HttpResponse:
    """Return the problem that says why an action refused."""
    fields = refusal.fields if isinstance(refusal, Invalid) else None
    return problem(refusal.status, refusal.code, refusal.reason, hint=refusal.hint, fields=fields)
