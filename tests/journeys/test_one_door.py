"""Last year's spreadsheet of another department comes in; a mediator learns from it how to solve a case.

The department's column names and words are its own: a person says what some of them mean. One row is of
no place, one leaves open what it is about.
"""

import io
import re
from collections.abc import Callable, Sequence

import xlsxwriter
from playwright.sync_api import FilePayload, Page, expect

from tests.cast import COUNTY
from tests.journeys.conftest import assert_accessible, look_again

type Visit = Callable[..., Page]
HEADINGS = [
    "台账号", "来电日期", "什么事", "经过", "在哪里", "条线", "甲方", "甲方电话", "现状",
    "办结日期", "怎么解决的",
]  # fmt: skip
LEAK = "楼上卫生间漏水，把楼下天花板泡坏，双方为维修和赔偿争吵"
ROWS: Sequence[Sequence[str]] = [
    ("SF-01", "2025/3/2", "楼上漏水泡坏天花板", LEAK, "龙门里社区3号楼", "邻里类",
     "赵无名", "100-0000-0001",
     "已经了结", "2025年3月9日", "楼上重做防水，赔偿楼下粉刷费用八百元，双方签字"),
    ("SF-02", "2025/5/11", "卫生间漏水引起争吵", LEAK + "多次", "龙门里社区5号楼", "邻里类",
     "钱无名", "100-0000-0002",
     "已经了结", "2025年5月20日", "请物业查明漏点，楼上更换水管并补偿五百元，双方和好"),
    ("SF-03", "2025/12/8", "楼上漏水没有人管", LEAK, "龙门里社区7号楼", "",
     "孙无名", "100-0000-0003",
     "还在办", "", ""),
    ("SF-04", "2025/6/1", "噪声扰民", "夜里打麻将", "没有这个地方", "邻里类",
     "李无名", "100-0000-0004",
     "还在办", "", ""),
    ("SF-05", "2025/6/2", "合同和物业的事", "说不清楚，只说墙里漏电", "龙门里社区", "",
     "周无名", "100-0000-0005",
     "还在办", "", ""),
]  # fmt: skip
UNSURE = "合同和物业的事"
HOME = f"/routing/{COUNTY}/"
WHY = "邻里的事先由社区调解"


def workbook() -> FilePayload:
    """Return the department's register as the browser sends it, a merged title above its headings."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        page = book.add_worksheet("2025年")
        page.merge_range(0, 0, 0, len(HEADINGS) - 1, "北京路司法所2025年度来访登记台账")
        page.write_row(1, 0, HEADINGS)
        for line, row in enumerate(ROWS, 2):
            page.write_row(line, 0, row)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "2025台账.xlsx", "mimeType": kind, "buffer": content.getvalue()}


def rule(page: Page) -> None:
    """Have neighbours' disputes of the village sent to the village; test, and switch on."""
    page.goto(HOME)
    page.locator("main button.button-primary").click()
    page.wait_for_url(re.compile("/draft/$"))
    page.goto(f"{HOME}draft/rules/new/")
    place = page.locator("[data-island=place-picker]")
    place.get_by_role("combobox").first.fill("龙门里")
    place.locator("[role=option]").filter(has_text="龙门里").first.click()
    page.locator("[name=kinds][value=dispute]").check()
    page.locator("[name=unit]").select_option(label="龙门里社区")
    page.locator("[name=why]").fill(WHY)
    page.locator("main button.button-primary").click()
    page.wait_for_url(re.compile("/draft/$"))
    page.goto(f"{HOME}draft/test/")
    page.goto(f"{HOME}draft/")
    page.get_by_role("link").filter(has_text="复核并启用").click()
    page.locator("main button.button-primary").click()
    expect(page.locator("h2#on")).to_contain_text("第 1 版")


def correct(page: Page) -> None:
    """Say what the columns and the words are that nobody could know; keep it for next year's file."""
    expect(page.locator("select[name=column-1]")).to_have_value("opened")
    fields = {0: "source_number", 2: "title", 5: "category", 8: "state", 10: "outcome"}
    for column, field in fields.items():
        page.locator(f"select[name=column-{column}]").select_option(field)
    page.get_by_role("button", name="重新核对").click()
    row = page.locator("tr").filter(has=page.locator("select[name=column-8]"))
    row.get_by_label("已经了结").select_option("closed")
    row.get_by_label("还在办").select_option("open")
    page.locator("[name=mapping]").fill("司法所台账")
    assert_accessible(page)
    page.locator("button[name=do][value=import]").click()


def test_a_spreadsheet_comes_in_and_a_mediator_learns_from_it(visit: Visit) -> None:
    rule(visit("county_director"))

    clerk = visit("clerk", "/cases/import/")
    clerk.locator("[name=file]").set_input_files(workbook())
    clerk.locator("main button.button-primary").click()
    correct(clerk)
    # The page asks by itself until the worker is done.
    expect(clerk.locator("#refused")).to_be_visible(timeout=15_000)
    tiles = clerk.locator(".tile")
    expect(tiles.nth(0)).to_contain_text("4")
    expect(tiles.nth(2)).to_contain_text("1")
    expect(clerk.locator("main")).to_contain_text("没有这个地方")
    assert_accessible(clerk)
    clerk.locator("main a.button-primary").click()
    expect(clerk.locator("main")).to_contain_text(ROWS[0][2])

    mediator = visit("mediator", "/")
    # What the words leave open isn't guessed: the desk is asked.
    mediator.locator("main").get_by_role("link").filter(has_text=UNSURE).first.click()
    reading = mediator.locator("section[aria-labelledby=reading-heading]")
    # What the words do say the worker reads within some seconds.
    expect(look_again(mediator, reading.filter(has_text="漏电"))).to_be_visible()
    assert_accessible(mediator)
    mediator.goto("/")
    mediator.get_by_role("link").filter(has_text=ROWS[2][2]).first.click()
    main = mediator.locator("main")
    expect(main).to_contain_text("类别由文字判断")
    expect(main).to_contain_text("为何送到这里")
    expect(main).to_contain_text(WHY)
    law = mediator.locator("section[aria-labelledby=statutes-title]")
    # 相邻关系: use of water and drains by neighbours, and their harm.
    expect(law).to_contain_text("民法典 第二百九十六条")
    solved = mediator.locator("section[aria-labelledby=solved-title]")
    # The worker reads them within some seconds, in its turn.
    for outcome in ("重做防水", "更换水管"):
        expect(look_again(mediator, solved.filter(has_text=outcome))).to_be_visible()
    assert_accessible(mediator)
    law.get_by_role("link").filter(has_text="第二百九十六条").click()
    expect(mediator.locator("main")).to_contain_text("应当尽量避免对相邻的不动产权利人造成损害")
    assert_accessible(mediator)
