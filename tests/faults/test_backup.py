"""A backup taken while Linli runs brings everything back, and destroys nothing by itself."""

import json
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from linli.site.postgres import Layout, attached
from tests.instance import Instance, instance

pytestmark = pytest.mark.fault


@pytest.fixture
def first(installation: Callable[[str], Instance]) -> Instance:
    return installation("first")


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Instance]:
    """Make one that has nothing yet, not even a database."""
    with instance(tmp_path.resolve() / "second") as made:
        yield made


def _holidays(linli: Instance) -> list[tuple[str]]:
    with attached(linli.home) as url, psycopg.connect(url) as connection:
        return connection.execute("SELECT name FROM kernel_calendarday ORDER BY name").fetchall()


def _add_holiday(linli: Instance, date: str, name: str) -> None:
    with psycopg.connect(Layout(linli.home).url()) as connection:
        connection.execute(
            "INSERT INTO kernel_calendarday (date, works, name) VALUES (%s, false, %s)",
            [date, name],
        )


def test_what_was_backed_up_comes_back_elsewhere(
    first: Instance, second: Instance, tmp_path: Path
) -> None:
    first.start()
    _add_holiday(first, "2027-10-01", "国庆节")
    photo = first.home / "files" / "2027" / "a photo.jpg"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"\xff\xd8 picture")
    a_map = first.home / "map" / "20270101T000000-12345678"
    (a_map / "graph").mkdir(parents=True)
    (a_map / "graph" / "start.npy").write_bytes(b"numbers")
    manifest = {"version": a_map.name, "source": "region.osm.pbf", "bytes": 7, "sha256": "12345678"}
    (a_map / "manifest.json").write_text(json.dumps(manifest))
    (first.home / "map" / "current").symlink_to(a_map.name)
    file = tmp_path / "all.tar"
    first.linli("backup", str(file))
    assert file.stat().st_mode & 0o777 == 0o600
    _add_holiday(first, "2027-10-02", "later than the backup")

    refused = first.linli("restore", str(file), "--force", check=False)
    assert (refused.returncode, "already runs" in refused.stderr) == (1, True)

    second.linli("restore", str(file))
    second.start()
    assert _holidays(second) == [("国庆节",)]
    assert (second.home / "files" / "2027" / "a photo.jpg").read_bytes() == photo.read_bytes()
    restored = second.home / "map" / "current"
    assert restored.readlink() == Path(a_map.name)
    assert (restored / "graph" / "start.npy").read_bytes() == b"numbers"
    keys = [json.loads((one.home / "secrets.json").read_text()) for one in (first, second)]
    assert keys[0] == keys[1]
    second.stop()
    first.stop()

    full = first.linli("restore", str(file), check=False)
    assert (full.returncode, "not empty" in full.stderr) == (1, True)
    first.linli("restore", str(file), "--force")
    assert _holidays(first) == [("国庆节",)]


def test_a_damaged_backup_changes_nothing(first: Instance, tmp_path: Path) -> None:
    first.start()
    _add_holiday(first, "2027-10-01", "国庆节")
    first.linli("backup", str(tmp_path / "good.tar"))
    first.stop()
    good, bad = tmp_path / "good.tar", tmp_path / "bad.tar"
    with tarfile.open(good) as source, tarfile.open(bad, "w") as target:
        for member in source.getmembers():
            content = source.extractfile(member)
            if member.name == "database.dump":
                member.size //= 2
            target.addfile(member, content)
    bad_cut = tmp_path / "cut.tar"
    bad_cut.write_bytes(good.read_bytes()[:3000])
    for file in (bad, bad_cut):
        refused = first.linli("restore", str(file), "--force", check=False)
        assert refused.returncode == 1
        assert "Traceback" not in refused.stderr
    assert _holidays(first) == [("国庆节",)]


def test_new_keys_go_in_front_of_the_old_ones(first: Instance) -> None:
    first.linli("keys", "rotate")
    before = json.loads((first.home / "secrets.json").read_text())
    first.linli("keys", "rotate", "--name", "session")
    after = json.loads((first.home / "secrets.json").read_text())
    assert after["session"][1:] == before["session"]
    assert after["personal"] == before["personal"]
    assert {len(before[name]) for name in before} == {2}
