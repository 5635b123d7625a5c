"""The map's points: which, in which light, for whom, in how many queries."""

import json
from typing import Any

import pytest
from django.test import Client

from linli.accounts.scope import acting
from linli.cases.models import Case
from linli.cases.queries import points as reading
from linli.cases.queries.points import points
from linli.cases.queries.selection import Selection
from tests.cast import OTHER_VILLAGE, TUESDAY, Cast, make_case, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    make_case(cast, title="有点位", latitude=38.5200001234, longitude=102.17, high_risk=True)
    make_case(cast, title="无点位")
    make_case(cast, title="别处", area=OTHER_VILLAGE, by="neighbour_clerk", latitude=38.6,
              longitude=102.2)  # fmt: skip
    return cast


def signed_in(cast: Cast, name: str) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(cast.users[name], backend="linli.accounts.backend.RoleBackend")
    return client


def test_points_are_those_in_scope_with_light_number_and_id(cast: Cast) -> None:
    case = Case.objects.get(title="有点位")
    answer = signed_in(cast, "clerk").get("/map/points.json")
    assert answer["Content-Type"] == "application/json"
    assert answer.json() == {
        "points": [[102.17, 38.52, "red", case.number, str(case.id)]],
        "total": 1,
    }
    assert len(signed_in(cast, "county_clerk").get("/map/points.json").json()["points"]) == 2
    for nobody in ("officer", "auditor"):
        empty = {"points": [], "total": 0}
        assert signed_in(cast, nobody).get("/map/points.json").json() == empty


def test_points_follow_the_filters_open_ones_by_default(cast: Cast) -> None:
    Case.objects.filter(title="有点位").update(state="withdrawn", due_at=None, warn_at=None)
    client = signed_in(cast, "clerk")
    assert client.get("/map/points.json").json()["total"] == 0
    ended = client.get("/map/points.json?state=").json()["points"]
    assert [point[2] for point in ended] == ["none"]
    assert client.get("/map/points.json?state=ended&kind=hazard").json()["total"] == 0
    assert client.get("/map/points.json?state=&q=点位").json()["total"] == 1
    assert client.get("/map/points.json?since=x").status_code == 422


def test_too_many_points_are_cut_and_counted(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST", 1)
    actor = cast.actor("county_clerk")
    with acting(actor):
        told = json.loads(points(actor, Selection(), TUESDAY))
    assert (len(told["points"]), told["total"]) == (1, 2)


def test_points_cost_four_queries(cast: Cast, django_assert_max_num_queries: Any) -> None:
    client = signed_in(cast, "clerk")
    with django_assert_max_num_queries(4 + 3):
        client.get("/map/points.json")


def test_the_page_names_its_sources(cast: Cast) -> None:
    text = signed_in(cast, "clerk").get("/map/?kind=dispute").text
    assert "/map/points.json?state=open&amp;kind=dispute" in text
    everything = signed_in(cast, "clerk").get("/map/?state=").text
    assert "/map/points.json?&amp;state=" in everything
    assert 'data-island="map"' in text
    assert signed_in(cast, "clerk").get("/map/?since=x").status_code == 422
