"""The devices' door: ``POST /devices/v1/<serial>/alarm|heartbeat|fault``.

A WSGI application of its own beside the pages: no session, no cookie, no template. An alarm must
come through while every page is slow.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any

import orjson
from django.db import DatabaseError, connection
from django.utils import timezone

from linli.alarms.actions.hear import Answer, hear
from linli.alarms.proof import MOST_BYTES, Message

type Environ = dict[str, Any]
type StartResponse = Callable[..., Any]

PREFIX = "/devices/v1/"
_TRIES = 2
_REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found"}
log = logging.getLogger(__name__)


def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Answer one message of a device in JSON."""
    answer = _answer(environ)
    body = orjson.dumps(answer.body)
    headers = [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
    ]
    if answer.status in (429, 503):
        headers.append(("Retry-After", "2"))
    start_response(f"{answer.status} {_REASONS.get(answer.status, 'Refused')}", headers)
    return [body]


def _answer(environ: Environ) -> Answer:
    if environ["REQUEST_METHOD"] != "POST":
        return Answer(405, {"refused": "method"})
    path = environ["PATH_INFO"]
    serial, _slash, word = path.removeprefix(PREFIX).partition("/")
    message = Message(
        word=word, serial=serial, method="POST", path=path,
        time=environ.get("HTTP_LINLI_TIME", ""), number=environ.get("HTTP_LINLI_NUMBER", ""),
        signature=environ.get("HTTP_LINLI_SIGNATURE", ""), body=_body(environ), source="http",
    )  # fmt: skip
    return _heard(message)


def _heard(message: Message) -> Answer:
    for attempt in range(_TRIES):
        try:
            return hear(message, at=timezone.now())
        except DatabaseError as error:
            # Its number makes it safe to say it again: on a connection that is alive.
            log.warning("a device's message was not taken: %s", type(error).__name__)
            if not connection.in_atomic_block:
                connection.close()
            if attempt == _TRIES - 1:
                break
    return Answer(503, {"refused": "try again"})


def _body(environ: Environ) -> bytes:
    try:
        length = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    # One byte more than allowed is enough to see that it is too long.
    found: bytes = environ["wsgi.input"].read(min(max(length, 0), MOST_BYTES + 1))
    return found
