"""Finding places: parts of names, addresses as people type them, and what comes first."""

from pathlib import Path

import pytest
from django.db import connection

from linli.roads.queries.places import find_places
from linli.roads.tests.conftest import Import
from linli.roads.tests.extracts import write

pytestmark = pytest.mark.django_db
TAGGED = [
    ((102.181, 38.501), {"amenity": "hospital", "name": "龙门医院"}),
    ((102.182, 38.501), {"addr:street": "龙门路", "addr:housenumber": "12号"}),
    ((102.183, 38.501), {"addr:street": "龙门路", "addr:housenumber": "112"}),
    ((102.184, 38.501), {"place": "village", "name": "上龙门村"}),
    ((102.185, 38.501), {"shop": "kiosk", "name": "Café ＡＢＣ"}),
]


@pytest.fixture
def _named(bring: Import, tmp_path: object) -> None:
    bring(write(tmp_path / "named.osm.pbf", tagged=TAGGED))  # type: ignore[operator]


def names(words: str) -> list[str]:
    return [found.name for found in find_places(words)]


@pytest.mark.usefixtures("_named")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("龙门", ["龙门路", "龙门医院", "龙门路12号", "龙门路112号", "上龙门村"]),
        ("龙门路 12", ["龙门路12号"]),
        ("龙门路１２号", ["龙门路12号"]),
        ("上", ["上龙门村"]),
        ("医院", ["龙门医院"]),
        ("caféabc", ["Café ＡＢＣ"]),
        ("门龙", []),
        ("%_", []),
        ("", []),
    ],
)
def test_what_is_typed_finds_what_is_meant(words: str, expected: list[str]) -> None:
    assert names(words) == expected


@pytest.mark.usefixtures("_named")
def test_a_found_place_says_what_and_where_it_is() -> None:
    (found,) = find_places("龙门医院")
    assert (found.kind, found.point) == ("poi", (102.181, 38.501))


def test_streets_of_one_name_are_told_apart_and_the_nearest_comes_first(
    bring: Import, tmp_path: Path
) -> None:
    towns = [((102.18, 38.50), {"place": "town", "name": "东镇"}),
             ((102.18, 38.70), {"place": "village", "name": "北村"}),
             ((102.18, 39.20), {"shop": "kiosk", "name": "小卖部"}),
             ((102.181, 38.50), {"shop": "kiosk", "name": "小卖部"}),
             ((102.181, 38.70), {"shop": "kiosk", "name": "小卖部"})]  # fmt: skip
    bring(write(tmp_path / "towns.osm.pbf", tagged=towns))
    for north, order in ((38.5, ["东镇", "北村", ""]), (38.8, ["北村", "东镇", ""])):
        found = find_places("小卖部", close_to=(102.2, north))
        assert [one.town for one in found] == order
    (town,) = find_places("东镇")
    assert town.town == "", "it is the settlement itself"


def test_only_the_map_in_use_is_searched(bring: Import, tmp_path: object) -> None:
    assert names("龙门") == []
    bring(write(tmp_path / "named.osm.pbf", tagged=TAGGED))  # type: ignore[operator]
    bring()
    assert names("龙门") == ["龙门路"]


@pytest.mark.usefixtures("_named")
def test_pairs_are_looked_up_in_their_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT 1 FROM roads_place WHERE pairs @> ARRAY['龙门']::varchar[]")
        assert "place_pairs" in str(cursor.fetchall())
