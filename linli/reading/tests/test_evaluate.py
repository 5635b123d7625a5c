"""``linli classify evaluate``: files as people keep them, and what it prints."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from linli.reading.cli import app
from linli.reading.quality import judge
from linli.reading.tables import UnreadableError, read_labelled
from linli.reading.tests.test_classifier import made

CASES = [("utf-8", ","), ("utf-8-sig", ","), ("gb18030", ","), ("utf-16", "\t"), ("utf-8", ";")]


def write(
    path: Path, rows: list[tuple[str, ...]], encoding: str = "utf-8", mark: str = ","
) -> Path:
    quoted = [mark.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    path.write_bytes("\r\n".join(quoted).encode(encoding))
    return path


@pytest.mark.parametrize(("encoding", "mark"), CASES)
def test_a_file_is_read_as_it_is(tmp_path: Path, encoding: str, mark: str) -> None:
    rows = [
        ("编号", "留言主题", "详情", "分类"),
        ("1", "路灯", '"坏"了,\n三天', "城建"),
        ("2", "", "", " 教育 "),
        ("3", "无", "标签", ""),
        ("4",),
        ("", "", "", ""),
    ]
    found = read_labelled(write(tmp_path / "a.csv", rows, encoding, mark), "留言主题,详情", "分类")
    assert found.texts == ['路灯\n"坏"了,\n三天', "\n"]
    assert found.labels == ["城建", "教育"]
    assert found.unlabelled == 2


def test_names_are_found_whatever_their_case_and_a_comma_in_one(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [("Text, long", "LABEL"), ("甲", "x")])
    assert read_labelled(path, "Text, long", "label").texts == ["甲"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "has no column"),
        (b"text,label\n", "no row has a label"),
        (b"a,b\n1,2\n", "it has: a, b"),
    ],
)
def test_what_cannot_be_used_is_said(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableError, match=sentence):
        read_labelled(path, "text", "label")


def test_no_file_and_a_broken_byte(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError):
        read_labelled(tmp_path / "none.csv", "text", "label")
    path = tmp_path / "a.csv"
    path.write_bytes("text,label\n路灯".encode() + b"\xff\xfe" + ",城建\n".encode())
    assert read_labelled(path, "text", "label").labels == ["城建"]


def test_the_command(tmp_path: Path) -> None:
    for name, number, seed in (("a", 240, 1), ("b", 60, 2)):
        texts, labels = made(number, seed)
        rows = [("text", "label"), *zip(texts, labels, strict=True)]
        write(
            tmp_path / f"{name}.csv", [*rows, ("只在考卷里", "别的")][: None if name == "b" else -1]
        )
    given = ["evaluate", "--train", str(tmp_path / "a.csv"), "--test", str(tmp_path / "b.csv")]
    given += ["--text", "text", "--label", "label"]
    answer = CliRunner().invoke(app, [*given, "--json"])
    assert answer.exit_code == 0, answer.output
    found = json.loads(answer.output.splitlines()[-1])
    assert found["test_rows"] == 61
    assert found["declined"] == 0
    assert found["classes"]["别的"] == {"precision": 0, "recall": 0, "f1": 0, "support": 1}
    assert 0.6 < found["macro_f1"] < 0.76, "a label nobody could learn counts as nothing"
    assert found["accuracy"] > 0.85
    assert found["seconds"] > 0
    assert "macro_f1" in CliRunner().invoke(app, given).output
    wrong = CliRunner().invoke(app, [*given[:-1], "none"])
    assert wrong.exit_code == 1


def test_figures_are_those_of_the_textbook() -> None:
    found = judge(list("aaabbc"), list("aabbbb"))
    assert found.accuracy == pytest.approx(4 / 6)
    assert found.labels["a"] == pytest.approx(
        {"precision": 1.0, "recall": 2 / 3, "f1": 0.8, "support": 3}
    )
    assert found.macro_f1 == pytest.approx((0.8 + 2 * 2 / 6 + 0) / 3)
