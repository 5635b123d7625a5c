"""The page of closed roads: found by name, chosen among several, refused beside the field."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.roads.models import Closure
from linli.roads.tests.conftest import Import
from linli.roads.tests.extracts import write
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db
TAGGED = [
    ((102.185, 38.5001), {"amenity": "school", "name": "龙门小学"}),
    ((102.195, 38.5001), {"amenity": "school", "name": "龙门中学"}),
]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.users[name], backend="linli.accounts.backend.RoleBackend")
    return client


def typed(**changed: Any) -> dict[str, Any]:
    now = timezone.localtime()
    given = {
        "shape": "龙门小学", "reason": "管道抢修", "modes": ["car", "bicycle"],
        "since": now.strftime("%Y-%m-%dT%H:%M"),
        "until": (now + timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M"),
    }  # fmt: skip
    return given | changed


def test_a_dispatcher_closes_a_road_by_a_name_and_opens_it_again(
    bring: Import, cast: Cast, tmp_path: Any
) -> None:
    bring(write(tmp_path / "named.osm.pbf", tagged=TAGGED))
    client = signed_in(cast, "city_dispatcher")
    assert client.get("/roads/closed/").status_code == 200
    done = client.post("/roads/closed/", typed())
    assert done.status_code == 302
    closure = Closure.objects.get()
    assert closure.modes == ["car", "bicycle"]
    assert closure.closed_by_id == cast.users["city_dispatcher"].pk
    assert "管道抢修" in client.get("/roads/closed/").text
    client.post(f"/roads/closed/{closure.pk}/reopen/")
    assert "管道抢修" not in client.get("/roads/closed/").text
    assert client.post(f"/roads/closed/{closure.pk}/reopen/").status_code == 302


def test_among_several_of_a_name_one_is_chosen(bring: Import, cast: Cast, tmp_path: Any) -> None:
    bring(write(tmp_path / "named.osm.pbf", tagged=TAGGED))
    client = signed_in(cast, "city_director")
    asked = client.post("/roads/closed/", typed(shape="龙门"))
    assert asked.status_code == 422
    assert "龙门中学" in asked.text
    chosen = [f.name for f in asked.context["form"].found].index("龙门中学")
    assert client.post("/roads/closed/", typed(shape="龙门", spot=str(chosen))).status_code == 302
    assert Closure.objects.get().shape["coordinates"][0][0][0] == pytest.approx(102.195, abs=1e-3)
    assert client.post("/roads/closed/", typed(shape="龙门", spot="99")).status_code == 422


@pytest.mark.parametrize(
    "changed",
    [
        {"shape": ""}, {"shape": "没有这条路"}, {"shape": "\0"}, {"reason": " "}, {"modes": []},
        {"modes": ["ship"]}, {"until": "2020-01-01T00:00"}, {"until": "soon"},
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(
    changed: dict[str, Any], bring: Import, cast: Cast, tmp_path: Any
) -> None:
    bring(write(tmp_path / "named.osm.pbf", tagged=TAGGED))
    answer = signed_in(cast, "city_dispatcher").post("/roads/closed/", typed(**changed))
    assert answer.status_code == 422
    assert set(changed) <= set(answer.context["form"].errors)
    assert not Closure.objects.exists()


def test_others_may_not_and_without_a_map_it_says_so(maps: Any, cast: Cast) -> None:
    assert signed_in(cast, "clerk").get("/roads/closed/").status_code == 403
    assert signed_in(cast, "clerk").post("/roads/closed/", typed()).status_code == 403
    page = signed_in(cast, "city_dispatcher").get("/roads/closed/")
    assert page.status_code == 200
    assert "<form" not in page.text.split('id="close"')[1].split("</section>")[0]
