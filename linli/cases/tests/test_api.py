"""The API: the same actions, tokens with scopes, idempotency, problems, and a fuzzer's patience."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.accounts.models import ApiToken
from linli.accounts.tokens import digest_of, new_token
from linli.audit.models import Entry
from linli.cases.models import Case, Event
from tests.cast import LONGMENLI, OTHER_VILLAGE, TUESDAY, Cast, make_case, make_cast

pytestmark = pytest.mark.django_db
MATTER = {
    "kind": "dispute",
    "category": "neighbour",
    "title": "楼道堆物引发争执",
    "area": LONGMENLI,
    "channel": "window",
    "parties": [{"role": "applicant", "name": "张无名", "phone": "100-0000-1234"}],
}


def token_for(cast: Cast, name: str, *scopes: str, days: int = 30) -> str:
    raw = new_token()
    ApiToken.objects.create(
        user=cast.users[name], name="test", digest=digest_of(raw), scopes=list(scopes),
        expires_at=timezone.now() + timedelta(days=days),
    )  # fmt: skip
    return raw


class Caller:
    """A program with a token."""

    def __init__(self, token: str) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {token}"})

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1{path}", query)

    def post(self, path: str, body: Any, **headers: str) -> Any:
        return self.client.post(
            f"/api/v1{path}", body, content_type="application/json", headers=headers
        )


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def clerk(cast: Cast) -> Caller:
    return Caller(token_for(cast, "clerk", "cases:read", "cases:write", "areas:read"))


def test_what_a_registration_costs(clerk: Caller, django_assert_num_queries: Any) -> None:
    headers = {"Idempotency-Key": "first"}
    assert clerk.post("/cases", MATTER, **headers).status_code == 201
    # Who asks; the scope between two savepoints and its end; the key; the desk between two more;
    # and in one message the case with all that belongs to it and its entry of the log.
    with django_assert_num_queries(10):
        answer = clerk.post("/cases", MATTER, **{"Idempotency-Key": "second"})
    assert answer.status_code == 201
    assert not ProcrastinateJob.objects.exists(), "what follows is gathered from the log"


def test_a_case_is_worked_over_the_api(cast: Cast, clerk: Caller) -> None:
    created = clerk.post("/cases", MATTER)
    assert created.status_code == 201, created.content
    case = f"/cases/{created.json()['id']}"
    assert clerk.get(case).json()["verbs"][:2] == ["classify", "assign"]
    assert clerk.post(f"{case}/assign", {"version": 1}).json()["state"] == "assigned"
    mediator = Caller(token_for(cast, "mediator", "cases:read", "cases:write"))
    assert mediator.post(f"{case}/accept", {}).json()["state"] == "handling"
    assert mediator.post(f"{case}/resolve", {"note": "已和解"}).json()["state"] == "resolved"
    told = mediator.post(
        f"{case}/follow_up", {"way": "phone", "satisfaction": 5, "recurred": False}
    )
    assert told.status_code == 200, told.content
    assert mediator.post(f"{case}/close", {}).json()["state"] == "closed"
    rows = clerk.get(f"{case}/timeline").json()
    assert [row["verb"] for row in rows] == [
        "register", "assign", "accept", "resolve", "follow_up", "close",
    ]  # fmt: skip
    assert rows[3]["note"] == "已和解"
    assert Entry.objects.filter(object_id=created.json()["id"]).count() == 6
    assert clerk.get(case).json()["light"] == "green"


def test_parties_are_masked_until_somebody_says_why(clerk: Caller) -> None:
    case = clerk.post("/cases", MATTER).json()["id"]
    (party,) = clerk.get(f"/cases/{case}/parties").json()
    assert party["name"] == "张**"
    assert clerk.post(f"/parties/{party['id']}/reveal", {"reason": "x"}).status_code == 422
    shown = clerk.post(f"/parties/{party['id']}/reveal", {"reason": "联系当事人"}).json()
    assert shown["personal"]["phone"] == "100-0000-1234"
    assert Entry.objects.filter(event="case.reveal", object_id=case).exists()


def test_the_same_key_gives_the_same_case(clerk: Caller) -> None:
    first = clerk.post("/cases", MATTER, **{"Idempotency-Key": "a"})
    again = clerk.post("/cases", MATTER, **{"Idempotency-Key": "a"})
    assert (again.status_code, again.json()) == (201, first.json())
    assert Case.objects.count() == 1
    other = clerk.post("/cases", {**MATTER, "title": "另一件"}, **{"Idempotency-Key": "a"})
    assert other.status_code == 422
    assert other["Content-Type"] == "application/problem+json"


def test_a_refused_request_does_not_use_its_key_up(clerk: Caller) -> None:
    wrong = {**MATTER, "area": "620399999001"}
    assert clerk.post("/cases", wrong, **{"Idempotency-Key": "b"}).status_code == 422
    assert clerk.post("/cases", MATTER, **{"Idempotency-Key": "b"}).status_code == 201


def test_an_older_version_answers_with_what_happened(cast: Cast, clerk: Caller) -> None:
    case = make_case(cast)
    clerk.post(f"/cases/{case.id}/remind", {})
    late = clerk.post(f"/cases/{case.id}/assign", {"version": 1})
    assert late.status_code == 409
    assert late.json()["type"] == "urn:linli:problem:stale"
    assert "clerk" in late.json()["title"]
    assert Event.objects.filter(case=case).count() == 2


def test_each_refusal_is_a_problem(cast: Cast, clerk: Caller) -> None:
    case = make_case(cast)
    answers = {
        "not allowed": clerk.post(f"/cases/{case.id}/progress", {"note": "x"}),
        "no state": clerk.post(f"/cases/{case.id}/resolve", {"note": "x"}),
        "unknown member": clerk.post("/cases", {**MATTER, "colour": "red"}),
        "no body": clerk.post("/cases", None),
        "elsewhere": Caller(token_for(cast, "neighbour_clerk", "cases:read")).get(
            f"/cases/{case.id}"
        ),
        "no token": Caller("linli_nothing").get(f"/cases/{case.id}"),
        "no scope": Caller(token_for(cast, "clerk", "areas:read")).get(f"/cases/{case.id}"),
        "expired": Caller(token_for(cast, "clerk", "cases:read", days=-1)).get(f"/cases/{case.id}"),
    }
    statuses = {name: answer.status_code for name, answer in answers.items()}
    assert statuses == {
        "not allowed": 409, "no state": 409, "unknown member": 422, "no body": 422,
        "elsewhere": 404, "no token": 401, "no scope": 403, "expired": 401,
    }  # fmt: skip
    assert {a["Content-Type"] for a in answers.values()} == {"application/problem+json"}


def test_a_case_can_be_registered_for_a_place_beyond_ones_area(clerk: Caller) -> None:
    created = clerk.post("/cases", {**MATTER, "area": OTHER_VILLAGE}).json()["id"]
    assert clerk.get(f"/cases/{created}").status_code == 200
    assert clerk.post(f"/cases/{created}/assign", {}).status_code == 200
    # It went to another street: the desk that took it in no longer sees it.
    assert clerk.get(f"/cases/{created}").status_code == 404


def test_a_create_costs_few_queries(clerk: Caller, django_assert_max_num_queries: Any) -> None:
    clerk.post("/cases", MATTER)  # the policy and the calendar stay in the process
    with django_assert_max_num_queries(19):
        clerk.post("/cases", MATTER, **{"Idempotency-Key": "c"})


def test_areas_and_their_units(clerk: Caller) -> None:
    assert clerk.get(f"/areas/{LONGMENLI}").json()["parent"] == LONGMENLI[:9]
    assert clerk.get(f"/areas/{LONGMENLI}/units").json()[0]["kind"] == "centre"
    assert clerk.get("/areas/1").status_code == 422


def test_lists_filter_page_and_stay_within_the_scope(cast: Cast, clerk: Caller) -> None:
    made = [
        make_case(cast, title=f"楼道堆物{n}", at=TUESDAY + timedelta(hours=n)) for n in range(5)
    ]
    make_case(cast, by="neighbour_clerk", area=OTHER_VILLAGE)
    first = clerk.get("/cases", limit=3).json()
    assert [row["number"] for row in first["cases"]] == [case.number for case in made[:1:-1]]
    rest = clerk.get("/cases", limit=3, after=first["next"]).json()
    assert [row["number"] for row in rest["cases"]] == [case.number for case in made[1::-1]]
    assert rest["next"] is None
    assert len(clerk.get("/cases", words="堆物3").json()["cases"]) == 1
    assert len(clerk.get("/cases", state="open", area=LONGMENLI).json()["cases"]) == 5
    assert clerk.get("/cases", state="closed").json()["cases"] == []
    assert clerk.get("/cases", state="red").status_code == 422
    assert clerk.get("/cases", after="nonsense").status_code == 422


def test_a_list_costs_few_queries(
    cast: Cast, clerk: Caller, django_assert_max_num_queries: Any
) -> None:
    make_case(cast)
    with django_assert_max_num_queries(6):
        clerk.get("/cases")
