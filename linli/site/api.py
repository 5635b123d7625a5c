"""The API under ``/api/v1/``: each app's routers, one door, problem details for every refusal."""

import logging
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.utils import DataError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from linli.accounts.gate import SessionAuth, TokenAuth
from linli.alarms.api import router as alarms
from linli.alike.api import router as alike
from linli.areas.api import router as areas
from linli.cameras.api import router as cameras
from linli.cases.api import router as cases
from linli.dispatch.api import router as dispatch
from linli.exchange.api import router as exchange
from linli.insight.api import router as insight
from linli.kernel.errors import Refused
from linli.kernel.problem import problem, problem_of
from linli.legal.api import router as legal
from linli.mediation.api import router as mediation
from linli.missing.api import router as searches
from linli.notices.api import router as notices
from linli.patrol.api import router as patrol
from linli.premises.api import router as premises
from linli.reading.api import router as reading
from linli.roads.api import router as roads
from linli.routing.api import router as routing

log = logging.getLogger(__name__)

api = NinjaAPI(
    title="Linli 邻里",
    version="1",
    description=(
        "The same actions as the pages. Sign in with a bearer token (made on your own page) or a"
        " session. Creating requests take an `Idempotency-Key`; asked again with the same key, the"
        " first result is given. Refusals are `application/problem+json`."
    ),
    urls_namespace="api",
    auth=[TokenAuth(), SessionAuth()],
    docs_url=None,
)
for router in (
    alarms, alike, areas, cameras, cases, dispatch, insight, exchange, legal, mediation, premises,
    patrol, reading, roads, routing, searches, notices,
):  # fmt: skip
    api.add_router("", router)


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Tell why an action refused."""
    return problem_of(refusal)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Name each member that can't be taken."""
    fields = {".".join(str(part) for part in e["loc"][1:]): e["msg"] for e in error.errors}
    return problem(422, "invalid", _("Some values can't be taken."), fields=fields)


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Ask for a token."""
    response = problem(401, "not-signed-in", _("A valid token is needed."))
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """Say that nothing is here."""
    return problem(404, "not-found", _("There is nothing here."))


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer a body that can't be read, or a missing CSRF token."""
    return problem(error.status_code, "bad-request", str(error))


@api.exception_handler(DataError)
def out_of_range(request: HttpRequest, error: DataError) -> HttpResponse:
    """A value PostgreSQL can't hold is the caller's."""
    log.info("value refused by the database", exc_info=error)
    return problem(422, "invalid", _("Some values can't be taken."))


@api.exception_handler(OperationalError)
def no_database(request: HttpRequest, error: OperationalError) -> HttpResponse:
    """The database is away for a moment; the same request with its key can be sent again."""
    log.warning("no database", exc_info=error)
    response = problem(503, "try-again", _("Not available for a moment. Please try again."))
    response["Retry-After"] = "5"
    return response


def urls() -> Any:
    """Return the API's addresses, open to whoever has a token: the door is the API's own."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        pattern.callback = login_not_required(pattern.callback)  # type: ignore[type-var]
    return patterns, app_name, namespace
