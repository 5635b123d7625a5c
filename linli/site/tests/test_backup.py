"""The map in a backup: taken along while it is small, named when it is not, put back into use."""

import json
import shutil
import tarfile
from pathlib import Path
from typing import Any

import pytest

from linli.roads import store
from linli.site import backup

pytestmark = pytest.mark.django_db
NAME = "20270101T000000-12345678"


@pytest.fixture
def a_map(tmp_path: Path, settings: Any) -> Path:
    """A map of a few bytes in use; returns the directory of maps."""
    settings.LINLI_MAP = root = tmp_path / "map"
    (root / NAME).mkdir(parents=True)
    told = {"version": NAME, "source": "region.osm.pbf", "bytes": 9, "sha256": "abcd", "counts": {}}
    (root / NAME / "manifest.json").write_text(json.dumps(told))
    (root / NAME / "base.mbtiles").write_bytes(bytes(5_000))
    (root / "current").symlink_to(NAME)
    return root


@pytest.fixture
def made(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Back up without a database; returns what is in the file, by name."""
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr(backup, "home", lambda: tmp_path)
    monkeypatch.setattr(backup, "_run", lambda *words: None)
    (tmp_path / "secrets.json").write_text("{}")

    def make(**asked: bool) -> tuple[backup.Done, set[str], Any]:
        file = tmp_path / "all.tar"
        done = backup.back_up(file, **asked)
        with tarfile.open(file) as tar:
            names = {name for name in tar.getnames() if name.startswith("map/")}
            manifest = tar.extractfile("manifest.json")
            assert manifest is not None
            return done, names, json.load(manifest)["map"]

    return make


def test_a_small_map_comes_along_and_a_large_one_is_named(
    a_map: Path, made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract = {"version": NAME, "source": "region.osm.pbf", "bytes": 9, "sha256": "abcd"}
    done, names, told = made()
    assert (done.without, told) == (None, extract)
    assert {f"map/{NAME}", f"map/{NAME}/base.mbtiles", f"map/{NAME}/manifest.json"} == names
    monkeypatch.setattr(backup, "LARGEST_MAP", 5_000)
    done, names, told = made()
    assert (done.without, names, told) == (store.current(), set(), extract)
    assert made(with_map=True)[1]
    assert not made(with_map=False)[1]


def test_where_there_is_no_map_none_is_named(a_map: Path, made: Any) -> None:
    shutil.rmtree(a_map)
    done, names, told = made(with_map=True)
    assert (done.without, names, told) == (None, set(), None)


def test_the_map_of_a_backup_is_put_into_use_in_place_of_a_newer_one(
    a_map: Path, tmp_path: Path
) -> None:
    used = {"version": NAME, "source": "region.osm.pbf", "bytes": 9, "sha256": "abcd"}
    kept = tmp_path / "work" / "map"
    kept.mkdir(parents=True)
    (a_map / NAME).rename(kept / NAME)
    newer = a_map / "20280101T000000-87654321"
    shutil.copytree(kept / NAME, newer)
    store.switch(store.Version(newer.name, newer, {}))
    assert backup.put_map(tmp_path / "nothing", used) == used, "it has to be imported again"
    assert (a_map / "current").readlink().name == newer.name
    assert backup.put_map(kept, used) is None
    assert (a_map / "current").readlink().name == NAME
    assert backup.put_map(tmp_path / "nothing", used) is None, "it is here already"
    assert backup.put_map(kept, None) is None
