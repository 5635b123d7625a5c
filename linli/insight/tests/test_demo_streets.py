"""The demo's streets: the same on every machine, said to be made up, and leading everywhere."""

from itertools import batched
from pathlib import Path
from random import Random
from typing import Any

import pytest

from linli.areas.models import Area
from linli.insight.demo.places import places
from linli.insight.demo.streets import bring_streets, draw_streets, numeral
from linli.roads import store
from linli.roads.models import Place, PlaceKind
from linli.roads.modes import Mode
from linli.roads.queries import find_places, route, seconds_to
from tests.cast import TUESDAY


def test_numbers_are_written_as_streets_are_numbered() -> None:
    words = {1: "一", 9: "九", 10: "十", 11: "十一", 20: "二十", 31: "三十一"}
    assert {number: numeral(number) for number in words} == words


def test_they_are_drawn_the_same_each_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        draw_streets(tmp_path / f"{name}.osm.pbf")
    assert (tmp_path / "a.osm.pbf").read_bytes() == (tmp_path / "b.osm.pbf").read_bytes()


@pytest.mark.django_db
def test_every_village_of_the_demo_is_reached_from_the_town(tmp_path: Path, settings: Any) -> None:
    settings.LINLI_MAP = tmp_path / "map"
    assert bring_streets(TUESDAY, lambda step, done: None)
    version = store.current()
    assert version is not None
    assert version.made_up
    villages = [
        (place.longitude, place.latitude)
        for place in places(Random("places"))
        if len(place.code) == 12 and place.longitude is not None
    ]
    assert len(villages) > 150
    for some in batched(villages, 60, strict=False):
        for seconds in seconds_to((102.188, 38.520), some, Mode.CAR, TUESDAY):
            assert seconds is not None
            assert seconds < 2 * 3600
    names = Place.objects.exclude(kind=PlaceKind.PLACE).values_list("name", flat=True)
    assert all("示例" in name for name in names)
    (first, *_others) = find_places("示例三街")
    assert first.kind == PlaceKind.STREET
    way = route([(102.188, 38.520), (101.970, 38.248)], Mode.CAR, TUESDAY)
    assert 30_000 < way.metres < 80_000
    assert not Area.objects.exists()
    # A city that has a map of its own keeps it.
    assert not bring_streets(TUESDAY, lambda step, done: None)
    assert store.current() == version
