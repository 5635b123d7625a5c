"""A director writes two rules, orders them by keys, tries them, switches on; the intake follows."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.cast import BEIJING_ROAD
from tests.journeys.conftest import PHONE, assert_accessible

type Visit = Callable[..., Page]
HOME = f"/routing/{BEIJING_ROAD}/"
OFFICE = "北京路司法所"


def write(page: Page, *, kind: str, unit: str, why: str) -> None:
    """Write a rule for all of the street."""
    page.goto(f"{HOME}draft/rules/new/")
    # The street itself is chosen already: these are its rules.
    expect(page.locator("input[name=place]")).to_have_value(BEIJING_ROAD)
    page.locator(f"[name=kinds][value={kind}]").check()
    page.locator("[name=unit]").select_option(label=unit)
    page.locator("[name=why]").fill(why)
    if unit == OFFICE:
        # The people of the unit are offered as soon as it is chosen.
        page.locator("[name=handler]").select_option(label="officer")
    page.locator("main button.button-primary").click()
    page.wait_for_url(re.compile("/draft/$"))


def test_rules_are_written_ordered_tried_and_switched_on(visit: Visit) -> None:
    director = visit("director", HOME)
    director.locator("main button.button-primary").click()
    director.wait_for_url(re.compile("/draft/$"))
    write(director, kind="consultation", unit=OFFICE, why="当场答复")
    write(director, kind="consultation", unit="北京路街道", why="先由窗口看")
    assert_accessible(director)

    rows = director.locator("#rules tbody tr")
    expect(rows.nth(0)).to_contain_text("当场答复")
    second_up = rows.nth(1).locator("button[value=up]")
    second_up.focus()
    director.keyboard.press("Enter")
    expect(rows.nth(0)).to_contain_text("先由窗口看")
    # At the top the same rule's other button has the focus: one more key takes it back.
    expect(rows.nth(0).locator("button[value=down]")).to_be_focused()
    director.keyboard.press("Enter")
    expect(rows.nth(0)).to_contain_text("当场答复")
    expect(rows.nth(1).locator("button[value=up]")).to_be_focused()

    director.get_by_role("link").filter(has_text="试算").click()
    expect(director.locator("main")).to_contain_text("去向将改变")
    assert_accessible(director)
    director.get_by_role("link").filter(has_text="复核并启用").click()
    assert_accessible(director)
    director.locator("main button.button-primary").click()
    expect(director.locator("h2#on")).to_contain_text("第 1 版")

    clerk = visit("clerk", "/cases/new/", viewport=PHONE)
    place = clerk.locator("[data-island=place-picker]")
    place.get_by_role("combobox").first.fill("龙门里")
    place.locator("[role=option]").filter(has_text="龙门里").first.click()
    where = clerk.locator("[hx-get='/routing/preview/']")
    expect(where).to_contain_text("龙门里社区")
    clerk.locator("[name=kind][value=consultation]").check()
    expect(where).to_contain_text(f"{OFFICE} · officer")
    clerk.locator("[name=title]").fill("咨询租房合同")
    clerk.locator("button[name=send][value='1']").click()
    clerk.wait_for_url(re.compile("receipt"))
    clerk.goto(clerk.url.replace("receipt/", ""))
    expect(clerk.locator("main")).to_contain_text("为何送到这里")
    expect(clerk.locator("main")).to_contain_text("依据分派规则 1.1")
    assert_accessible(clerk)
