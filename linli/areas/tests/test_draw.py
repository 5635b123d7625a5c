"""Boundaries and points from GeoJSON, and the commands."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from linli.accounts.actor import SYSTEM
from linli.areas.actions.draw_areas import draw_areas
from linli.areas.actions.import_areas import Unreadable
from linli.areas.cli import app
from linli.areas.coordinates import Datum, from_wgs84, to_gauss_krueger
from linli.areas.models import Area
from linli.audit.models import Entry
from tests.cast import BEIJING_ROAD, LONGMENLI, TUESDAY, make_areas

RING = [(102.18, 38.50), (102.20, 38.50), (102.20, 38.52), (102.18, 38.52), (102.18, 38.50)]
JINCHANG = Path(__file__).parents[2] / "insight/demo/data/jinchang-divisions.csv"


def feature(code: str | None, geometry: Any) -> dict[str, Any]:
    properties = {} if code is None else {"code": code}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def polygon(ring: list[tuple[float, float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[list(point) for point in ring]]}


def written(tmp_path: Path, *features: Any) -> Path:
    file = tmp_path / "areas.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return file


@pytest.mark.django_db
@pytest.mark.parametrize("datum", list(Datum))
def test_a_boundary_is_the_same_whatever_it_came_in(tmp_path: Path, datum: Datum) -> None:
    make_areas()
    ring = [from_wgs84(datum, *point) for point in RING]
    file = written(tmp_path, feature(BEIJING_ROAD, polygon(ring)))
    drawn = draw_areas(file, datum=datum, actor=SYSTEM, at=TUESDAY)
    assert (drawn.boundaries, drawn.points) == (1, 0)
    area = Area.objects.get(pk=BEIJING_ROAD)
    assert area.boundary is not None
    [outline] = area.boundary["coordinates"]
    assert {(round(x, 4), round(y, 4)) for x, y in outline} == set(RING)
    assert (area.longitude, area.latitude) == (pytest.approx(102.19), pytest.approx(38.51))
    assert Entry.objects.get().event == "areas.draw"


@pytest.mark.django_db
def test_metres_points_and_heights(tmp_path: Path) -> None:
    make_areas()
    easting, northing = to_gauss_krueger(102.19, 38.51)
    point = {"type": "Point", "coordinates": [easting, northing, 1500.0]}
    file = written(tmp_path, feature(LONGMENLI, point))
    assert draw_areas(file, datum=Datum.CGCS2000, actor=SYSTEM, at=TUESDAY).points == 1
    area = Area.objects.get(pk=LONGMENLI)
    assert (area.longitude, area.latitude) == (pytest.approx(102.19), pytest.approx(38.51))


@pytest.mark.django_db
def test_a_boundary_that_crosses_itself_is_mended(tmp_path: Path) -> None:
    make_areas()
    bow = [RING[0], RING[2], RING[1], RING[3], RING[0]]
    draw_areas(
        written(tmp_path, feature(LONGMENLI, polygon(bow))),
        datum=Datum.WGS84, actor=SYSTEM, at=TUESDAY,
    )  # fmt: skip
    boundary = Area.objects.get(pk=LONGMENLI).boundary
    assert boundary is not None
    assert boundary["type"] in ("Polygon", "MultiPolygon")


@pytest.mark.django_db
def test_bad_features_are_named_and_none_is_saved(tmp_path: Path) -> None:
    make_areas()
    file = written(
        tmp_path,
        feature(BEIJING_ROAD, polygon(RING)),
        feature(None, polygon(RING)),
        feature("620399", polygon(RING)),
        feature(LONGMENLI, {"type": "LineString", "coordinates": [[102, 38], [103, 38]]}),
        feature(LONGMENLI, {"type": "Point", "coordinates": [402, 38]}),
        feature(LONGMENLI, None),
        feature(LONGMENLI, {"type": "Polygon", "coordinates": [[[102, 38], [103, 38]]]}),
        feature(LONGMENLI, {"type": "Circle", "coordinates": []}),
        None,
    )
    with pytest.raises(Unreadable) as refusal:
        draw_areas(file, datum=Datum.WGS84, actor=SYSTEM, at=TUESDAY)
    assert sorted(fault.line for fault in refusal.value.faults) == [2, 3, 4, 5, 6, 7, 8, 9]
    assert not Area.objects.filter(boundary__isnull=False).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"features": 3}', '{"features": null}', "\ufeffx"]
)
def test_what_is_no_geojson(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable):
        draw_areas(file, datum=Datum.WGS84, actor=SYSTEM, at=TUESDAY)


@pytest.mark.django_db
def test_the_commands_say_in_json_what_they_did(tmp_path: Path) -> None:
    run = CliRunner()
    done = run.invoke(app, ["import", str(JINCHANG), "--json"])
    assert done.exit_code == 0
    told = json.loads(done.stdout.splitlines()[-1])
    assert (told["ok"], told["added"], told["unchanged"]) == (True, 204, 0)
    bad = tmp_path / "bad.csv"
    bad.write_text("code,name\n62030,五位数\n")
    failed = run.invoke(app, ["import", str(bad), "--json"])
    assert failed.exit_code == 1
    told = json.loads(failed.stdout.splitlines()[-1])
    assert told["ok"] is False
    assert [(error["file"], error["line"]) for error in told["errors"]] == [("bad.csv", 2)]
    file = written(tmp_path, feature(LONGMENLI, polygon(RING)))
    drawn = run.invoke(app, ["boundaries", str(file), "--datum", "gcj02", "--json"])
    assert json.loads(drawn.stdout.splitlines()[-1]) == {"ok": True, "boundaries": 1, "points": 0}
