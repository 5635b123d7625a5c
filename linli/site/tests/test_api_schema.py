"""A fuzzer sends what the API's own description allows, and what it forbids: never a 5xx."""

from collections.abc import Iterator
from functools import cache
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import one_of
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error

from linli.accounts.models import ApiToken
from linli.accounts.scope import acting
from linli.accounts.tokens import SCOPES, digest_of, new_token
from linli.cases.actions.assign import assign_case
from linli.cases.actions.parties import PartyData, add_party
from linli.cases.models import Case, Party
from linli.mediation.actions.offer import offer_mediation
from linli.mediation.actions.opening import Opening
from linli.mediation.models import Committee
from linli.site.api import api
from linli.site.wsgi import application
from tests.cast import LONGMENLI, TUESDAY, Cast, make_case, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Keep the test's transaction across requests, as Django's own test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def known() -> dict[str, str]:
    """Real ids for path parameters and a token that may do everything."""
    cast = make_cast()
    case = make_case(cast)
    raw = new_token()
    ApiToken.objects.create(
        user=cast.users["director"], name="fuzz", digest=digest_of(raw), scopes=list(SCOPES),
        expires_at="2030-01-01T00:00:00Z",
    )  # fmt: skip
    party = add_party(
        case.id, PartyData(role="applicant", name="张无名"), actor=cast.actor("clerk"), at=TUESDAY
    )
    assert Case.objects.count() == Party.objects.count() == 1
    return {
        "token": raw, "case_id": str(case.id), "party_id": str(party.id), "code": LONGMENLI,
        "mediation_id": str(begun(cast)),
    }  # fmt: skip


def begun(cast: Cast) -> UUID:
    """Return a mediation that the committee of the village's centre has offered."""
    unit = cast.posts[LONGMENLI]
    Committee.objects.create(
        unit=unit, kind="village", name="调委会", word="龙", seal_name="调委会"
    )
    case = make_case(cast, kind="dispute")
    with acting(cast.actor("clerk")):
        assign_case(case.id, unit=unit.id, actor=cast.actor("clerk"), at=TUESDAY)
    with acting(cast.actor("mediator")):
        opening = Opening(source="own")
        mediation = offer_mediation(case.id, opening, actor=cast.actor("mediator"), at=TUESDAY)
    return mediation.id


def operations() -> list[tuple[str, str]]:
    """Every operation the API describes."""
    paths = api.get_openapi_schema()["paths"]
    return [(path, method) for path, methods in paths.items() for method in methods]


@cache
def description() -> Any:
    """Read the API's own description, once: reading it takes as long as all requests to an operation."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.mark.parametrize(("path", "method"), operations())
def test_no_request_breaks_the_api(path: str, method: str, known: dict[str, str]) -> None:
    headers = {"Authorization": f"Bearer {known['token']}"}
    operation = description()[path][method]
    modes = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]

    @given(case=one_of(modes))
    @settings(
        max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    def send(case: Any) -> None:
        for name in set(case.path_parameters or {}) & set(known):
            case.path_parameters[name] = known[name]
        response = case.call(headers=headers)
        case.validate_response(response, checks=[not_a_server_error])

    send()
