"""A watched folder: files of a known shape are imported and put away, others refused with a reason."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from linli.cases.models import Case
from linli.intake.actions.read_folder import read_folder
from linli.intake.actions.set_channel import add_source
from linli.intake.channel_models import Received, Source
from linli.intake.channels.directory import path_of
from linli.intake.models import Batch, Mapping
from linli.kernel.errors import Invalid
from tests.cast import CITY, Cast, make_cast

TABLE = """编号,诉求标题,诉求内容,所属社区
A1,路灯不亮,晚上看不见路,龙门里社区
A2,井盖缺失,很危险,广文里社区
"""
COLUMNS = {
    "编号": "source_number", "诉求标题": "title", "诉求内容": "description", "所属社区": "area",
}  # fmt: skip


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def source(cast: Cast, settings: Any, tmp_path: Path) -> Source:
    settings.LINLI_INBOX, settings.HOME = tmp_path / "inbox", tmp_path
    given = {
        "name": "热线", "area": CITY, "kind": "request", "directory": "hotline", "mapping": "热线",
    }  # fmt: skip
    Mapping.objects.create(
        name="热线",
        shape="x",
        source="热线",
        layout={"columns": COLUMNS},
        changed_at=timezone.now(),
    )
    made, _token = add_source("folder", given, actor=cast.actor("administrator"), at=timezone.now())
    return made


def drop(source: Source, name: str, content: bytes | str, *, settled: bool = True) -> Path:
    path = path_of(source.options["directory"]) / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    if settled:
        past = time.time() - 60
        os.utime(path, (past, past))
    return path


def names(path: Path) -> list[str]:
    return sorted(one.name[16:] for one in path.iterdir())


def test_a_file_is_imported_put_away_and_adds_nothing_twice(source: Source) -> None:
    path = drop(source, "三月.csv", TABLE)
    assert read_folder(source, at=timezone.now()) == 1
    assert sorted(Case.objects.values_list("title", flat=True)) == ["井盖缺失", "路灯不亮"]
    assert not path.exists()
    assert names(path.parent / "done") == ["三月.csv", "三月.csv.txt"]
    drop(source, "三月又来.csv", TABLE)
    read_folder(source, at=timezone.now())
    assert Case.objects.count() == 2
    assert Batch.objects.latest("created_at").known == 2
    assert set(Received.objects.values_list("outcome", flat=True)) == {"import"}


def test_what_is_no_table_and_an_unknown_shape_are_refused_with_the_reason(source: Source) -> None:
    source.options["mapping"] = ""
    source.save()
    paths = [
        drop(source, "bomb.xlsx", b"PK\x03\x04" + b"\0" * 100),
        drop(source, "photo.jpg", b"\xff\xd8\xff" + b"\0" * 100),
        drop(source, "other.csv", "甲,乙\n1,2\n"),
    ]
    assert read_folder(source, at=timezone.now()) == 3
    refused = paths[0].parent / "refused"
    assert [one for one in names(refused) if not one.endswith(".txt")] == [
        "bomb.xlsx", "other.csv", "photo.jpg",
    ]  # fmt: skip
    assert all(path.read_text().strip() for path in refused.glob("*.txt"))
    assert not Case.objects.exists()


def test_files_still_being_written_hidden_ones_and_links_are_left(
    source: Source, tmp_path: Path
) -> None:
    young = drop(source, "jung.csv", TABLE, settled=False)
    drop(source, ".hidden.csv", TABLE)
    drop(source, "half.csv.part", TABLE)
    secret = tmp_path / "secret.csv"
    secret.write_text(TABLE)
    (young.parent / "link.csv").symlink_to(secret)
    assert read_folder(source, at=timezone.now()) == 0
    assert not Case.objects.exists()


@pytest.mark.parametrize("name", ["", "..", "../etc", "/etc", "a/b", "x" * 41])
def test_no_other_directory_can_be_named(cast: Cast, source: Source, name: str) -> None:
    given = {"name": "x", "area": CITY, "kind": "request", "directory": name, "mapping": ""}
    with pytest.raises(Invalid):
        add_source("folder", given, actor=cast.actor("administrator"), at=timezone.now())


def test_a_folder_that_cannot_be_read_is_told(source: Source, settings: Any) -> None:
    settings.LINLI_INBOX = Path("/proc/nowhere")
    read_folder(source, at=timezone.now())
    source.refresh_from_db()
    assert source.failure
