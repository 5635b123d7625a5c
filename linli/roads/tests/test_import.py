"""Import: the whole of an extract or nothing of it, and the map in use until the new one is done."""

import fcntl
import json
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from linli.accounts.actor import SYSTEM, Actor, HeldRole
from linli.accounts.models import RoleKind
from linli.audit.models import Entry
from linli.kernel.errors import NotPermitted, Refused
from linli.roads import store
from linli.roads.actions import import_map as module
from linli.roads.actions.import_map import MADE_UP, Unreadable, import_map
from linli.roads.cli import app
from linli.roads.models import Place
from linli.roads.tests.conftest import Import
from linli.roads.tests.extracts import ANDORRA, POINTS, STREET, WAYS, needs_andorra, write
from tests.cast import CITY, TUESDAY

pytestmark = pytest.mark.django_db


@needs_andorra
def test_a_small_country_is_imported_in_one_step_within_twenty_seconds(bring: Import) -> None:
    began = time.monotonic()
    version = bring(ANDORRA, fresh=True)
    assert time.monotonic() - began < 20
    assert store.current() == version
    counts = version.manifest["counts"]
    assert counts["roads"] > 1_500
    assert counts["junctions"] > 2_000
    assert counts["buildings"] > 250
    assert Place.objects.filter(version=version.name).count() == counts["places"] > 500
    assert not version.made_up
    assert len(version.manifest["sha256"]) == 64
    west, south, east, north = version.box
    assert 1.2 < west < east < 1.9
    assert 42.4 < south < north < 42.7
    entry = Entry.objects.get(event="map.import")
    assert entry.object_id == version.name
    layers = _layers(version.directory / "base.mbtiles")
    assert {"road", "building", "place", "poi", "land", "water", "stream"} <= layers


def _layers(file: Path) -> set[str]:
    with sqlite3.connect(file) as tiles:
        (text,) = tiles.execute("SELECT value FROM metadata WHERE name = 'json'").fetchone()
    return {layer["id"] for layer in json.loads(text)["vector_layers"]}


def test_a_new_map_takes_the_place_of_the_old_one(bring: Import, maps: Path) -> None:
    first, second = bring(), bring()
    assert store.current() == second
    assert first.directory.exists(), "who is reading it may finish"
    assert set(Place.objects.values_list("version", flat=True)) == {first.name, second.name}
    third = bring()
    assert not first.directory.exists()
    kept = {second.name, third.name}
    assert set(Place.objects.values_list("version", flat=True)) == kept
    assert {p.name for p in maps.iterdir()} == kept | {"current", ".lock"}


