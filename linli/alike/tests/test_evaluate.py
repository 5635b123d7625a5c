"""Finding the answer of a message, and reading the files that are measured."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from linli.alike.cli import app
from linli.alike.evaluation import UnreadableError, evaluate, read
from linli.alike.ranking import Collection
from linli.alike.words import grams, units

MESSAGES = [
    ("a", "领导您好，梅溪湖壹号小区13楼的电梯三天两头坏，物业不管，请尽快解决，谢谢！"),
    ("b", "请问A3区的公交804路什么时候恢复？我们上班很不方便，望回复。"),
    ("c", "本人在K8县丁字街做工，老板拖欠工资两个月，请领导为我们做主。"),
]
_REPLY = "网友您好！您的留言已收悉。现将有关情况回复如下：{}感谢您对我们工作的理解与支持！"
ANSWERS = [
    ("c", _REPLY.format("经丁字街劳动监察中队调查，拖欠的工资已责令该店于月底前付清。")),
    ("a", _REPLY.format("梅溪湖壹号物业已请维保单位更换13楼电梯主板，现已恢复运行。")),
    ("b", _REPLY.format("804路因Ａ３区道路施工临时改线，预计年底恢复。")),
]


def test_each_message_finds_its_answer() -> None:
    found = evaluate(MESSAGES, ANSWERS)
    assert (found.r_at_1, found.r_at_5, found.mrr, found.n) == (1, 1, 1, 3)


def test_numbers_and_names_are_compared_whole_and_in_any_width() -> None:
    assert units("Ａ３区 13楼") == ["a3", "区", "13", "楼"]
    assert not set(grams("第13楼")) & set(grams("第3楼")) - set(grams("第")) - set(grams("楼"))


def test_no_words_find_nothing_and_no_answer_counts_as_missed() -> None:
    found = evaluate([("a", ""), ("b", "！？…"), ("z", "电梯")], ANSWERS)
    assert (found.r_at_1, found.mrr, found.n) == (0, 0, 3)
    assert evaluate([], []).n == 0
    assert evaluate(MESSAGES, []).r_at_1 == 0


def test_what_answers_everything_is_held_back() -> None:
    texts = ["电梯坏了有人修", "路灯坏了有人修", "电梯坏了路灯坏了水管坏了道路坏了都请有人修"]
    collection = Collection(texts)
    before = collection.scores("电梯坏了")
    collection.calibrate([f"{thing}坏了都请有人修" for thing in ["水管", "道路"] * 60])
    after = collection.scores("电梯坏了")
    assert after[0] - after[2] > before[0] - before[2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_files_of_any_encoding(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "q.csv"
    file.write_bytes('id,TEXT ,other\r\n1,"电梯,\n坏了",x\r\n\r\n2\r\n'.encode(encoding))
    assert read(file) == [("1", "电梯,\n坏了"), ("2", "")]


def test_the_command_prints_one_object_and_says_what_is_wrong(tmp_path: Path) -> None:
    for name, rows in (("q", MESSAGES), ("c", ANSWERS)):
        text = "".join(f"{one},{other}\n" for one, other in rows)
        (tmp_path / f"{name}.csv").write_text("id,text\n" + text)
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("nummer,inhalt\n1,2\n")
    ask = ["evaluate", "--queries", str(tmp_path / "q.csv"), "--json", "--corpus"]
    found = json.loads(CliRunner().invoke(app, [*ask, str(tmp_path / "c.csv")]).stdout)
    assert found["r_at_1"] == 1
    assert {"r_at_5", "mrr", "ms", "n"} <= set(found)
    assert CliRunner().invoke(app, [*ask, str(wrong)]).exit_code == 2
    with pytest.raises(UnreadableError, match="nummer"):
        read(wrong)
