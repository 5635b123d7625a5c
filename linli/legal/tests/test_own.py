"""A city's own statutes: read from Markdown, found at once, faults named by line."""

from datetime import date
from pathlib import Path

import pytest

from linli.accounts.actor import SYSTEM
from linli.legal import queries
from linli.legal.actions.add_statute import FaultyStatute, add_statute
from linli.legal.actions.load_folder import load_folder
from linli.legal.citations import check
from tests.cast import TUESDAY

SOURCE = """---
title: 金昌市物业管理条例
short: 物业条例
from: 2024-01-01
---
# 金昌市物业管理条例
## 第一章 总则
第一条 为了规范物业管理活动，制定本条例。
第二条 电梯轿厢内的广告收益归全体业主。
第二款另起一行。
"""


@pytest.fixture(autouse=True)
def _fresh(db: None) -> None:
    queries.forget()


@pytest.mark.django_db(transaction=True)
def test_a_statute_that_was_added_is_found_and_cited() -> None:
    add_statute(SOURCE, actor=SYSTEM, at=TUESDAY)
    hits = [hit.article for hit in queries.search("电梯轿厢 广告收益", date(2026, 3, 10)).hits[:5]]
    found = [(hit.law.title, hit.key, hit.path) for hit in hits]
    assert ("金昌市物业管理条例", "2", ("第一章 总则",)) in found
    checked = check("物业条例第二条第二款，《金昌市物业管理条例》第九条", date(2026, 3, 10))
    assert [found.verdict.value for found in checked] == ["valid", "wrong"]


def test_faults_name_their_lines() -> None:
    with pytest.raises(FaultyStatute) as caught:
        add_statute(
            SOURCE.replace("2024-01-01", "2024-13-01") + "第二条 又一次\n", actor=SYSTEM, at=TUESDAY
        )
    assert [fault.line for fault in caught.value.faults] == [4, 11]


def test_the_folder_brings_changes_and_takes_away(tmp_path: Path) -> None:
    file = tmp_path / "wuye.md"
    file.write_text(SOURCE, encoding="utf-8")
    (tmp_path / "wrong.md").write_text("没有说明", encoding="utf-8")
    loaded = load_folder(actor=SYSTEM, at=TUESDAY, place=tmp_path)
    assert loaded.added == ["wuye.md"]
    assert {name for name, _line, _reason in loaded.faults} == {"wrong.md"}
    assert load_folder(actor=SYSTEM, at=TUESDAY, place=tmp_path).unchanged == ["wuye.md"]
    file.unlink()
    assert load_folder(actor=SYSTEM, at=TUESDAY, place=tmp_path).removed == ["wuye.md"]
