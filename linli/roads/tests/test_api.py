"""The API of roads: ways round what is closed, who may close, once for a key, and what it will not take."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.accounts.models import ApiToken
from linli.accounts.tokens import digest_of, new_token
from linli.roads.models import Closure
from linli.roads.tests.conftest import Import
from linli.roads.tests.extracts import POINTS
from linli.roads.tests.test_times import EAST
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db
BOTH = ("roads:read", "roads:write")
A, B, C, D = (list(POINTS[number]) for number in (1, 2, 3, 6))
HOUR = timedelta(hours=1)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


class Caller:
    """Whoever holds a token of a person of the cast."""

    def __init__(self, cast: Cast, name: str, *scopes: str) -> None:
        raw = new_token()
        ApiToken.objects.create(
            user=cast.users[name], name="测试", digest=digest_of(raw), scopes=list(scopes or BOTH),
            expires_at=timezone.now() + HOUR,
        )  # fmt: skip
        self.client = Client(headers={"Authorization": f"Bearer {raw}"})

    def get(self, path: str, **asked: Any) -> Any:
        return self.client.get(f"/api/v1/roads/{path}", asked)

    def post(self, path: str, body: Any, **headers: str) -> Any:
        where = f"/api/v1/roads/{path}"
        return self.client.post(where, body, content_type="application/json", headers=headers)


def closing(**changed: Any) -> dict[str, Any]:
    given = {"reason": "管道抢修", "point": [102.195, 38.5], "until": timezone.now() + HOUR}
    return given | changed


def test_ways_lead_round_what_the_dispatcher_closes_until_it_is_open_again(
    bring: Import, cast: Cast
) -> None:
    version = bring()
    clerk, dispatcher = Caller(cast, "clerk"), Caller(cast, "city_dispatcher")
    assert clerk.get("map").json() == {
        "version": version.name, "credit": "© OpenStreetMap contributors", "made_up": False,
    }  # fmt: skip
    asked = {"points": [A, D], "mode": "car"}
    straight = clerk.post("route", asked).json()
    assert straight["metres"] == pytest.approx(3 * EAST, rel=0.01)
    assert straight["line"]["coordinates"][0] == pytest.approx(A, abs=1e-4)
    assert straight["steps"][0]["road"] == "龙门路"
    (row,) = clerk.post("times", {"sources": [A], "targets": [B, D, [0, 0]]}).json()["seconds"]
    assert row[0] < row[1]
    assert row[2] is None

    made = dispatcher.post("closures", closing())
    assert made.status_code == 201
    assert clerk.post("route", asked).json()["metres"] > straight["metres"] + 2_000
    (later,) = clerk.post("times", {"sources": [A], "targets": [D]}).json()["seconds"]
    assert later[0] > row[1]
    (listed,) = clerk.get("closures").json()
    assert listed["id"] == made.json()["id"]
    assert (listed["reason"], listed["modes"]) == ("管道抢修", ["car", "bicycle", "foot"])

    opened = dispatcher.post(f"closures/{listed['id']}/reopen", {})
    assert opened.status_code == 200
    assert clerk.get("closures").json() == []
    assert clerk.post("route", asked).json()["metres"] == straight["metres"]
    assert dispatcher.post(f"closures/{listed['id']}/reopen", {}).status_code == 409


def test_how_far_one_gets_is_a_shape_for_each_time(bring: Import, cast: Cast) -> None:
    bring()
    asked = {"point": A, "minutes": [5, 2, 5], "mode": "foot", "towards": True}
    found = Caller(cast, "clerk").post("isochrones", asked).json()
    assert found["type"] == "FeatureCollection"
    assert [one["properties"]["minutes"] for one in found["features"]] == [2, 5]
    assert {one["geometry"]["type"] for one in found["features"]} == {"Polygon"}


def test_places_are_found_by_their_name(bring: Import, cast: Cast) -> None:
    bring()
    (found,) = Caller(cast, "clerk").get("places", words="龙门").json()
    assert (found["kind"], found["name"]) == ("street", "龙门路")
    assert found["point"] == pytest.approx([102.19, 38.5], abs=0.02)


def test_the_same_key_closes_once(cast: Cast) -> None:
    area = {"type": "Polygon", "coordinates": [[A, B, [102.19, 38.51], A]]}
    body = closing(point=None, area=area, modes=["car"])
    dispatcher = Caller(cast, "city_dispatcher")
    first, again = (dispatcher.post("closures", body, idempotency_key="k1") for _time in range(2))
    assert first.json() == again.json()
    assert Closure.objects.get().modes == ["car"]
    assert Closure.objects.get().closed_by_id == cast.users["city_dispatcher"].pk


def test_who_may_not_and_what_is_not_taken(maps: Any, cast: Cast) -> None:
    clerk, dispatcher = Caller(cast, "clerk"), Caller(cast, "city_dispatcher")
    assert clerk.post("closures", closing()).status_code == 403
    assert (
        Caller(cast, "city_dispatcher", "roads:read").post("closures", closing()).status_code == 403
    )
    assert Caller(cast, "clerk", "cases:read").get("closures").status_code == 403
    assert Client().get("/api/v1/roads/closures").status_code == 401
    no_map = clerk.post("route", {"points": [A, D]})
    assert (no_map.status_code, no_map.json()["type"]) == (409, "urn:linli:problem:no-map")
    for path, body in (
        ("route", {"points": [A]}),
        ("route", {"points": [A, [181, 0]]}),
        ("route", {"points": [A, D], "mode": "ship"}),
        ("times", {"sources": [A] * 11, "targets": [D] * 11}),
        ("isochrones", {"point": A, "minutes": [61]}),
        ("closures", closing(until="2026-03-10T10:00")),
        ("closures", closing(until="9999-12-31T23:59:59Z", point=None, area={"type": "Polygon"})),
        ("closures", closing(point=None)),
        ("closures", closing(extra=1)),
    ):
        refused = dispatcher.post(path, body)
        assert refused.status_code == 422, (path, body)
        assert refused.json()["fields"], path
    assert not Closure.objects.exists()
