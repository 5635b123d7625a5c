"""The base map's tiles, the page of its state, the search: who may, what comes, what it costs."""

import gzip
import math
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from linli.accounts.actor import SYSTEM
from linli.roads.actions.close_road import close_road
from linli.roads.actions.import_map import MADE_UP
from linli.roads.store import Version
from linli.roads.tests.conftest import Import
from linli.roads.tests.extracts import write
from linli.roads.web import data
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.users[name], backend="linli.accounts.backend.RoleBackend")
    return client


def address(version: Version, longitude: float, latitude: float, zoom: int = 14) -> str:
    size = 1 << zoom
    row = (1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2
    return (
        f"/roads/tiles/{version.name}/{zoom}/{int((longitude + 180) / 360 * size)}"
        f"/{int(row * size)}.mvt"
    )


def test_everybody_gets_a_tile_and_keeps_it(bring: Import) -> None:
    version = bring()
    path = address(version, 102.19, 38.5)
    got = Client().get(path)
    assert got.status_code == 200
    assert got["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert "龙门路".encode() in gzip.decompress(got.content)
    assert "immutable" in got["Cache-Control"]
    again = Client().get(path, headers={"If-None-Match": got["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_where_there_is_nothing_a_tile_is_empty(bring: Import, maps: object) -> None:
    version = bring()
    for path in (
        address(version, 10, 10),
        "/roads/tiles/20200101T000000-00000000/10/1/1.mvt",
        "/roads/tiles/current/10/1/1.mvt",
        f"/roads/tiles/{version.name}/20/1/1.mvt",
    ):
        empty = Client().get(path)
        assert empty.status_code == 204, path
        assert empty["Cache-Control"] == "no-store"
    for path in ("/roads/tiles/../10/1/1.mvt", "/roads/tiles/.lock/10/1/1.mvt"):
        assert Client().get(path).status_code in {302, 404}


def test_a_page_goes_on_with_the_map_it_began_with(bring: Import) -> None:
    before = bring()
    bring()
    assert Client().get(address(before, 102.19, 38.5)).status_code == 200
    bring()
    assert Client().get(address(before, 102.19, 38.5)).status_code == 204


def test_pages_say_which_map_there_is_and_whose(
    bring: Import, cast: Cast, tmp_path: object
) -> None:
    client = signed_in(cast, "administrator")
    assert "data-base-map" not in client.get("/roads/").text
    version = bring()
    page = client.get("/roads/").text
    assert f'data-base-map="/roads/tiles/{version.name}/"' in page
    assert 'data-base-credit="© OpenStreetMap contributors"' in page
    made_up = write(tmp_path / "m.osm.pbf", generator=MADE_UP)  # type: ignore[operator]
    bring(made_up)
    page = client.get("/roads/").text
    assert "data-base-made-up" in page
    assert "OpenStreetMap" not in page.split("<main")[0]


def test_the_state_is_for_administrators(bring: Import, cast: Cast) -> None:
    version = bring()
    now = timezone.now()
    close_road(
        reason="管道抢修", since=now, until=now + timedelta(hours=2), actor=SYSTEM, at=now,
        point=(102.185, 38.5),
    )  # fmt: skip
    page = signed_in(cast, "administrator").get("/roads/")
    assert page.status_code == 200
    for text in ("little.osm.pbf", version.name, "管道抢修", "linli map import"):
        assert text in page.text
    assert signed_in(cast, "clerk").get("/roads/").status_code == 403
    assert Client().get("/roads/").status_code == 302
    assert 'href="/roads/"' in page.text.split("<main")[0]
    assert 'href="/roads/"' not in signed_in(cast, "clerk").get("/areas/").text


def test_the_state_says_when_there_is_no_map(maps: object, cast: Cast) -> None:
    assert "linli map import" in signed_in(cast, "administrator").get("/roads/").text


def test_places_are_searched_by_whoever_works_here(bring: Import, cast: Cast) -> None:
    bring()
    client = signed_in(cast, "clerk")
    (found,) = client.get("/roads/places.json", {"words": "龙门"}).json()["places"]
    assert found["kind"] == "street"
    assert found["name"] == "龙门路"
    assert found["label"] in {"street", "道路"}
    assert found["town"] == ""
    near = {"words": "龙门", "lng": "102.2", "lat": "38.5"}
    assert client.get("/roads/places.json", near).json()["places"] == [found]
    assert found["longitude"] == pytest.approx(102.19, abs=0.02)
    for words in ("", "\0", "x" * 9_000, "没有"):
        assert client.get("/roads/places.json", {"words": words}).json() == {"places": []}


def test_residents_search_too_and_nobody_without_end(
    bring: Import, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring()
    monkeypatch.setattr(data, "AN_ADDRESS", 2)
    monkeypatch.setattr(data, "A_PERSON", 1)

    def search(client: Client, address: str = "192.0.2.1") -> int:
        asked = client.get("/roads/places.json", {"words": "龙门"}, REMOTE_ADDR=address)
        return asked.status_code

    assert [search(Client()) for _time in range(3)] == [200, 200, 429]
    assert search(Client(), "192.0.2.2") == 200
    clerk = signed_in(cast, "clerk")
    assert [search(clerk), search(clerk)] == [200, 429]
    assert search(signed_in(cast, "director")) == 200


def test_the_picker_searches_addresses_where_there_is_a_map(bring: Import, cast: Cast) -> None:
    client = signed_in(cast, "clerk")
    assert 'data-places=""' in client.get("/cases/new/").text
    bring()
    assert 'data-places="/roads/places.json"' in client.get("/cases/new/").text