@pytest.mark.parametrize(
    "harm", ["empty", "cut", "flipped", "junk", "no roads", "not a file of OSM"]
)
def test_a_damaged_extract_is_refused_and_the_old_map_stays(
    harm: str, bring: Import, maps: Path, tmp_path: Path
) -> None:
    before = bring()
    rows = list(Place.objects.order_by("id").values_list("id", flat=True))
    good = write(tmp_path / "good.osm.pbf").read_bytes()
    bad = tmp_path / "bad.osm.pbf"
    bad.write_bytes({
        "empty": b"",
        "cut": good[: len(good) // 2],
        "flipped": good[:150] + bytes(byte ^ 0x5A for byte in good[150:220]) + good[220:],
        "junk": b"\x7f\xff\xff\xff" + b"x" * 1000,
        "not a file of OSM": b"<html>404</html>",
        "no roads": b"",
    }[harm])  # fmt: skip
    if harm == "no roads":
        write(bad, ways=[((1, 2, 3), {"waterway": "river"})])
    with pytest.raises(Unreadable):
        bring(bad)
    assert store.current() == before
    assert list(Place.objects.order_by("id").values_list("id", flat=True)) == rows
    assert {p.name for p in maps.iterdir()} == {before.name, "current", ".lock"}


@pytest.mark.parametrize(
    "step", ["build_graph", "build_base_map", "build_routing", "copy_in", "record"]
)
def test_an_interrupted_import_leaves_nothing_half(
    step: str, bring: Import, maps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bring()
    rows = Place.objects.count()

    def stop(*_given: Any, **_named: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, step, stop)
        with pytest.raises(KeyboardInterrupt):
            bring(fresh=True)
    assert store.current() == before
    assert Place.objects.count() == rows
    assert {p.name for p in maps.iterdir()} == {before.name, "current", ".lock"}


def test_what_a_killed_import_left_is_swept_up_by_the_next(bring: Import, maps: Path) -> None:
    before = bring()
    (maps / ".draft-killed" / "graph").mkdir(parents=True)
    (maps / "99990101T000000-dead").mkdir()
    Place.objects.create(
        version="99990101T000000-dead", kind="place", name="x", longitude=0, latitude=0,
        folded="x", pairs=["x"],
    )  # fmt: skip
    after = bring()
    kept = {before.name, after.name}
    assert {p.name for p in maps.iterdir()} == kept | {"current", ".lock"}
    assert set(Place.objects.values_list("version", flat=True)) == kept


def test_two_imports_do_not_run_at_once(bring: Import, maps: Path) -> None:
    maps.mkdir()
    with (maps / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(Refused, match=r"right now|正在"):
            bring()
    assert bring() == store.current()


def test_only_the_server_imports(maps: Path, tmp_path: Path) -> None:
    administrator = Actor(None, "A", (HeldRole(RoleKind.ADMINISTRATOR, CITY, None),))
    with pytest.raises(NotPermitted):
        import_map(
            write(tmp_path / "little.osm.pbf"), actor=administrator, at=TUESDAY,
            tick=lambda step, done: None,
        )  # fmt: skip
    assert not maps.exists()


def test_names_are_chinese_where_there_is_one_and_do_no_harm(bring: Import, tmp_path: Path) -> None:
    hostile = {"amenity": "school", "name": "a\u202eb\x07<script>" + "长" * 240}
    tagged = [
        ((102.191, 38.501), {"amenity": "hospital", "name": "Hospital", "name:zh": "市医院"}),
        ((102.192, 38.501), {"addr:street": "龙门路", "addr:housenumber": "12"}),
        ((102.193, 38.501), hostile),
    ]
    bring(write(tmp_path / "named.osm.pbf", tagged=tagged))
    names = set(Place.objects.values_list("kind", "name"))
    assert {("poi", "市医院"), ("address", "龙门路12号"), ("street", "龙门路")} <= names
    (harmless,) = [name for _kind, name in names if "script" in name]
    assert harmless.startswith("a b <script>")
    assert len(harmless) == 120


def test_a_made_up_map_says_so(bring: Import, tmp_path: Path) -> None:
    assert bring(write(tmp_path / "m.osm.pbf", generator=MADE_UP)).made_up


def test_roads_that_are_cut_off_at_the_edge_stay_in_their_parts(
    bring: Import, tmp_path: Path
) -> None:
    points = {number: place for number, place in POINTS.items() if number != 4}
    version = bring(write(tmp_path / "cut.osm.pbf", ways=WAYS, points=points))
    assert version.manifest["counts"]["roads"] == 4


def test_the_command_imports_shows_and_explains(
    maps: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = CliRunner()
    assert run.invoke(app, ["show"]).exit_code == 1
    file = write(tmp_path / "little.osm.pbf", ways=[((1, 2), STREET)])
    done = run.invoke(app, ["import", str(file), "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["ok"]
    assert told["counts"]["roads"] == 1
    shown = run.invoke(app, ["show", "--json"])
    assert json.loads(shown.stdout)["version"] == told["version"]
    file.write_bytes(b"nothing")
    failed = run.invoke(app, ["import", str(file), "--json"])
    assert failed.exit_code == 1
    assert not json.loads(failed.stdout.splitlines()[-1])["ok"]
    assert SYSTEM.is_system
