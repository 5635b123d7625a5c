"""Importing cases: how long a spreadsheet of 62,657 matters takes, and once more over itself.

``python -m bench.case_import [--rows N] [--home DIR] [--finished SHARE]``. Makes a workbook as other
systems export them (a title line, fifteen columns, five shapes of dates, names, telephones and
identity numbers that belong to nobody), imports it into a small city by the command line, and
prints one JSON object; the goal is 60 s on two cores. A tenth of the rows say no category: it is
read from their text.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import xlsxwriter

from bench.instance import command

ROWS = 62_657
HEADINGS = (
    "序号", "纠纷编号", "纠纷名称", "事件简述", "类别", "发生日期", "登记时间", "发生地", "涉及人数",
    "主要当事人姓名", "主要当事人证件号码", "联系电话", "对方当事人", "是否化解", "化解日期", "化解方式",
)  # fmt: skip
_SUBJECTS = (
    "漏水",
    "噪音",
    "宅基地边界",
    "拖欠工资",
    "停车位",
    "赡养",
    "借款",
    "物业费",
    "土地承包",
    "交通事故赔偿",
)
_CATEGORIES = ("邻里纠纷", "环境污染", "房屋宅基地纠纷", "拖欠农民工工资", "物业纠纷", "婚姻家庭纠纷",
               "合同纠纷", "物业", "山林土地", "交通事故")  # fmt: skip
_SHAPES = ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d", None)
_CITY = """
from linli.insight.demo.load import load
load(lambda *told: None, share=0.01)
"""
_VILLAGES = """
import json
from linli.areas.models import Area
rows = Area.objects.filter(level="village").select_related("parent").order_by("code")
print(json.dumps([row.parent.name + row.name for row in rows]))
"""


def write(path: Path, villages: list[str], rows: int, finished: float) -> None:
    """Write the workbook."""
    dice = random.Random("case import")
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("矛盾纠纷")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["二〇二五年矛盾纠纷排查化解登记表"])
        sheet.write_row(1, 0, HEADINGS)
        for number in range(rows):
            _write_row(sheet, number, villages, dice, finished, day)


def _write_row(  # noqa: PLR0917 - what a row is made of
    sheet: xlsxwriter.worksheet.Worksheet, number: int, villages: list[str], dice: random.Random,
    finished: float, day: object,
) -> None:  # fmt: skip
    place, subject = dice.choice(villages), dice.randrange(len(_SUBJECTS))
    opened = datetime(2025, 1, 1) + timedelta(minutes=dice.randrange(500_000))  # noqa: DTZ001
    shape = _SHAPES[number % 5]
    done = dice.random() < finished
    cells: list[object] = [
        number + 1, f"ZJ-2025-{number:06d}", f"{place}居民因{_SUBJECTS[subject]}产生纠纷",
        f"当事人双方因{_SUBJECTS[subject]}多次争吵，{place}工作人员{dice.randrange(99)}次上门了解情况。",
        "" if number % 10 == 0 else _CATEGORIES[subject],
        opened if shape is None else opened.strftime(shape), opened.strftime("%Y-%m-%d %H:%M:%S"),
        f"{place}{dice.randrange(40)}号楼", dice.randrange(1, 40), f"赵{number % 89}立春",
        f"62030218{dice.randrange(60, 99)}0101{dice.randrange(1000):03d}X", f"000-{number:08d}",
        f"钱{number % 97}谷雨", "是" if done else "否",
        (opened + timedelta(days=dice.randrange(1, 30))).strftime("%Y/%m/%d") if done else "",
        "经调解双方达成协议" if done else "",
    ]  # fmt: skip
    for column, cell in enumerate(cells):
        if isinstance(cell, datetime):
            sheet.write_datetime(number + 2, column, cell, day)
        elif isinstance(cell, str):
            sheet.write_string(number + 2, column, cell)
        else:
            sheet.write(number + 2, column, cell)


def measure(home: Path, rows: int, finished: float) -> dict[str, object]:
    """Make the city where it is missing, the workbook, and import it twice."""
    if not (home / "ready").exists():
        command(home, "migrate")
        command(home, "manage", "shell", "--no-imports", "-c", _CITY)
        (home / "ready").touch()
    villages = json.loads(
        command(home, "manage", "shell", "--no-imports", "-c", _VILLAGES).splitlines()[-1]
    )
    path = home / "matters.xlsx"
    write(path, villages, rows, finished)
    told: dict[str, object] = {"goal_seconds": 60, "megabytes": round(path.stat().st_size / 1e6, 1)}
    for run in ("first", "again"):
        began = time.monotonic()
        found = json.loads(command(home, "cases", "import", str(path), "--json").splitlines()[-1])
        told[run] = {**found, "with_start_of_program": round(time.monotonic() - began, 1)}
    return {"case_import": told}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="case_import")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--home", type=Path, help="keep the city here, and use it if it is there")
    parser.add_argument("--finished", type=float, default=0.9, help="share that ended elsewhere")
    given = parser.parse_args()
    home = (given.home or Path(tempfile.mkdtemp(prefix="linli-bench-"))).resolve()
    home.mkdir(parents=True, exist_ok=True)
    try:
        print(json.dumps(measure(home, given.rows, given.finished), ensure_ascii=False))
    except subprocess.CalledProcessError as failed:
        sys.exit(str(failed.stderr or failed))
    finally:
        if given.home is None:
            shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
