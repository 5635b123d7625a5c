"""Viewing over the API: the rules of the pages, refusals kept, and no stream without a grant."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from linli.accounts.models import ApiToken
from linli.accounts.tokens import digest_of, new_token
from linli.cameras.models import Grant, Hold, Refusal
from linli.cameras.tests.builders import FAR_OFF, Street
from linli.cameras.tests.watching import REASON, make_incident, make_trained, watch
from tests.cast import TUESDAY

HOUR = timedelta(hours=1)
JSON = {"content_type": "application/json"}


@pytest.fixture
def trained(street: Street) -> Street:
    for name in ("dispatcher", "director", "neighbour_dispatcher"):
        make_trained(street.cast.users[name])
    return street


def page(street: Street, name: str = "dispatcher") -> Client:
    client = Client()
    client.force_login(street.cast.users[name])
    return client


def wish(street: Street, about: Any, **fields: Any) -> dict[str, Any]:
    return {
        "case": str(about.id), "cameras": [str(street.ours.id)], "purpose": "rescue",
        "reason": REASON, **fields,
    }  # fmt: skip


def recorded(**fields: Any) -> dict[str, Any]:
    return {
        "mode": "recorded", "starts": (TUESDAY - HOUR).isoformat(), "ends": TUESDAY.isoformat(),
        **fields,
    }  # fmt: skip


def test_live_video_is_asked_for_once_and_only_its_viewer_is_told_where_it_is(
    trained: Street,
) -> None:
    case, client = make_incident(trained), page(trained)
    send: dict[str, Any] = {**JSON, "headers": {"Idempotency-Key": "k1"}}
    made = client.post("/api/v1/cameras/grants", wish(trained, case), **send)
    assert made.status_code == 201
    again = client.post("/api/v1/cameras/grants", wish(trained, case), **send)
    assert again.json()["id"] == made.json()["id"]
    (stream,) = made.json()["streams"]
    assert stream["playlist"] == f"/cameras/view/{made.json()['id']}/{trained.ours.id}/live.m3u8"
    address = f"/api/v1/cameras/grants/{made.json()['id']}"
    assert page(trained, "director").get(address).json()["streams"] == []
    assert page(trained, "neighbour_dispatcher").get(address).status_code == 404
    assert [one["id"] for one in client.get("/api/v1/cameras/grants").json()["grants"]] == [
        made.json()["id"]
    ]
    ended = client.post(f"{address}/end").json()
    assert (ended["ended_why"], ended["streams"]) == ("viewer", [])


def test_recordings_wait_for_a_second_person_and_have_no_stream_before(trained: Street) -> None:
    case, client, second = make_incident(trained), page(trained), page(trained, "director")
    made = client.post("/api/v1/cameras/grants", wish(trained, case, **recorded()), **JSON).json()  # type: ignore[arg-type]
    assert (made["valid_from"], made["streams"]) == (None, [])
    address = f"/api/v1/cameras/grants/{made['id']}"
    assert client.post(f"{address}/consent").status_code == 403
    assert Refusal.objects.get().cause == "same_person"
    listed = second.get("/api/v1/cameras/grants/waiting").json()["grants"]
    assert [one["id"] for one in listed] == [made["id"]]
    assert second.post(f"{address}/consent").json()["streams"] == []
    assert second.post(f"{address}/decline").status_code == 409
    assert client.get(address).json()["streams"][0]["playlist"].endswith("recorded.m3u8")


def test_what_is_refused_is_kept_for_each_cause(trained: Street) -> None:
    case = make_incident(trained)
    asked: list[tuple[str, dict[str, Any], int, str]] = [
        ("dispatcher", wish(trained, case, case=str(uuid4())), 403, "no_case"),
        ("neighbour_dispatcher", wish(trained, case), 403, "no_case"),
        ("clerk", wish(trained, case), 403, "no_role"),
        ("dispatcher", wish(trained, case, cameras=[str(trained.theirs.id)]), 403, "other_place"),
    ]
    for name, body, status, cause in asked:
        told = page(trained, name).post("/api/v1/cameras/grants", body, **JSON)  # type: ignore[arg-type]
        assert (told.status_code, told.json()["type"]) == (
            status,
            "urn:linli:problem:video-refused",
        )
        assert Refusal.objects.order_by("-id")[0].cause == cause
    assert not Grant.objects.exists()
    for body in (
        wish(trained, case, reason=" "),
        wish(trained, case, purpose="curiosity"),
        wish(trained, case, cameras=[]),
        wish(trained, case, mode="recorded"),
        wish(trained, case, beyond=1),
    ):
        assert page(trained).post("/api/v1/cameras/grants", body, **JSON).status_code == 422  # type: ignore[arg-type]
    assert Refusal.objects.count() == len(asked)


def program(street: Street, *scopes: str) -> Client:
    """Return a program with a token of the dispatcher."""
    raw = new_token()
    ApiToken.objects.create(
        user=street.cast.users["dispatcher"], name="test", digest=digest_of(raw),
        scopes=list(scopes), expires_at=FAR_OFF,
    )  # fmt: skip
    return Client(headers={"Authorization": f"Bearer {raw}"})


def test_a_program_is_refused_alike_and_its_segments_are_shut(trained: Street) -> None:
    case = make_incident(trained)
    body = wish(trained, case, case=str(uuid4()))
    reading, asking = program(trained, "video:read"), program(trained, "video:write")
    assert reading.post("/api/v1/cameras/grants", body, **JSON).status_code == 403  # type: ignore[arg-type]
    assert not Refusal.objects.exists(), "the token may not ask at all"
    assert asking.post("/api/v1/cameras/grants", body, **JSON).status_code == 403  # type: ignore[arg-type]
    assert Refusal.objects.get().cause == "no_case"
    made = asking.post("/api/v1/cameras/grants", wish(trained, case), **JSON).json()  # type: ignore[arg-type]
    assert asking.get(made["streams"][0]["playlist"]).status_code == 401


def test_the_log_and_the_refusals_stay_within_the_scope(trained: Street) -> None:
    case = make_incident(trained)
    watch(trained, case)
    page(trained).post("/api/v1/cameras/grants", wish(trained, case, case=str(uuid4())), **JSON)  # type: ignore[arg-type]
    for name, count in (("dispatcher", 1), ("director", 1), ("neighbour_dispatcher", 0)):
        client = page(trained, name)
        assert len(client.get("/api/v1/cameras/looks?limit=1").json()["grants"]) == count
        assert len(client.get("/api/v1/cameras/refusals").json()["refusals"]) == count
    assert page(trained, "clerk").get("/api/v1/cameras/looks").status_code == 403


def test_the_log_goes_on_with_what_happened_in_the_same_moment(trained: Street) -> None:
    case, client = make_incident(trained), page(trained)
    looks = {str(watch(trained, case).id), str(watch(trained, case).id)}
    wrong = wish(trained, case, case=str(uuid4()))
    with time_machine.travel(TUESDAY, tick=False):
        for _ in range(2):
            client.post("/api/v1/cameras/grants", wrong, **JSON)  # type: ignore[arg-type]
    refused = {str(one.id) for one in Refusal.objects.all()}
    for what, name, ids in (("looks", "grants", looks), ("refusals", "refusals", refused)):
        seen: set[str] = set()
        after = ""
        for _ in range(2):
            told = client.get(f"/api/v1/cameras/{what}", {"limit": 1, "after": after}).json()
            seen |= {one["id"] for one in told[name]}
            after = told["next"]
        assert (seen, after) == (ids, None)


def test_footage_is_recorded_and_held(trained: Street) -> None:
    case, client = make_incident(trained), page(trained)
    address = f"/api/v1/cameras/{trained.ours.id}"
    assert client.post(f"{address}/recording", {"on": True}, **JSON).status_code == 403  # type: ignore[arg-type]
    director = page(trained, "director")
    short = director.post(f"{address}/recording", {"on": True, "days": 7}, **JSON)  # type: ignore[arg-type]
    assert short.json()["fields"]["days"]
    assert director.post(f"{address}/recording", {"on": True}, **JSON).json()["days"] == 30  # type: ignore[arg-type]
    body = {
        "case": str(case.id), "starts": (TUESDAY - HOUR).isoformat(), "ends": TUESDAY.isoformat(),
        "until": date(2026, 6, 1).isoformat(), "reason": "取证",
    }  # fmt: skip
    made = client.post(f"{address}/holds", body, **JSON)  # type: ignore[arg-type]
    assert made.status_code == 201
    assert len(client.get(f"{address}/footage").json()["holds"]) == 1
    late = client.post(f"{address}/holds", body | {"ends": body["starts"]}, **JSON)  # type: ignore[arg-type]
    assert late.json()["fields"]["ends"]
    lifted = client.post(f"/api/v1/cameras/holds/{made.json()['id']}/lift")
    assert lifted.json()["lifted_at"]
    assert Hold.objects.get().lifted_at
